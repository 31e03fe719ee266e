import type { Tap } from '../core/types.ts';
import { t } from '../text/text.ts';

export const kTaps = ['landed', 'warmed', 'smiled'] as const satisfies readonly Tap[];

/** An answer in words: the tap's sentence, the words, or both. */
export function answer_words(answer: { tap: Tap | null; words: string }): string {
  const tap = answer.tap ? t(`thanks.answer.${answer.tap}`) : '';
  if (answer.words === '') return tap;
  return tap === '' ? `“${answer.words}”` : `${tap}. “${answer.words}”`;
}
