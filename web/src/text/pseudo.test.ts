import { describe, expect, it } from 'vitest';
import { plain, pseudo } from './pseudo.ts';

describe('The pseudo-locale', () => {
  it('leaves alone what is to be filled in', () => {
    expect(pseudo('Thank {other} for {n} things')).toContain(' {other} ');
    expect(pseudo('{Other}’s answer')).toMatch(/\{Other\}/);
    expect(pseudo('{n} left').match(/\{n\}/g)).toHaveLength(1);
  });
  it('is longer, and begins as the text does', () => {
    const text = 'Hold the code inside the frame';
    expect(plain(pseudo(text)).startsWith(text)).toBe(true);
    expect(plain(pseudo(text)).length).toBeGreaterThan(text.length * 1.25);
  });
  it('runs from right to left even where a name comes first', () => {
    expect(pseudo('{Other} thanked you').startsWith('\u200f')).toBe(true);
  });
});
