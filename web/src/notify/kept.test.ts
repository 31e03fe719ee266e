// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { is_quiet, kNothingKept, quiet_end, rests, type Kept } from './kept.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 4, day, hour, minute).getTime();
const resting = (quiet: Kept['quiet'], now: number): Kept => ({ ...kNothingKept, quiet, until: quiet_end(quiet, now) });

describe('Quiet', () => {
  it('lasts as long as was said, and ends by itself', () => {
    for (const [quiet, end] of [['hour', at(19, 22, 4)], ['evening', at(20, 5)], ['day', at(20, 21, 4)], ['week', at(26, 21, 4)]] as const) {
      const kept = resting(quiet, at(19, 21, 4));
      expect(rests(kept, end - 1)).toBe(true);
      expect(is_quiet(kept, end - 1)).toBe(true);
      expect(is_quiet(kept, end)).toBe(false);
    }
  });
  it('for this evening, said after midnight, is over the same morning', () => {
    expect(quiet_end('evening', at(19, 1))).toBe(at(19, 5));
    expect(quiet_end('evening', at(19, 5))).toBe(at(20, 5));
  });
  it('can be ended', () => expect(rests(resting('no', at(19, 12)), at(19, 12))).toBe(false));
});

describe('Quiet hours', () => {
  const hours = (from: string, to: string, on = true): Kept => ({ ...kNothingKept, hours: { on, from, to } });
  it('may reach over midnight', () => {
    const kept = hours('22:00', '07:00');
    expect([at(19, 21, 59), at(19, 22), at(20, 0), at(20, 6, 59), at(20, 7)].map((now) => is_quiet(kept, now))).toEqual([false, true, true, true, false]);
  });
  it('may lie within a day', () => {
    const kept = hours('09:30', '17:00');
    expect([at(19, 9, 29), at(19, 9, 30), at(19, 16, 59), at(19, 17)].map((now) => is_quiet(kept, now))).toEqual([false, true, true, false]);
  });
  it('from a time to the same time are none, and those that are off neither', () => {
    expect(is_quiet(hours('08:00', '08:00'), at(19, 8))).toBe(false);
    expect(is_quiet(hours('00:00', '23:59', false), at(19, 8))).toBe(false);
  });
});
