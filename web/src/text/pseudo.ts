// A language that nobody speaks, to see what one that runs from right to left and needs more room would do to the
// screens: every word is written backwards by bidi marks, and every text is longer by a third.
const kOver = '\u202e', kEnd = '\u202c'; // right-to-left override, and where it ends
const kMark = '\u200f'; // a letter without shape from such a language: what stands first decides the direction of a text
const kThird = 3;

/** What is to be filled in stays as it is. */
export function pseudo(text: string): string {
  const words = text.split(' ');
  const more = words.filter((word) => !word.includes('{')).slice(0, Math.ceil(words.length / kThird));
  return kMark + [...words, ...more].map((word) => word.replace(/[\p{L}\p{N}’-]+(?![^{]*\})/gu, (run) => kOver + run + kEnd)).join(' ');
}

/** The same text as it was, as far as a beginning goes. */
export const plain = (text: string): string => text.replaceAll(kMark, '').replaceAll(kOver, '').replaceAll(kEnd, '');

/** Puts all texts of a file into that language, at whatever depth; `stays` names what nobody would translate. */
export function pseudo_in(table: object, stays: readonly string[] = []): void {
  for (const [key, value] of Object.entries(table) as [string, unknown][]) {
    if (stays.includes(key)) continue;
    if (typeof value === 'string') (table as Record<string, string>)[key] = pseudo(value);
    else if (typeof value === 'object' && value !== null) pseudo_in(value, stays);
  }
}
