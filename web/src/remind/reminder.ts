// Reminders a person sets for themselves: when the next one is, what is left of one that was seen, and the same as an entry
// for the calendar of a phone (RFC 5545). Which of the two a reminder is, is chosen each time; nobody else is told.

/** What for: each can be begun at once. Practices that come later add theirs. */
export type For = 'thank' | 'question' | 'listen' | 'gesture';
export const kFors = ['thank', 'question', 'listen', 'gesture'] as const satisfies readonly For[];
export type Every = 'once' | 'day' | 'week';
export const kEvery = ['once', 'day', 'week'] as const satisfies readonly Every[];

export interface Reminder {
  id: string;
  for: For;
  every: Every;
  /** ms since 1970 */
  next: number;
  /** Of a time agreed for this session; it goes when that is no longer the time. */
  session?: string;
  /** This device is called then, by the server, which so learns the time; only where the person has said so. */
  call?: boolean;
}

export const is_due = (one: Reminder, now: number): boolean => one.next <= now;

/** The first time after `now`, at the same hour by this device's clock; null: it was for once. */
export function after(one: Reminder, now: number): Reminder | null {
  if (one.every === 'once') return null;
  const next = new Date(one.next);
  while (next.getTime() <= now) next.setDate(next.getDate() + (one.every === 'day' ? 1 : 7));
  return { ...one, next: next.getTime() };
}

const kMostTimes = 16; // that a server keeps for one device (docs/PROTOCOL.md, Waking)

/** When the server is to call this device: seconds since 1970, rising. What comes again calls several times ahead. */
export function call_times(all: readonly Reminder[], now: number): number[] {
  const times = new Set<number>();
  for (const one of all.filter(({ call }) => call)) {
    let next: Reminder | null = one.next > now ? one : after(one, now);
    for (let ahead = 0; next && ahead < kMostTimes; ahead += 1) {
      times.add(Math.floor(next.next / 1000));
      next = after(next, next.next);
    }
  }
  return [...times].sort((a, b) => a - b).slice(0, kMostTimes);
}

/** "2026-05-19" and "20:00" by this device's clock; NaN for what is none. */
export const time_at = (date: string, time: string): number => new Date(`${date}T${time}:00`).getTime();

/** The day of a time by this device's clock, as "2026-05-19". */
export function day_of(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** How they are written down on the device: among its drafts, encrypted like them. */
export function read(text: string): Reminder[] {
  try {
    const all: unknown = JSON.parse(text);
    return Array.isArray(all) ? all.filter(is_reminder) : [];
  } catch {
    return [];
  }
}
function is_reminder(one: unknown): one is Reminder {
  const { id, for: what, every, next, session, call } = (one ?? {}) as Partial<Reminder>;
  return typeof id === 'string' && kFors.includes(what as For) && kEvery.includes(every as Every) && Number.isFinite(next) && (call === undefined || typeof call === 'boolean') && (session === undefined || typeof session === 'string');
}

// ------------------------------------------------------------------------------------------------------ a calendar

const two = (n: number) => String(n).padStart(2, '0');
/** Without a zone: the hour on the wall, wherever the phone is. */
const floating = (at: Date) => `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}T${two(at.getHours())}${two(at.getMinutes())}00`;
const utc = (at: Date) => at.toISOString().replace(/[-:]|\.\d+/g, '');
const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
const encoder = new TextEncoder();

/** Lines of 75 bytes at most; what is over goes on after a space (RFC 5545, 3.1). */
function folded(line: string): string {
  let out = '';
  let bytes = 0;
  for (const character of line) {
    const more = encoder.encode(character).length;
    if (bytes + more > 75) {
      out += '\r\n ';
      bytes = 1;
    }
    out += character;
    bytes += more;
  }
  return out;
}

/** A file with this reminder for the phone's own calendar. It says `words`, which are neutral, and nothing of Attune. */
export function calendar_file(one: Reminder, words: string, now: number): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//reminder//EN', 'BEGIN:VEVENT',
    `UID:${one.id}`, `DTSTAMP:${utc(new Date(now))}`, `DTSTART:${floating(new Date(one.next))}`, 'DURATION:PT10M',
    ...(one.every === 'once' ? [] : [`RRULE:FREQ=${one.every === 'day' ? 'DAILY' : 'WEEKLY'}`]),
    `SUMMARY:${escaped(words)}`, 'CLASS:PRIVATE', 'TRANSP:TRANSPARENT',
    'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(words)}`, 'TRIGGER:PT0S', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** To the phone, which offers its calendar for it. */
export function hand_over(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }));
  link.download = 'reminder.ics';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser reads it after the click
}
