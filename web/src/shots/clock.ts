import type { At } from '../core/types.ts';

/** A Tuesday evening. The pictures are taken with the clock standing still here. */
export const kNow = Date.UTC(2026, 4, 19, 21, 4);
export const kMinute = 60_000, kHour = 60 * kMinute, kDay = 24 * kHour;
export const ago = (ms: number): At => ({ ms: kNow - ms, offset: 0 });
