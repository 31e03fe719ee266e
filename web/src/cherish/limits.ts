/** Bytes of one of the three lines of a thank-you; the core refuses more. */
export const kLineBytes = 2000;
export const kAnswerBytes = 2000;
export const kEffortBytes = 200;
export const kGestureBytes = 200;
export const kLetterBytes = 8000;

const encoder = new TextEncoder();
export const bytes_of = (text: string): number => encoder.encode(text).length;
