import type { Response, Wish } from '../core/types.ts';
import { t } from '../text/text.ts';

/** Bytes of the line that goes with a feeling; the core refuses more. */
export const kLineBytes = 500;
export const kMostFeelings = 2;
export const kAnswerBytes = 2000;
export const kWishes = ['just-so-you-know', 'ask-me', 'hold-me'] as const satisfies readonly Wish[];

const kResponses = ['here', 'asking', 'holding'] as const satisfies readonly Response[];
const kFits: Record<Wish, Response> = { 'just-so-you-know': 'here', 'ask-me': 'asking', 'hold-me': 'holding' };

/** What can be answered in a tap: first what was wished for. */
export function responses(wish: Wish): Response[] {
  const first = kFits[wish];
  return [first, ...kResponses.filter((one) => one !== first)];
}

export function answer_text({ response, words }: { response: Response | null; words: string }): string {
  const tap = response === null ? '' : t(`feelings.answer.${response}`);
  if (words === '') return tap;
  return tap === '' ? `“${words}”` : `${tap}. “${words}”`;
}
