// Which of the words being typed is not on the list, and which word of the list was meant. The list is loaded only here.

/** The words of the list, in their order. */
export async function word_list(): Promise<readonly string[]> {
  return (await import('@scure/bip39/wordlists/english')).wordlist;
}

/** The words in a text as the core reads them: letters only, whatever stands between them. */
export function words_in(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== '');
}

export interface Unknown {
  word: string;
  /** The nearest word of the list, where one is near. */
  suggestion: string | null;
}

/** The first word that is not on the list. The one still being typed, at the end, counts only once it can become none. */
export function first_unknown(text: string, list: readonly string[]): Unknown | null {
  const words = words_in(text);
  const still_typed = /\p{L}$/u.test(text);
  const word = words.find((one, index) => !list.includes(one) && !(still_typed && index === words.length - 1 && list.some((known) => known.startsWith(one))));
  return word === undefined ? null : { word, suggestion: nearest(word, list) };
}

const kNear = 2; // slips of the pen: more changes than these make it another word

function nearest(word: string, list: readonly string[]): string | null {
  let best: string | null = null;
  let least = kNear + 1;
  for (const known of list) {
    if (Math.abs(known.length - word.length) >= least) continue;
    const away = distance(word, known);
    if (away < least) [best, least] = [known, away];
  }
  // Four letters tell every word from all others, so an unlike end after a like beginning is that word, too.
  return best ?? (word.length >= 4 ? (list.find((known) => known.slice(0, 4) === word.slice(0, 4)) ?? null) : null);
}

/** How many letters have to be changed, added, left out or swapped with the next (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
