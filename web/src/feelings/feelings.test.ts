// How I am, as a person meets it: named in a few taps, kept or shared, opened by the other, answered.
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { become, button, core, press, put_away, scene, scene_again, sent, settle, show, title, write } from '../app/whole_app.ts';
import type { Reply } from '../core/types.ts';
import { kNow } from '../shots/clock.ts';
import { feeling, feelings, touch, touches } from '../shots/feelings.ts';
import { scenes } from '../shots/scenes.ts';
import { families, feelings_text } from '../text/feelings.ts';
import { names, t, when } from '../text/text.ts';
import { responses } from './wishes.ts';

const kNoa = names('Noa');
const main = () => document.querySelector('main')?.textContent ?? '';
const said = () => document.querySelector('.unseen[aria-live]')?.textContent ?? '';
const args = (name: string) => sent(name).map((one) => one.args);
const boxes = () => [...document.querySelectorAll<HTMLInputElement>('main input[type=checkbox]')];
async function choose(name: string) {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(name));
  if (!found) throw new Error(`There is no choice “${name}”.`);
  found.click();
  await settle();
}

beforeEach(() => void vi.useFakeTimers({ now: kNow, toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('How I am', () => {
  it('is kept for me in three taps, and nobody is told', async () => {
    scene('how-i-am');
    expect(main()).toContain(t('feelings.before'));
    await choose('Low');
    await choose('Tired');
    await press(t('feelings.for-me'));
    expect(args('feelings.note')).toEqual([{ feelings: ['low-tired'] }]);
    expect(sent('feelings.share')).toEqual([]);
    expect(main()).toContain(t('feelings.noted'));
    expect(said()).toContain(t('feelings.noted'));
    expect(core.draft('feeling.picked')).toBe('');
  });
  it('shows each family with what it is like, and hands the focus on to the one looked into', async () => {
    scene('how-i-am');
    for (const { name, like } of families()) {
      expect(main()).toContain(name);
      expect(main()).toContain(like);
    }
    await choose('Warm');
    expect(document.activeElement?.textContent).toContain('Warm');
    expect(main()).toContain(families().find(({ id }) => id === 'warm')?.feelings[0]?.like);
  });
  it('takes two feelings of any family, and says kindly that two are enough', async () => {
    scene('how-i-am');
    await choose('Low');
    await choose('Tired');
    await press('Warm');
    await choose('Longing');
    await choose('Tender');
    expect(core.draft('feeling.picked')).toBe('low-tired warm-longing');
    expect(main()).toContain(t('feelings.enough'));
    expect(boxes().filter((one) => one.checked)).toHaveLength(1); // of this family
    await choose('Longing');
    expect(core.draft('feeling.picked')).toBe('low-tired');
  });
  it('says who can see the line before it is written, and shares it with the wish', async () => {
    scene('how-i-am-say');
    await press(t('feelings.go-on'));
    expect(title()).toBe(feelings_text(['low-tired', 'warm-longing']));
    const before = () => document.querySelector('main .privacy');
    expect(before()?.textContent).toBe(t('common.only-you'));
    await choose(t('feelings.wish.hold-me'));
    expect(before()?.textContent).toBe(t('feelings.privacy', kNoa));
    const field = document.querySelector('main textarea');
    expect(field && (before()?.compareDocumentPosition(field) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    write(t('feelings.line'), 'Long day.');
    await press(t('feelings.share', kNoa));
    expect(args('feelings.share')).toEqual([{ feelings: ['low-tired', 'warm-longing'], line: 'Long day.', wish: 'hold-me' }]);
    expect(said()).toContain(t('feelings.shared', kNoa));
    for (const key of ['feeling.picked', 'feeling.line', 'feeling.for']) expect(core.draft(key)).toBe('');
  });
  it('is shared once, however often one taps', async () => {
    scene('how-i-am-hold-me');
    await press(t('feelings.go-on'));
    let answer: (reply: Reply) => void = () => {};
    core.replies['feelings.share'] = new Promise((resolve) => (answer = resolve));
    await press(t('feelings.share', kNoa));
    await press(t('feelings.share', kNoa));
    answer({ ok: true, value: { command: 'c1' } });
    await settle();
    expect(sent('feelings.share')).toHaveLength(1);
  });
  it('that is undone is as it was: the feelings, the line and the wish', async () => {
    scene('how-i-am-hold-me');
    await press(t('feelings.go-on'));
    core.replies['feelings.share'] = { ok: true, value: { command: 'c1' } };
    await press(t('feelings.share', kNoa));
    core.set('app', { ...scenes['today-full']!.views.app!, undo: { command: 'c1', kind: 'feelings.share', until: kNow + 4000 } });
    await settle();
    await press(t('undo.undo'));
    await settle();
    expect(core.draft('feeling.picked')).toBe('low-tired warm-longing');
    expect(core.draft('feeling.line')).toBe('Long day.');
    expect(core.draft('feeling.for')).toBe('hold-me');
  });
  it('refused, keeps everything and says what happened', async () => {
    scene('how-i-am-hold-me');
    core.replies['feelings.share'] = { ok: false, code: 'disk-full' };
    await press(t('feelings.go-on'));
    await press(t('feelings.share', kNoa));
    expect(main()).toContain('no room left');
    expect(core.draft('feeling.line')).toBe('Long day.');
    expect(title()).toBe(feelings_text(['low-tired', 'warm-longing']));
  });
  it('alone is private, with a kind word on why, and Today has it, too', async () => {
    scene('today-alone');
    await press(t('feelings.room'));
    expect(main()).toContain(t('feelings.alone'));
    await choose('Glad');
    await choose('Relieved');
    expect(() => button(t('feelings.go-on'))).toThrow();
    await press(t('feelings.add-line'));
    expect(main()).not.toContain(t('feelings.wish.ask-me'));
    write(t('feelings.line'), 'At last.');
    await press(t('feelings.for-me'));
    expect(args('feelings.note')).toEqual([{ feelings: ['glad-relieved'], line: 'At last.' }]);
  });
  it('is not shared where it can only be read', async () => {
    scene('how-i-am-reading-only');
    await press(t('feelings.go-on'));
    await press(t('feelings.share', kNoa));
    expect(sent('feelings.share')).toEqual([]);
    expect(main()).toContain(t('sync.reading-only'));
  });
  it('shows the last ones of both; what is for me alone is marked, what is closed shows nothing', async () => {
    show({ to: 'how-i-am' }, { ...scenes['today-full']?.views });
    expect(main()).toContain(t('feelings.closed', kNoa));
    expect(main()).not.toContain('Longing');
    expect(main()).toContain(t('common.only-you'));
    await press(t('feelings.closed', kNoa));
    expect(history.state).toMatchObject({ route: { to: 'feeling', item: 'F1' } });
  });
});

describe('A feeling of the other', () => {
  it('is closed until it is opened, and the other is not told', async () => {
    scene('feeling-closed');
    expect(title()).toBe(t('feelings.closed', kNoa));
    expect(main()).toContain(t('thanks.closed.text', kNoa));
    await press(t('thanks.open'));
    expect(args('space.open-item')).toEqual([{ item: 'F1' }]);
    become('feeling-hold-me');
    await settle();
    expect(document.querySelector('.opening')).toBeTruthy();
    expect(main()).toContain('Tired and longing');
    expect(main()).toContain(t('feelings.wished.hold-me', kNoa));
  });
  it('is answered by what was wished for, first of all', async () => {
    expect(responses('ask-me')[0]).toBe('asking');
    expect(responses('just-so-you-know')[0]).toBe('here');
    scene('feeling-hold-me');
    expect(document.querySelector('main .chips button')?.textContent).toContain(t('feelings.answer.holding'));
    await press(t('feelings.answer.holding'));
    await press(t('thanks.answer.words'));
    write(t('thanks.answer.words.label'), 'Home at eight.');
    await press(t('thanks.answer.send'));
    expect(args('feelings.answer')).toEqual([{ item: 'F1', response: 'holding', words: 'Home at eight.' }]);
    expect(core.draft('feeling-answer.F1')).toBe('');
  });
  it('with “hold me” offers a hug as well, once a minute', async () => {
    scene('feeling-hold-me');
    await press(t('feelings.hug'));
    expect(args('touches.send')).toEqual([{ touch: 'hug' }]);
    core.set('touches', touches({ touches: [touch({ by_me: true, touch: 'hug', at: { ms: kNow, offset: 0 } })], next_at: kNow + 60_000 }));
    flushSync();
    expect(main()).toContain(t('feelings.hug.sent'));
    await put_away();
    scene('feeling-know');
    expect(() => button(t('feelings.hug'))).toThrow();
  });
  it('can be left without an answer', () => {
    scene('feeling-hold-me');
    expect(main()).toContain(t('thanks.answer.none'));
    expect(() => button(t('thanks.answer.send'))).toThrow();
  });
  it('that was taken back unopened says so and shows nothing', () => {
    scene('feeling-gone');
    expect(main()).toContain(t('thanks.taken-back.unopened'));
    expect(main()).not.toContain('Tired');
  });
});

describe('A feeling of mine', () => {
  it('shows what came back, and can be taken back', async () => {
    scene('feeling-mine');
    expect(main()).toContain(t('feelings.answer.asking'));
    expect(main()).not.toContain(t('thanks.answer.title'));
    await press(t('thanks.take-back'));
    [...document.querySelectorAll<HTMLElement>('dialog[open] button')].find((one) => one.textContent?.trim() === t('thanks.take-back'))?.click();
    await settle();
    expect(args('space.take-back')).toEqual([{ item: 'F1' }]);
  });
  it('never says whether the other has looked', () => {
    show({ to: 'feeling', item: 'F1' }, { ...scenes['today-full']?.views, feelings: feelings({ shared: [feeling({ by_me: true })] }) });
    expect(main()).not.toMatch(/waiting for|has not|opened|seen it/i);
    expect(main()).toContain(when(kNow - 40 * 60_000, kNow).slice(1));
  });
});

describe('Today', () => {
  it('leads to a feeling that has come, and to an answer', async () => {
    scene('today-small-things');
    await press(t('feelings.closed', kNoa));
    expect(history.state).toMatchObject({ route: { to: 'feeling', item: 'F1' } });
    scene_again('today-small-things');
    await press(t('today.new.feeling-answered', kNoa));
    expect(history.state).toMatchObject({ route: { to: 'feeling', item: 'F2' } });
  });
});
