// What the open session wants of me now, as one word for each face of the screen, and its headline. Pure: tests and Today use it, too.
import type { About, At, How, Listening } from '../core/types.ts';
import { is_today, t, time_of, when } from '../text/text.ts';

const kMinute = 60_000, kHour = 60 * kMinute;
/** A “now is good” older than this is asked for anew. */
export const kFresh = 10 * kMinute;

export type Face =
  | 'asked-now' | 'asked-time' | 'asked-past' | 'mine' | 'agreed-time' | 'agreed-due' | 'other-ready' | 'other-ready-old' | 'i-ready'
  | 'running' | 'elsewhere' | 'on-theirs' | 'time-out' | 'time-out-due';
type Who = { other: string; Other: string };

export function face_of(open: Listening, now: number): Face {
  if (open.stage === 'proposed') {
    if (open.asked_by_me) return 'mine';
    if (open.when === null) return 'asked-now';
    return open.when.ms > now ? 'asked-time' : 'asked-past';
  }
  if (open.where === 'on-theirs') return 'on-theirs';
  if (open.stage !== 'agreed' && open.stage !== 'time-out') return open.where === 'on-another' ? 'elsewhere' : 'running';
  if (open.i_am_ready) return 'i-ready';
  if (open.other_ready) return (open.other_ready_at?.ms ?? 0) > now - kFresh ? 'other-ready' : 'other-ready-old';
  if (open.stage === 'time-out') return open.until !== null && open.until.ms > now ? 'time-out' : 'time-out-due';
  return open.when !== null && open.when.ms > now ? 'agreed-time' : 'agreed-due';
}

export function headline(open: Listening, who: Who, now: number): string {
  const face = face_of(open, now);
  switch (face) {
    case 'asked-time': return t('listen.now.asked-time', { ...who, when: when(open.when ?? open.at, now) });
    case 'asked-past': return t('listen.now.asked-past', { ...who, when: when(open.when ?? open.at, now) });
    case 'agreed-time': return t('listen.now.agreed-time', { when: when(open.when ?? open.at, now) });
    case 'agreed-due': return open.when === null ? t('listen.now.good') : t('listen.now.still-good');
    case 'other-ready-old': return t('listen.now.other-ready-old', { ...who, when: when(open.other_ready_at ?? open.at, now) });
    case 'time-out': return t('listen.now.time-out', { time: until_of(open.until ?? open.at, now) });
    case 'time-out-due': return t('listen.now.time-out-due');
    case 'elsewhere': return t('listen.now.elsewhere');
    case 'running': return t('listen.now.running');
    case 'asked-now': return t('listen.now.asked-now', who);
    case 'mine': return t('listen.now.mine', who);
    case 'other-ready': return t('listen.now.other-ready', who);
    case 'i-ready': return t('listen.now.i-ready');
    case 'on-theirs': return t('listen.now.on-theirs', who);
  }
}

/** When it is to begin, or to go on after a time-out; ms, null: at no time. */
export const goes_on_at = (open: Listening): number | null =>
  (open.stage === 'time-out' ? open.until : open.stage === 'proposed' || open.stage === 'agreed' ? open.when : null)?.ms ?? null;

/** Today the hour is enough. */
const until_of = (at: At, now: number): string => (is_today(at, now) ? time_of(at) : when(at, now));

/** “In an hour”, at the next five minutes by the clock. */
export const in_an_hour = (now: number): number => Math.ceil((now + kHour) / (5 * kMinute)) * 5 * kMinute;

/** The day after, at the hour that was named; without one, at this hour. */
export function tomorrow_same_time(open: Pick<Listening, 'when'>, now: number): number {
  const named = new Date(open.when?.ms ?? Math.ceil(now / (5 * kMinute)) * 5 * kMinute);
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  day.setHours(named.getHours(), named.getMinutes(), 0, 0);
  return day.getTime();
}

/** A time as the core wants it, with this device's offset then. */
export const at_of = (ms: number): At => ({ ms, offset: -new Date(ms).getTimezoneOffset() });

export const how_text = (how: How): string => t(`listen.how.${how}`);
export const about_text = (about: About, mine: boolean, who: Who): string => (mine ? t(`listen.about.${about}`) : t(`listen.about.${about}.theirs`, who));

/** What is being asked has no name yet. */
export const kTopicDraft = 'listen.topic';
/** Beginning like this it goes from the device with the session. */
export const topic_draft = (item: string): string => `listen.${item}.topic`;
/** Bytes of a topic; the core refuses more. */
export const kTopicBytes = 500;
