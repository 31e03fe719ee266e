// How this device wants to be called. It lies beside the app, in a cache of its own: the service worker has to read it, and
// opens nothing of the store (PROTOCOL.md 12). Nothing in it is private, and none of it leaves the device.

/** For how long the person wants quiet. */
export type Quiet = 'no' | 'hour' | 'evening' | 'day' | 'week';
export const kQuiets = ['no', 'hour', 'evening', 'day', 'week'] as const satisfies readonly Quiet[];
/** Which of the neutral texts a notification has. */
export type Says = 'item' | 'look';
export const kSays = ['item', 'look'] as const satisfies readonly Says[];

/** Quiet every day. Times are "HH:MM" by this device's clock; `to` may lie before `from`, on the next morning. */
export interface Hours {
  on: boolean;
  from: string;
  to: string;
}

export interface Kept {
  says: Says;
  /** The text itself, in the language that Attune spoke when it was chosen; null: never chosen. */
  words: string | null;
  quiet: Quiet;
  /** When *Quiet* is over, in ms since 1970. */
  until: number;
  hours: Hours;
  /** It has been offered, and was looked at or closed: not a second time. */
  offered: boolean;
}

export const kNothingKept: Kept = { says: 'item', words: null, quiet: 'no', until: 0, hours: { on: false, from: '22:00', to: '07:00' }, offered: false };

const kCache = 'notifications'; // none of the names under which the service worker keeps builds
const kAt = '/kept/notifications';

export async function read_kept(): Promise<Kept> {
  try {
    const found = await (await caches.open(kCache)).match(kAt);
    return found ? { ...kNothingKept, ...((await found.json()) as Partial<Kept>) } : kNothingKept;
  } catch {
    return kNothingKept; // a browser that keeps nothing
  }
}

export async function write_kept(kept: Kept): Promise<void> {
  try {
    await (await caches.open(kCache)).put(kAt, new Response(JSON.stringify(kept)));
  } catch {
    // Then it holds until the page is closed.
  }
}

const kHour = 3_600_000;
const kNightEnds = 5; // o'clock, as for the greeting of Today

/** When a *Quiet* that begins now is over. */
export function quiet_end(quiet: Quiet, now: number): number {
  switch (quiet) {
    case 'no': return 0;
    case 'hour': return now + kHour;
    case 'day': return now + 24 * kHour;
    case 'week': return now + 7 * 24 * kHour;
    case 'evening': {
      const end = new Date(now);
      if (end.getHours() >= kNightEnds) end.setDate(end.getDate() + 1);
      return end.setHours(kNightEnds, 0, 0, 0);
    }
  }
}

/** Whether *Quiet* holds; it ends by itself. */
export const rests = (kept: Kept, now: number): boolean => kept.quiet !== 'no' && now < kept.until;

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function in_hours({ on, from, to }: Hours, now: number): boolean {
  if (!on) return false;
  const at = new Date(now);
  const [begin, end, here] = [minutes(from), minutes(to), at.getHours() * 60 + at.getMinutes()];
  return begin <= end ? begin <= here && here < end : here >= begin || here < end;
}

/** Whether a notification comes without a sound now. */
export function is_quiet(kept: Kept, now: number): boolean {
  return rests(kept, now) || in_hours(kept.hours, now);
}
