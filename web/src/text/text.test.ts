import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import later from '../../../content/en/texts.json?later';
import { parts } from '../../scripts/texts.mjs';
import { all_prompts, prompt_text } from './deck.ts';
import { error_text, greeting, names, starting, t, time_of, tn, when } from './text.ts';

describe('Texts', () => {
  it('fill in what is given and leave nothing else behind', () => {
    expect(t('thanks.send', names('Noa'))).toContain('Noa');
    expect(t('thanks.send', names('Noa'))).not.toContain('{');
  });
  it('call a partner without a name "your partner", with a capital at the start of a sentence', () => {
    expect(names(null).other).toBe(t('partner.unnamed'));
    expect(t('today.new.answered', names(null)).startsWith(t('partner.unnamed.start'))).toBe(true);
  });
  it('of a room that nobody needs before there is a space come with it, every other one with the first visit', () => {
    const file = '../content/en/texts.json';
    const [first, with_it] = [Object.keys(parts(file).first), Object.keys(parts(file).later)];
    expect(with_it).toContain('listen.title');
    expect(first).toContain('practices.listen');
    expect(first.filter((key) => key.startsWith('listen.'))).toEqual([]);
    expect([...first, ...with_it].sort()).toEqual(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object).sort());
    expect(t('listen.title')).toBe(later['listen.title']);
  });
  it('have a form for one and a form for more', () => {
    expect(tn('sync.on-phone.count', 1)).not.toBe(tn('sync.on-phone.count', 2));
    expect(tn('sync.on-phone.count', 3)).toContain('3');
  });
  it('say of every refusal what happened, what is safe and what to do, of an unknown one too', () => {
    for (const code of ['link-short', 'a-code-of-next-year']) for (const part of Object.values(error_text(code))) expect(part.length).toBeGreaterThan(5);
  });
  it('show a question of a newer deck as needing a newer Attune, never as nothing', () => {
    expect(prompt_text('ou-999')).toBe(t('app.newer'));
    expect(prompt_text(all_prompts()[0]?.id ?? '')).toBe(all_prompts()[0]?.text);
  });
});

describe('Times', () => {
  const now = new Date(2026, 4, 19, 21, 4).getTime();
  const minutes = 60_000;
  const hours = 60 * minutes;
  it('are said as people say them', () => {
    expect(when(now - 5_000, now)).toBe(t('time.just-now'));
    expect(when(now - 5 * hours, now)).toBe(t('time.today', { time: time_of(now - 5 * hours) }));
    expect(when(now - 22 * hours, now)).toBe(t('time.yesterday', { time: time_of(now - 22 * hours) }));
    expect(when(now + 24 * hours, now)).toBe(t('time.tomorrow', { time: time_of(now + 24 * hours) }));
    expect(when(now - 400 * 24 * hours, now)).toContain('2025');
  });
  it('begin with a capital where they have a line to themselves', () => {
    expect(starting(when(now - 5_000, now))).toBe('Just now');
    expect(starting('')).toBe('');
  });
  it('greet by the hour, with and without a name', () => {
    expect(greeting('Sam', now)).toBe(t('today.greeting.evening.name', { name: 'Sam' }));
    expect(greeting(null, new Date(2026, 4, 19, 3, 0).getTime())).toBe(t('today.greeting.night'));
  });
});
