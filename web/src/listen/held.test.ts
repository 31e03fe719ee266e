// What was held and what is learned alone, as a person meets it, and where both are told of elsewhere.
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { button, core, press, scene, scene_again, sent, settle, show, title, write } from '../app/whole_app.ts';
import type { Reply } from '../core/types.ts';
import { kNow } from '../shots/clock.ts';
import { scenes } from '../shots/scenes.ts';
import { cards as all_cards, rounds } from '../text/listening.ts';
import { names, t, when } from '../text/text.ts';

const kNoa = names('Noa');
const cards = all_cards();
const pieces = rounds();
const text = () => document.body.textContent ?? '';
const main = () => document.querySelector('main')?.textContent ?? '';
const said = () => document.querySelector('.unseen[aria-live]')?.textContent ?? '';
const args = (name: string) => sent(name).map((one) => one.args);

beforeEach(() => void vi.useFakeTimers({ now: kNow, toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('A session that was held', () => {
  it('shows both thank-yous, opens the other’s, and mine can be taken back', async () => {
    scene('listen-held');
    expect(main()).toContain('You asked about the part I had skipped.');
    expect(args('space.open-item')).toEqual([{ item: 'TY2' }]);
    await press(t('thanks.take-back'));
    expect(sent('space.take-back')).toEqual([]);
    [...document.querySelectorAll<HTMLElement>('dialog[open] button')].find((one) => one.textContent?.trim() === t('thanks.take-back'))?.click();
    await settle();
    expect(args('space.take-back')).toEqual([{ item: 'TY1' }]);
  });
  it('asks privately how understood I felt, in seven choices with words at their ends', async () => {
    scene('listen-held-new');
    const marks = [...document.querySelectorAll<HTMLInputElement>('main [role=radiogroup] input')];
    expect(marks.map((one) => one.getAttribute('aria-label'))).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => t('listen.felt.name', { n, total: 7 })));
    expect(marks.some((one) => one.checked)).toBe(false);
    expect(main()).toContain(t('listen.felt.least'));
    expect(main()).toContain(t('common.only-you'));
    marks[5]?.click();
    await settle();
    expect(args('listen.understood')).toEqual([{ session: 'H1', score: 6 }]);
    expect(said()).toContain(t('listen.felt.kept'));
  });
  it('keeps the mark that was chosen last, also where one was still under way', async () => {
    scene('listen-held-new');
    const marks = [...document.querySelectorAll<HTMLInputElement>('main [role=radiogroup] input')];
    let answer: (reply: Reply) => void = () => {};
    core.replies['listen.understood'] = new Promise((resolve) => (answer = resolve));
    for (const at of [2, 3, 4]) {
      marks[at]?.click();
      await settle();
    }
    answer({ ok: true, value: {} });
    for (let i = 0; i < 3; i += 1) await settle();
    expect(args('listen.understood')).toEqual([{ session: 'H1', score: 3 }, { session: 'H1', score: 5 }]);
    expect(marks.findIndex((one) => one.checked)).toBe(4);
  });
  it('shows the mark of before, and takes none that was refused', async () => {
    scene('listen-held');
    const marks = () => [...document.querySelectorAll<HTMLInputElement>('main [role=radiogroup] input')];
    expect(marks().findIndex((one) => one.checked)).toBe(5);
    core.replies['listen.understood'] = { ok: false, code: 'disk-full' };
    marks()[1]?.click();
    await settle();
    expect(marks().findIndex((one) => one.checked)).toBe(5);
    expect(text()).toContain('no room left');
  });
  it('shows the typed pieces that both kept, by whom each is', () => {
    scene('listen-held-typed');
    const kept = [...document.querySelectorAll('main .pieces .label')].map((one) => one.textContent);
    expect(kept).toEqual([
      t('listen.piece.piece.by-you'), t('listen.piece.said-back.by-other', kNoa), t('listen.piece.almost.by-you'), t('listen.piece.said-back.by-other', kNoa),
      t('listen.piece.made-sense.by-other', kNoa), t('listen.piece.imagined.by-other', kNoa),
    ]);
    expect(main()).toContain(t('listen.held.no-words'));
  });
  it('that was stopped says so, without a verdict; one that is not here says that', () => {
    scene('listen-held-stopped');
    expect(title()).toBe(t('listen.held.stopped'));
    scene_again('listen-held-gone');
    expect(main()).toContain(t('listen.held.gone'));
  });
});

describe('Learning alone', () => {
  it('goes through the cards, each with its example, and on to practise', async () => {
    scene('listen-cards');
    for (const card of cards) {
      expect(title()).toBe(card.title);
      if (card !== cards[0]) expect(document.activeElement?.textContent).toBe(card.title);
      expect(main()).toContain(card.example.said);
      expect(main()).toContain(card.example.heard);
      if (card !== cards.at(-1)) await press(t('listen.cards.next'));
    }
    await press(t('listen.cards.before'));
    expect(title()).toBe(cards.at(-2)?.title);
    await press(t('listen.cards.next'));
    await press(t('listen.cards.practise'));
    expect(main()).toContain(pieces[0]?.said);
  });
  it('shows an example only after one has tried, beside one’s own words, and keeps none of them', async () => {
    scene('listen-practice');
    await press(t('listen.practice.look'));
    expect(main()).not.toContain(pieces[0]?.example);
    write(t('listen.practice.label'), 'You were stuck.');
    await press(t('listen.practice.look'));
    for (const shown of ['You were stuck.', pieces[0]?.example ?? '', ...(pieces[0]?.look_for ?? [])]) expect(main()).toContain(shown);
    expect(main()).not.toMatch(/score|\d ?%|correct|wrong/i);
    await press(t('listen.practice.another'));
    expect(main()).toContain(pieces[1]?.said);
    expect(document.querySelector('textarea')?.value).toBe('');
    expect(core.sent).toEqual([]);
    expect(JSON.stringify(history.state)).not.toContain('stuck');
  });
});

describe('On Today and in Us', () => {
  it('what is open says what it wants, and leads there', async () => {
    scene('today-listening');
    expect(main()).toContain(t('today.new.listened'));
    expect(main()).toContain(t('today.new.listening-declined', kNoa));
    const { when: at } = scenes['today-listening']?.views.listen?.open ?? {};
    await press(t('listen.now.asked-time', { ...kNoa, when: when(at?.ms ?? 0, kNow) }));
    expect(button(t('listen.agree.time'))).toBeTruthy();
  });
  it('news of a session leads to it', async () => {
    scene('today-listening');
    await press(t('today.new.listened'));
    expect(title()).toBe(t('listen.held.title'));
  });
  it('the story tells of it', async () => {
    scene('us');
    await press(t('us.story.listened'));
    expect(title()).toBe(t('listen.held.title'));
  });
  it('a reminder of it leads there', async () => {
    become_reminded();
    await settle();
    await press(t('today.suggest.go'));
    expect(title()).toBe(t('listen.title'));
  });
});

function become_reminded() {
  show({ to: 'today' }, { ...scenes['today-full']?.views, drafts: { reminders: JSON.stringify([{ id: 'r1', for: 'listen', every: 'once', next: kNow - 1 }]) } });
  flushSync();
  expect(text()).toContain(t('remind.due.listen'));
}
