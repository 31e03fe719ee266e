// Letters: when they may be opened, and what stands on their envelopes.
import type { At, LetterState, LetterView } from '../core/types.ts';
import { day_of, time_at } from '../remind/reminder.ts';
import { full_date_of, t, time_of } from '../text/text.ts';

const kHour = '08:00'; // on the wall of whoever wrote it
const kLongest = 3_653 * 86_400_000; // ms: the core refuses more

const east = (ms: number): number => -new Date(ms).getTimezoneOffset() || 0; // minutes; no -0

/** The morning of a day ("2026-12-24") here. */
export function opens_on(day: string): At {
  const ms = time_at(day, kHour);
  return { ms, offset: east(ms) };
}

/** The same day of the next month: something to begin with. */
export function in_a_month(now: number): string {
  const day = new Date(now);
  day.setMonth(day.getMonth() + 1);
  return day_of(day.getTime());
}

export type DateFault = 'none' | 'past' | 'far';
export function fault_of(opens: At, now: number): DateFault | null {
  if (!Number.isFinite(opens.ms)) return 'none';
  if (opens.ms <= now) return 'past';
  return opens.ms > now + kLongest ? 'far' : null;
}

/** In the reader's time, with that of where it was written beside it where the two differ. */
export function opens_text(at: At): string {
  const here = t('letters.opens', { date: full_date_of(at), time: time_of(at) });
  if (at.offset === east(at.ms)) return here;
  const there = time_of(at.ms + (at.offset - east(at.ms)) * 60_000);
  return t('letters.opens.there', { here, time: there });
}

/** What it is now: its day may come while one looks at it. */
export function state_of(one: LetterView, now: number): LetterState {
  return one.state === 'closed' && one.opens.ms <= now ? (one.by_me ? 'open' : 'ready') : one.state;
}

/** How it is held, as the envelope says it. */
export function held_text(one: LetterView, now: number, who: { other: string; Other: string }): string {
  const opens = opens_text(one.opens);
  switch (state_of(one, now)) {
    case 'held': return one.opens.ms <= now ? t('letters.held.due') : t('letters.held.line', { opens });
    case 'closed': return one.by_me ? t('letters.closed.by-you', { ...who, opens }) : t('letters.closed.by-other', { ...who, opens });
    case 'ready': return t('letters.ready.line', { ...who, date: full_date_of(one.at) });
    case 'open': return one.by_me ? t('letters.open.by-you', { ...who, date: full_date_of(one.opens) }) : t('letters.open.by-other', { ...who, date: full_date_of(one.at) });
  }
}
