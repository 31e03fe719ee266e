// The jar: which one comes out when it is shaken, and where words stand in it.
import type { Treasure } from '../core/types.ts';
import { effort_text } from '../text/cherish.ts';

/** What one entry says first: what was done, or which effort was seen. */
export const treasure_text = (one: Treasure): string => (one.effort !== null ? effort_text(one.effort) : one.text);

/** A number below `count`, each as likely as the others. */
function below(count: number): number {
  const kRange = 2 ** 32;
  const most = kRange - (kRange % count); // from here on the lower ones would come more often
  const drawn = new Uint32Array(1);
  do crypto.getRandomValues(drawn);
  while ((drawn[0] ?? 0) >= most);
  return (drawn[0] ?? 0) % count;
}

/** One of them at random, another than `last` where there is another. */
export function draw<T extends { item: string }>(all: readonly T[], last: string | null): T | null {
  const at = all.findIndex((one) => one.item === last);
  if (all.length === 0) return null;
  if (at < 0 || all.length === 1) return all[below(all.length)] ?? null;
  const next = below(all.length - 1);
  return all[next < at ? next : next + 1] ?? null;
}

const kTexts = new WeakMap<Treasure, string>();
function words_of(one: Treasure): string {
  let words = kTexts.get(one);
  if (words === undefined) kTexts.set(one, (words = [treasure_text(one), one.says, one.felt].join('\n').toLowerCase()));
  return words;
}

/** Makes ready to look through them, a few at a time, so that the first letter typed costs nothing. Gives how to stop. */
export function prepare(all: readonly Treasure[]): () => void {
  let at = 0;
  let waiting: ReturnType<typeof setTimeout>;
  const some = () => {
    for (const end = Math.min(at + 200, all.length); at < end; at += 1) words_of(all[at] as Treasure);
    if (at < all.length) waiting = setTimeout(some, 30);
  };
  waiting = setTimeout(some, 300);
  return () => clearTimeout(waiting);
}

/** Those in which every one of the words stands somewhere. */
export function found(all: readonly Treasure[], looked_for: string): readonly Treasure[] {
  const words = looked_for.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? all : all.filter((one) => words.every((word) => words_of(one).includes(word)));
}

/** From the first moment of a day to the last of another ("2026-05-19"), by this device's clock; ms. */
export function span_of(from: string, to: string): { from: number; to: number } {
  const end = new Date(`${to}T00:00:00`);
  end.setDate(end.getDate() + 1); // not a number of hours: a day may have 23 or 25
  return { from: new Date(`${from}T00:00:00`).getTime(), to: end.getTime() - 1 };
}
