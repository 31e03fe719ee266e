// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { listening } from '../shots/listen.ts';
import { face_of, in_an_hour, kFresh, tomorrow_same_time, type Face } from './open.ts';

const kNow = new Date(2026, 4, 19, 21, 4).getTime();
const kMinute = 60_000;
const at = (ms: number) => ({ ms, offset: 0 });
const face = (more: Parameters<typeof listening>[0]): Face => face_of(listening(more), kNow);

describe('What an open session wants of me', () => {
  it('is an answer, if the other has asked: for now, for a time, or for one that has gone by', () => {
    expect(face({})).toBe('asked-now');
    expect(face({ when: at(kNow + 1) })).toBe('asked-time');
    expect(face({ when: at(kNow) })).toBe('asked-past');
    expect(face({ asked_by_me: true, when: at(kNow - 1) })).toBe('mine');
  });
  it('is nothing before the agreed time, and then whether now is still good', () => {
    expect(face({ stage: 'agreed', when: at(kNow + 1) })).toBe('agreed-time');
    expect(face({ stage: 'agreed', when: at(kNow) })).toBe('agreed-due');
    expect(face({ stage: 'agreed' })).toBe('agreed-due');
    expect(face({ stage: 'agreed', i_am_ready: true })).toBe('i-ready');
  });
  it('is to ask anew what the other said more than ten minutes ago', () => {
    const ready = (ago: number) => face({ stage: 'agreed', other_ready: 'ready-1', other_ready_at: at(kNow - ago) });
    expect(ready(kFresh - 1)).toBe('other-ready');
    expect(ready(kFresh)).toBe('other-ready-old');
    expect(kFresh).toBe(10 * kMinute);
  });
  it('is the room once it has begun, unless I take part elsewhere', () => {
    expect(face({ stage: 'spoken' })).toBe('running');
    expect(face({ stage: 'spoken', where: 'on-another' })).toBe('elsewhere');
    expect(face({ stage: 'spoken', how: 'table', where: 'on-theirs' })).toBe('on-theirs');
    expect(face({ stage: 'time-out', how: 'table', where: 'on-theirs' })).toBe('on-theirs');
  });
  it('is to come back after a time-out', () => {
    expect(face({ stage: 'time-out', until: at(kNow + 1) })).toBe('time-out');
    expect(face({ stage: 'time-out', until: at(kNow) })).toBe('time-out-due');
    expect(face({ stage: 'time-out', until: at(kNow + 1), i_am_ready: true })).toBe('i-ready');
  });
});

describe('Another time', () => {
  it('in an hour is at the next five minutes', () => {
    expect(in_an_hour(kNow)).toBe(new Date(2026, 4, 19, 22, 5).getTime());
    expect(in_an_hour(kNow + kMinute)).toBe(new Date(2026, 4, 19, 22, 5).getTime());
  });
  it('tomorrow is at the hour that was named, whatever day that was for, and over a change of the clocks', () => {
    expect(tomorrow_same_time({ when: at(new Date(2026, 4, 22, 20, 30).getTime()) }, kNow)).toBe(new Date(2026, 4, 20, 20, 30).getTime());
    expect(tomorrow_same_time({ when: null }, kNow)).toBe(new Date(2026, 4, 20, 21, 5).getTime());
    expect(new Date(tomorrow_same_time({ when: at(new Date(2026, 9, 24, 20, 30).getTime()) }, new Date(2026, 9, 24, 12).getTime())).getHours()).toBe(20);
  });
});
