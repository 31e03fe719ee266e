import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcer } from './announce.svelte.ts';

describe('What a screen reader is told', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is said one behind the other, where two things happen at once', () => {
    const announcer = new Announcer();
    announcer.say('You are connected.');
    announcer.say('Everything is safe.');
    announcer.say('Something new.');
    const heard = [announcer.text];
    for (let i = 0; i < 10; i += 1) {
      vi.advanceTimersByTime(30);
      if (announcer.text !== heard.at(-1)) heard.push(announcer.text);
    }
    expect(heard.map((text) => text.replace('\u200b', ''))).toEqual(['You are connected.', 'Everything is safe.', 'Something new.']);
  });
  it('is said at once where nothing else was', () => {
    const announcer = new Announcer();
    announcer.say('One');
    vi.advanceTimersByTime(1);
    announcer.say('One');
    expect(announcer.text).toBe('One\u200b');
  });
});
