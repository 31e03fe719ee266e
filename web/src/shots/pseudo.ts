// A language that nobody speaks, to see what one that runs from right to left and needs more room would do to the
// screens: every word is written backwards by bidi marks, and every text is longer by a third.
import deck from '../../../content/en/decks/open-up.json';
import errors from '../../../content/en/errors.json';
import texts from '../../../content/en/texts.json';

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

/** Once, before the first screen: all texts are looked up in these objects. */
export function speak_pseudo(): void {
  const table: Record<string, string> = texts;
  for (const [key, text] of Object.entries(table)) table[key] = pseudo(text);
  for (const entry of Object.values(errors as Record<string, Record<string, string>>))
    for (const [part, text] of Object.entries(entry)) entry[part] = pseudo(text);
  for (const prompt of deck.prompts) prompt.text = pseudo(prompt.text);
}
