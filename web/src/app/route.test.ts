import { describe, expect, it } from 'vitest';
import { lit, place_for, type Route } from './route.ts';

const to = (phase: Parameters<typeof place_for>[0], wanted: Route, closed = false) => place_for(phase, wanted, closed).to;

describe('Places', () => {
  it('of a fresh device are the three doors and what is behind them', () => {
    expect(to('fresh', { to: 'today' })).toBe('doors');
    expect(to('fresh', { to: 'question', item: 'x' })).toBe('doors');
    expect(to('fresh', { to: 'before' })).toBe('before');
  });
  it('need two where there have to be two', () => {
    expect(to('alone', { to: 'offers' })).toBe('today');
    expect(to('alone', { to: 'connected' })).toBe('today');
    for (const wanted of [{ to: 'touches' }, { to: 'good-news' }, { to: 'in-person', card: 'hug' }, { to: 'feeling', item: 'x' }] as const) {
      expect(to('alone', wanted)).toBe('today');
      expect(to('paired', wanted)).toBe(wanted.to);
    }
    expect(to('alone', { to: 'how-i-am' })).toBe('how-i-am');
    expect(to('paired', { to: 'offers' })).toBe('offers');
    expect(to('paired', { to: 'invite' })).toBe('today');
  });
  it('that were shared can be read once the space is closed, and nothing is done there any more', () => {
    expect(to('alone', { to: 'question', item: 'x' })).toBe('today');
    expect(to('alone', { to: 'question', item: 'x' }, true)).toBe('question');
    expect(to('alone', { to: 'news', item: 'x' }, true)).toBe('news');
    expect(to('alone', { to: 'offers' }, true)).toBe('today');
    expect(to('alone', { to: 'touches' }, true)).toBe('today');
    expect(to('alone', { to: 'invite' }, true)).toBe('invite');
  });
  it('stay on the invitation or the recovery that is under way, wherever one taps', () => {
    expect(to('joining', { to: 'today' })).toBe('join');
    expect(to('recovering', { to: 'doors' })).toBe('before');
  });
  it('let a person with a space look at an invitation, and say there what is the matter', () => {
    expect(to('alone', { to: 'join' })).toBe('join');
    expect(to('paired', { to: 'join' })).toBe('join');
  });
  it('always let one reach safety', () => {
    for (const phase of ['fresh', 'alone', 'paired', 'joining', 'recovering'] as const) expect(to(phase, { to: 'safety' })).toBe('safety');
  });
  it('light the room they belong to', () => {
    expect(lit('open-thanks')).toBe('cherish');
    for (const place of ['how-i-am', 'news', 'touches', 'in-person'] as const) expect(lit(place)).toBe('cherish');
    expect(lit('question')).toBe('openup');
    expect(lit('us')).toBe('us');
  });
});
