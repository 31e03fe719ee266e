// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { after, calendar_file, call_times, is_due, read, time_at, type Reminder } from './reminder.ts';

const at = (month: number, day: number, hour: number, minute = 0) => new Date(2026, month - 1, day, hour, minute).getTime();
const reminder = (more: Partial<Reminder> = {}): Reminder => ({ id: 'r1', for: 'thank', every: 'once', next: at(5, 19, 20), ...more });
const words = 'A few minutes';

describe('A reminder', () => {
  it('is due from its time on', () => {
    expect([at(5, 19, 19, 59), at(5, 19, 20), at(5, 25, 0)].map((now) => is_due(reminder(), now))).toEqual([false, true, true]);
  });
  it('for once is over when it was seen; one that comes again waits for its next time, however late it was seen', () => {
    expect(after(reminder(), at(5, 19, 21))).toBeNull();
    expect(after(reminder({ every: 'day' }), at(5, 22, 21))?.next).toBe(at(5, 23, 20));
    expect(after(reminder({ every: 'week' }), at(5, 19, 21))?.next).toBe(at(5, 26, 20));
    expect(after(reminder({ every: 'week' }), at(6, 2, 20))?.next).toBe(at(6, 9, 20));
  });
  it('keeps its hour by the clock on the wall over a change of the clocks', () => {
    const one = after(reminder({ every: 'week', next: at(10, 20, 20) }), at(10, 21, 0));
    expect(one?.next).toBe(at(10, 27, 20));
    expect(new Date(one?.next ?? 0).getHours()).toBe(20);
  });
  it('takes its time from a day and an hour', () => {
    expect(time_at('2026-05-19', '20:00')).toBe(at(5, 19, 20));
  });
  it('that is written down otherwise than it should be is none', () => {
    for (const text of ['', 'x', '{}', '[1,null,{"id":"a"}]', '[{"id":"a","for":"thank","every":"never","next":1}]']) expect(read(text)).toEqual([]);
    expect(read(JSON.stringify([reminder()]))).toEqual([reminder()]);
  });
});

describe('The times at which a server is to call', () => {
  const seconds = (...all: number[]) => all.map((ms) => ms / 1000);
  it('are those of reminders that were to have a call, and that are still to come', () => {
    const all = [reminder({ call: true }), reminder({ next: at(5, 18, 8), call: true }), reminder({ next: at(5, 20, 8) }), reminder({ next: at(5, 21, 8), call: false })];
    expect(call_times(all, at(5, 19, 9))).toEqual(seconds(at(5, 19, 20)));
    expect(call_times(all, at(5, 19, 20))).toEqual([]);
  });
  it('are set ahead for what comes again, by the clock on the wall, as many as a server keeps', () => {
    const daily = call_times([reminder({ every: 'day', next: at(10, 20, 20), call: true })], at(10, 22, 21));
    expect(daily).toHaveLength(16);
    expect([daily[0], daily[15]]).toEqual(seconds(at(10, 23, 20), at(11, 7, 20)));
  });
  it('rise, once each, the next ones first', () => {
    const all = [reminder({ every: 'week', call: true }), reminder({ every: 'day', next: at(5, 19, 8), call: true }), reminder({ call: true })];
    const times = call_times(all, at(5, 19, 0));
    expect(times).toHaveLength(16);
    expect(times.slice(0, 3)).toEqual(seconds(at(5, 19, 8), at(5, 19, 20), at(5, 20, 8)));
    expect(new Set(times).size).toBe(16);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });
});

describe('A file for a calendar', () => {
  it('is what RFC 5545 asks for, with neutral words, and nothing of Attune', () => {
    const file = calendar_file(reminder({ every: 'week' }), words, Date.UTC(2026, 4, 18, 9, 30));
    expect(file).toBe([
      'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//reminder//EN', 'BEGIN:VEVENT', 'UID:r1', 'DTSTAMP:20260518T093000Z', 'DTSTART:20260519T200000',
      'DURATION:PT10M', 'RRULE:FREQ=WEEKLY', 'SUMMARY:A few minutes', 'CLASS:PRIVATE', 'TRANSP:TRANSPARENT', 'BEGIN:VALARM', 'ACTION:DISPLAY',
      'DESCRIPTION:A few minutes', 'TRIGGER:PT0S', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', '',
    ].join('\r\n'));
    expect(file).not.toMatch(/attune|thank/i);
  });
  it('has no rule for what comes once', () => {
    expect(calendar_file(reminder(), words, 0)).not.toContain('RRULE');
    expect(calendar_file(reminder({ every: 'day' }), words, 0)).toContain('RRULE:FREQ=DAILY\r\n');
  });
  it('folds long lines between characters, and escapes what has a meaning there', () => {
    const lines = calendar_file(reminder(), `a, b; c\\ ${'ü'.repeat(60)}`, 0).split('\r\n');
    expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
    expect(lines.join('\n').replaceAll('\n ', '')).toContain(`SUMMARY:a\\, b\\; c\\\\ ${'ü'.repeat(60)}\n`);
  });
});
