/** Bytes of one of the three lines of a thank-you; the core refuses more. */
export const kLineBytes = 2000;
export const kAnswerBytes = 2000;
