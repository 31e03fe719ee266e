/** Bytes of good news, and of telling more about it; the core refuses more. */
export const kNewsBytes = 2000;
export const kAskBytes = 2000;
