// The menu as it is read: what is loved first, what is not for now last, each in the order in which it came.
import type { GestureView, Liking } from '../core/types.ts';
import { gesture_text } from '../text/cherish.ts';

export const kLikings = ['love', 'sometimes', 'not-now'] as const satisfies readonly Liking[];
export interface Section { liking: (typeof kLikings)[number]; texts: string[] }

export function sections(menu: readonly GestureView[]): Section[] {
  return kLikings
    .map((liking) => ({ liking, texts: menu.filter((one) => one.liking === liking).map((one) => (one.gesture !== null ? gesture_text(one.gesture) : one.text)) }))
    .filter(({ texts }) => texts.length > 0);
}
