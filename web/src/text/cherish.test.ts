import { describe, expect, it } from 'vitest';
import { feelings_text, families, family_of, feeling_of } from './feelings.ts';
import { arrives, in_person, kTouches, loves, news_sort, news_sorts, offered_questions, touch_name } from './cherish.ts';
import { plain } from './pseudo.ts';
import { speak_pseudo } from './speak-pseudo.ts';
import { t } from './text.ts';

describe('What Cherish offers ready-made', () => {
  it('has a name and a sentence for each touch', () => {
    for (const touch of kTouches) {
      expect(touch_name(touch)).not.toBe(t('app.newer'));
      expect(arrives(touch, { Other: 'Noa' })).toMatch(/^Noa .*\.$/);
    }
    expect(loves().length).toBeGreaterThan(3);
  });
  it('has cards of three steps', () => {
    for (const card of in_person()) expect([card.steps.length, card.seconds > 0]).toEqual([3, true]);
  });
  it('has two different questions for any good news, wherever one begins', () => {
    expect(news_sorts().map(({ id }) => id)).toEqual(['work', 'body', 'people', 'luck', 'effort', 'joy']);
    for (const { id } of news_sorts())
      for (let offered = 0; offered < 256; offered += 1) expect(new Set(offered_questions(id, offered).map((one) => one.id)).size).toBe(2);
  });
});

describe('Feelings', () => {
  it('know their family, and are said as one says them', () => {
    for (const family of families()) for (const { id } of family.feelings) expect([family_of(id)?.id, feeling_of(id)?.id]).toEqual([family.id, id]);
    expect(feelings_text(['low-tired', 'warm-tender'])).toBe('Tired and tender');
    expect(feelings_text(['from-a-newer-one'])).toBe(t('app.newer'));
  });
  it('are spoken in the pseudo-locale too, and keep their ids', () => {
    const [family, sort] = [families()[0]?.name ?? '', news_sort('joy')?.name ?? ''];
    speak_pseudo();
    expect(families()[0]?.id).toBe('glad');
    expect(families()[0]?.name).not.toBe(family);
    expect(plain(families()[0]?.name ?? '').startsWith(family)).toBe(true);
    expect(plain(news_sort('joy')?.name ?? '').startsWith(sort)).toBe(true);
  });
});
