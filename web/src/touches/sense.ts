// How a touch is felt on this device: a short vibration, a soft tone. Both are off until the person has chosen them, and what
// was chosen stays in this browser.
import type { Touch } from '../core/types.ts';
import { chime } from '../listen/room/chime.ts';

export type Sense = 'vibration' | 'sound';
const kKeys: Record<Sense, string> = { vibration: 'touch-vibration', sound: 'touch-sound' };

export function kept_sense(sense: Sense): boolean {
  try {
    return localStorage.getItem(kKeys[sense]) === 'on';
  } catch {
    return false;
  }
}

export function keep_sense(sense: Sense, on: boolean): void {
  try {
    if (on) localStorage.setItem(kKeys[sense], 'on');
    else localStorage.removeItem(kKeys[sense]);
  } catch {
    // A browser that stores nothing forgets it with the page.
  }
}

/** On and off by turns; ms. */
const kPatterns: Record<Touch, number[]> = { squeeze: [110, 140, 110], hug: [600], kiss: [45], love: [90, 120, 260], thought: [70] };

/** Some browsers cannot at all. */
export const can_vibrate = (): boolean => typeof (navigator as { vibrate?: unknown }).vibrate === 'function';

export function vibrate(touch: Touch): void {
  if (can_vibrate()) navigator.vibrate(kPatterns[touch]);
}

/** As the person has chosen it. */
export function sense(touch: Touch): void {
  if (kept_sense('vibration')) vibrate(touch);
  if (kept_sense('sound')) chime();
}
