import { describe, expect, it } from 'vitest';
import listening from '../../../content/en/listening.json';
import { cards, rounds } from './listening.ts';
import { plain } from './pseudo.ts';
import { speak_pseudo } from './speak-pseudo.ts';

describe('How to listen', () => {
  const before = structuredClone(listening);
  it('is there in six cards and three rounds to practise', () => {
    expect(cards().map((card) => card.id)).toContain('their-yes');
    expect(cards()).toHaveLength(6);
    expect(rounds()).toHaveLength(3);
  });
  it('is spoken in the pseudo-locale too, to the last line, and keeps its ids', () => {
    const [card, round] = [cards()[0], rounds()[0]];
    const line = round?.look_for[0] ?? '';
    const title = card?.title ?? '';
    speak_pseudo();
    expect(cards()[0]?.id).toBe(before.cards[0]?.id);
    expect(cards()[0]?.title).not.toBe(title);
    expect(plain(cards()[0]?.title ?? '').startsWith(title)).toBe(true);
    expect(rounds()[0]?.look_for[0]).not.toBe(line);
    expect(plain(rounds()[0]?.look_for[0] ?? '').startsWith(line)).toBe(true);
  });
});
