import { quiet_end } from '../notify/kept.ts';

/** For how long touches are not shown as they come. */
export type Rest = 'hour' | 'evening' | 'days';
export const kRests = ['hour', 'evening', 'days'] as const satisfies readonly Rest[];
const kDay = 86_400_000;

export function rest_end(rest: Rest, now: number): number {
  return rest === 'days' ? now + 3 * kDay : quiet_end(rest, now);
}
