// The room Cherish as a person meets it: what was noticed, the jar, the gesture menu, letters.
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { button, core, press, scene, scene_again, sent, settle, show, title, write } from '../app/whole_app.ts';
import type { Item, Reply } from '../core/types.ts';
import { kJar, kLetters, kMenu, kNothingNoticed, kNoticed, letter, noticed_one } from '../shots/cherish.ts';
import { ago, kDay, kNow } from '../shots/clock.ts';
import { scenes } from '../shots/scenes.ts';
import { effort_text, efforts, gesture_text, gestures, kEffortGroups, kGestureGroups, touch_name } from '../text/cherish.ts';
import { error_text, full_date_of, names, t, tn } from '../text/text.ts';
import { draw, found, span_of } from './jar.ts';
import { fault_of, opens_on, opens_text, state_of } from './letters.ts';

const kNoa = names('Noa');
const main = () => document.querySelector('main')?.textContent ?? '';
const said = () => document.querySelector('.unseen[aria-live]')?.textContent ?? '';
const args = (name: string) => sent(name).map((one) => one.args);
const rows = () => [...document.querySelectorAll('main .row')].map((one) => one.textContent?.trim() ?? '');
const switch_of = (name: string) => [...document.querySelectorAll<HTMLElement>('[role=switch]')].find((one) => one.textContent?.includes(name));
async function set_day(label: string, value: string, within = 'main') {
  const found_label = [...document.querySelectorAll(`${within} label`)].find((one) => one.textContent === label) as HTMLLabelElement | undefined;
  const field = found_label && document.getElementById(found_label.htmlFor);
  if (!(field instanceof HTMLInputElement)) throw new Error(`There is no day “${label}”.`);
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
}
async function choose(name: string) {
  const label = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(name));
  label?.click();
  await settle();
}
function gesture_row(text: string): HTMLElement {
  const row = [...document.querySelectorAll<HTMLElement>('[role=group]')].find((one) => one.getAttribute('aria-label') === text);
  if (!row) throw new Error(text);
  return row;
}
async function tap(row: HTMLElement, name: string) {
  [...row.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)?.click();
  await settle();
}

beforeEach(() => void vi.useFakeTimers({ now: kNow, toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('The room', () => {
  it('shows what is closed first, then one row to each small thing', async () => {
    scene('cherish');
    expect(title()).toBe(t('practices.cherish'));
    const all = rows();
    expect(all.filter((one) => one.startsWith(t('today.awaits.letter', kNoa)))).toHaveLength(1);
    expect(button(t('today.awaits.thanks', kNoa))).toBeTruthy();
    for (const key of ['thanks.list.title', 'noticed.title', 'cherish.news', 'cherish.touch', 'cherish.feeling', 'jar.title', 'letters.title', 'gestures.title'] as const)
      expect(all.some((one) => one.startsWith(t(key))), key).toBe(true);
    await press(t('today.awaits.thanks', kNoa));
    expect(history.state).toMatchObject({ route: { to: 'open-thanks', item: 'T2' } });
  });
  it('leads to the thanks that were there before, and to thanking', async () => {
    scene('cherish');
    await press(t('thanks.list.title'));
    expect(title()).toBe(t('thanks.list.title'));
    scene_again('cherish');
    await press(t('thanks.title', kNoa));
    expect(title()).toBe(t('thanks.title', kNoa));
  });
  it('alone has what can be done alone, and says of the list that it waits for two', () => {
    scene('cherish-alone');
    const all = rows().join();
    for (const key of ['noticed.title', 'cherish.news', 'cherish.touch'] as const) expect(all).not.toContain(t(key));
    for (const key of ['jar.title', 'letters.title', 'gestures.title', 'noticed.list.title'] as const) expect(all).toContain(t(key));
  });
});

describe('I noticed', () => {
  it('takes two taps from Today, and can be undone for five seconds', async () => {
    scene('today-full');
    core.replies['noticed.notice'] = { ok: true, value: { command: 'c1' } };
    await press(t('today.noticed'));
    await press('You cooked after a long day');
    expect(args('noticed.notice')).toEqual([{ effort: 'ef-cooked' }]);
    expect(said()).toContain(t('noticed.sent', kNoa));
    expect(title()).toBe(t('practices.cherish'));
    const app = scenes.cherish?.views.app;
    if (!app) throw new Error('no view');
    core.set('app', { ...app, undo: { command: 'c1', kind: 'noticed.notice', until: kNow + 4_000 } });
    await settle();
    await press(t('undo.undo'));
    expect(args('space.undo')).toEqual([{ command: 'c1' }]);
    expect(title()).toBe(t('noticed.title'));
  });
  it('is sent once, however often one taps', async () => {
    scene('notice');
    let answer: (reply: Reply) => void = () => {};
    core.replies['noticed.notice'] = new Promise((resolve) => (answer = resolve));
    await press('You cooked after a long day');
    await press('You cooked after a long day');
    await press('You hung up the washing');
    expect(sent('noticed.notice')).toHaveLength(1);
    answer({ ok: true, value: {} });
    await settle();
    expect(title()).toBe(t('practices.cherish'));
  });
  it('has what was noticed last at the top, once, then my own, and leaves out what I took from my list', () => {
    scene('notice');
    const all = rows();
    expect(all[0]).toContain('You put the bins out');
    expect(all[2]).toContain('You oiled the door that woke me');
    expect(all.filter((one) => one === 'You put the bins out')).toHaveLength(1);
    expect(main()).toContain('You answered the group chat for us both');
    expect(main()).not.toContain('You looked up the train twice');
    expect(main()).not.toContain(effort_text('ef-dog'));
  });
  it('says of work that nobody sees that nobody sees it', () => {
    scene('notice-nothing');
    const all = rows();
    expect(all.find((one) => one.startsWith(effort_text('ef-soap')))).toContain(t('noticed.invisible'));
    expect(all.find((one) => one.startsWith(effort_text('ef-bins')))).not.toContain(t('noticed.invisible'));
  });
  it('again sends my own words as they were', async () => {
    scene('notice');
    await press('You oiled the door that woke me');
    expect(args('noticed.notice')).toEqual([{ words: 'You oiled the door that woke me' }]);
  });
  it('takes own words, keeps them as a draft, and puts them on my list if I want that', async () => {
    scene('notice-nothing');
    write(t('noticed.words'), 'You carried the boxes up');
    await settle();
    expect(core.draft('noticed.words')).toBe('You carried the boxes up');
    switch_of(t('noticed.words.list'))?.click();
    await settle();
    await press(t('thanks.send', kNoa));
    expect(args('noticed.add-effort')).toEqual([{ text: 'You carried the boxes up' }]);
    expect(args('noticed.notice')).toEqual([{ words: 'You carried the boxes up' }]);
    expect(core.draft('noticed.words')).toBe('');
  });
  it('without words sends nothing; words that are too long stay in their field', async () => {
    scene('notice-nothing');
    await press(t('thanks.send', kNoa));
    write(t('noticed.words'), 'ä'.repeat(101));
    await press(t('thanks.send', kNoa));
    expect(sent('noticed.notice')).toEqual([]);
    expect(main()).toContain(tn('common.too-long', 2));
  });
  it('refused, says what happened and stays', async () => {
    scene('notice-refused');
    core.replies['noticed.notice'] = { ok: false, code: 'disk-full' };
    await press('You put the bins out');
    expect(main()).toContain(error_text('disk-full').what);
    expect(title()).toBe(t('noticed.title'));
  });
  it('sends nothing where it can only be read, and says why', async () => {
    scene('notice-reading-only');
    await press('You cooked after a long day');
    expect(sent('noticed.notice')).toEqual([]);
    expect(main()).toContain(t('sync.reading-only'));
  });
  it('has a list of my own to be edited, by me alone', async () => {
    scene('efforts');
    expect(main()).toContain(t('noticed.list.private'));
    expect(switch_of(effort_text('ef-dog'))?.getAttribute('aria-checked')).toBe('false');
    switch_of(effort_text('ef-dog'))?.click();
    switch_of(effort_text('ef-bins'))?.click(); // before the first one is kept
    switch_of('You looked up the train twice')?.click();
    await settle();
    await settle();
    expect(args('noticed.list-effort')).toEqual([{ effort: 'ef-dog', listed: true }, { effort: 'ef-bins', listed: false }, { own: 'E2', listed: true }]);
    write(t('noticed.list.add'), 'You sorted the post');
    await press(t('noticed.list.put'));
    expect(args('noticed.add-effort')).toEqual([{ text: 'You sorted the post' }]);
  });
  it('of mine that was refused stays as it was on the list', async () => {
    scene('efforts');
    core.replies['noticed.list-effort'] = { ok: false, code: 'disk-full' };
    switch_of(effort_text('ef-bins'))?.click();
    await settle();
    expect(switch_of(effort_text('ef-bins'))?.getAttribute('aria-checked')).toBe('true');
    expect(main()).toContain(error_text('disk-full').what);
  });
});

describe('Noticed by the other', () => {
  const show_one = (more = {}) => show({ to: 'noticed', item: 'N1' }, { ...scenes.cherish?.views, noticed: { ...kNothingNoticed, noticed: [noticed_one(more)] } });
  it('opens as it is shown, once, and is said', async () => {
    show_one({ opened: false, effort: null });
    await settle();
    expect(args('space.open-item')).toEqual([{ item: 'N1' }]);
    core.set('noticed', kNoticed);
    await settle();
    expect(main()).toContain(effort_text('ef-meals'));
    expect(main()).toContain(t('noticed.invisible'));
    expect(sent('space.open-item')).toHaveLength(1);
    expect(document.activeElement?.tagName).toBe('H1');
  });
  it('that could not be opened says why, and may be tried again', async () => {
    const { noticed: _, ...others } = scenes.cherish?.views ?? {};
    show({ to: 'noticed', item: 'N1' }, others);
    core.replies['space.open-item'] = { ok: false, code: 'disk-full' };
    core.set('noticed', { ...kNothingNoticed, noticed: [noticed_one({ opened: false, effort: null })] });
    await settle();
    expect(main()).toContain(error_text('disk-full').what);
    await press(t('thanks.open'));
    expect(sent('space.open-item')).toHaveLength(2);
  });
  it('is answered with a tap, words, or both; no answer is needed', async () => {
    show_one();
    expect(main()).toContain(t('thanks.answer.none'));
    await press(t('thanks.answer.smiled'));
    await press(t('thanks.answer.words'));
    write(t('thanks.answer.words.label'), 'I did not think you saw.');
    await settle();
    await press(t('thanks.answer.send'));
    expect(args('noticed.answer')).toEqual([{ item: 'N1', tap: 'smiled', words: 'I did not think you saw.' }]);
    expect(core.draft('reply.N1')).toBe('');
  });
  it('from me shows the answer, and can be taken back', async () => {
    scene('noticed-mine');
    expect(main()).toContain('I thought nobody had seen.');
    await press(t('thanks.take-back'));
    const dialog = document.querySelector('dialog[open]');
    [...(dialog?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.includes(t('thanks.take-back')))?.click();
    await settle();
    expect(args('space.take-back')).toEqual([{ item: 'N2' }]);
  });
  it('taken back is gone, and says so', () => {
    scene('noticed-gone');
    expect(main()).toContain(t('thanks.taken-back.by-other', kNoa));
  });
});

describe('The jar', () => {
  const note = () => document.querySelector('article.note')?.textContent ?? '';
  it('gives one when it is tapped, another each time, and says it', async () => {
    scene('jar');
    const seen = new Set<string>();
    let before = '';
    for (let i = 0; i < 12; i++) {
      await press(i === 0 ? t('jar.shake') : t('jar.shake.again'));
      expect(note()).not.toBe(before);
      before = note();
      seen.add(before);
      expect(said().length).toBeGreaterThan(10);
    }
    expect(seen.size).toBeGreaterThan(1);
  });
  it('never gives the same twice in a row, and each of them at some time', () => {
    const all = ['a', 'b', 'c'].map((item) => ({ item }));
    const drawn: string[] = [];
    for (let i = 0; i < 300; i++) drawn.push(draw(all, drawn.at(-1) ?? null)?.item ?? '');
    expect(drawn.some((one, index) => index > 0 && one === drawn[index - 1])).toBe(false);
    expect(new Set(drawn).size).toBe(3);
    expect(draw([], null)).toBeNull();
    expect(draw(all.slice(0, 1), 'a')?.item).toBe('a');
  });
  it('is looked through for words, in what was done, what it says, how it felt, and the effort that was seen', async () => {
    expect(found(kJar.entries, 'RAIN').map((one) => one.item)).toEqual(['T4']);
    expect(found(kJar.entries, 'patient breathe').map((one) => one.item)).toEqual(['T1']);
    expect(found(kJar.entries, 'what we would eat').map((one) => one.item)).toEqual(['N1']);
    expect(found(kJar.entries, '  ')).toHaveLength(5);
    scene('jar');
    write(t('jar.search'), 'snow');
    await settle();
    expect(main()).toContain(t('jar.found.none'));
    expect(rows()).toHaveLength(0);
  });
  it('opens each where it stands', async () => {
    scene('jar');
    await press('You laughed at the tax form');
    expect(history.state).toMatchObject({ route: { to: 'kept', item: 'K1' } });
  });
  it('with five thousand in it makes a few at a time, and the rest can be reached by keyboard', async () => {
    scene('jar-full');
    const first = rows().length;
    expect(first).toBeLessThan(40);
    await press(tn('jar.more', 5_000 - first));
    await settle();
    expect(rows().length).toBe(2 * first);
    expect(document.activeElement?.textContent).toContain(`number ${first},`);
  });
  it('leaves out a time for me alone, from the start of a day to the end of another', async () => {
    scene('jar');
    await press(t('jar.hide'));
    expect(document.querySelector('dialog[open]')?.textContent).toContain(t('jar.hide.private'));
    await set_day(t('jar.hide.from'), '2026-02-02', 'dialog');
    await set_day(t('jar.hide.to'), '2026-01-15', 'dialog');
    await press(t('jar.hide.do'));
    expect(sent('cherish.hide-span')).toEqual([]);
    await set_day(t('jar.hide.to'), '2026-03-15', 'dialog');
    await press(t('jar.hide.do'));
    expect(args('cherish.hide-span')).toEqual([{ from: new Date(2026, 1, 2).getTime(), to: new Date(2026, 2, 16).getTime() - 1 }]);
  });
  it('takes one day from its first to its last moment, also where the clocks change', () => {
    const { from, to } = span_of('2026-03-29', '2026-03-29');
    expect(new Date(to + 1).getDate()).toBe(30);
    expect(new Date(from).getHours()).toBe(0);
  });
  it('lists what I leave out, and shows it again', async () => {
    scene('jar-hidden');
    await press(t('jar.hide'));
    expect(document.querySelector('dialog[open]')?.textContent).toContain(full_date_of(Date.UTC(2026, 1, 2)));
    await press(t('jar.show'));
    expect(args('cherish.show-span')).toEqual([{ item: 'S1' }]);
  });
  it('empty is a good start, with two examples; all left out is not called empty', async () => {
    scene('jar-empty');
    expect(title()).toBe(t('jar.empty.title'));
    await press(t('jar.examples.show'));
    expect(main()).toContain(t('jar.example.kettle'));
    scene_again('jar-all-hidden');
    expect(title()).toBe(t('jar.title'));
    expect(main()).toContain(t('jar.all-hidden'));
    expect(button(t('jar.hide'))).toBeTruthy();
  });
  it('is shaken only once that was switched on, and then by a shake of the hand', async () => {
    class Motion extends Event { static requestPermission = vi.fn(() => Promise.resolve('granted')); }
    vi.stubGlobal('DeviceMotionEvent', Motion);
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
    const move = (x: number) => dispatchEvent(Object.assign(new Event('devicemotion'), { accelerationIncludingGravity: { x, y: 0, z: 0 } }));
    const shake = () => { for (const x of [0, 20, -20, 20, -20]) move(x); flushSync(); };
    scene('jar');
    shake();
    expect(note()).toBe('');
    expect(Motion.requestPermission).not.toHaveBeenCalled();
    switch_of(t('jar.motion'))?.click();
    await settle();
    expect(Motion.requestPermission).toHaveBeenCalledOnce();
    for (const x of [0, 3, 0, 3, 0, 3]) move(x); // carried about
    flushSync();
    expect(note()).toBe('');
    shake();
    expect(note()).not.toBe('');
    vi.unstubAllGlobals();
  });
});

describe('The gesture menu', () => {
  it('says how I like each, and a second tap takes it off again', async () => {
    scene('gestures-mine');
    await press(t('gestures.mine'));
    expect(main()).toContain(t('gestures.not-announced', kNoa));
    await tap(gesture_row(gesture_text('ge-back')), t('gestures.love'));
    await tap(gesture_row(gesture_text('ge-hand')), t('gestures.love'));
    await tap(gesture_row(gesture_text('ge-tea')), t('gestures.sometimes'));
    await tap(gesture_row('A window opened before I wake'), t('gestures.love'));
    expect(args('gestures.say')).toEqual([
      { gesture: 'ge-back', liking: 'love' }, { gesture: 'ge-hand', liking: 'not-said' }, { gesture: 'ge-tea', liking: 'sometimes' },
      { own: 'own-A window opened before I wake', liking: 'not-said' },
    ]);
  });
  it('shows a tap at once, and of several before the first is kept only the last is kept', async () => {
    scene('gestures-mine');
    await press(t('gestures.mine'));
    let answer: (reply: Reply) => void = () => {};
    core.replies['gestures.say'] = new Promise((resolve) => (answer = resolve));
    const row = gesture_row(gesture_text('ge-back'));
    await tap(gesture_row(gesture_text('ge-tea')), t('gestures.not-now'));
    await tap(row, t('gestures.love'));
    await tap(row, t('gestures.sometimes'));
    expect(row.querySelector('[aria-pressed=true]')?.textContent?.trim()).toBe(t('gestures.sometimes'));
    expect(sent('gestures.say')).toHaveLength(1);
    answer({ ok: true, value: {} });
    await settle();
    expect(args('gestures.say')).toEqual([{ gesture: 'ge-tea', liking: 'not-now' }, { gesture: 'ge-back', liking: 'sometimes' }]);
  });
  it('takes my own words', async () => {
    scene('gestures-mine');
    await press(t('gestures.mine'));
    write(t('gestures.add'), 'A song hummed in the hall');
    await settle();
    await press(t('gestures.put'));
    expect(args('gestures.add')).toEqual([{ text: 'A song hummed in the hall', liking: 'love' }]);
    expect(core.draft('gestures.own')).toBe('');
  });
  it('of the other begins with what they love, and ends with what is not for now', () => {
    scene('gestures');
    const text = main();
    const order = [gesture_text('ge-door-hug'), 'The bike pumped up on Sundays', gesture_text('ge-note'), gesture_text('ge-hair')].map((one) => text.indexOf(one));
    expect(order.every((at, index) => at > (order[index - 1] ?? -1))).toBe(true);
    expect(text).not.toMatch(/waiting|has not/i);
  });
  it('leads to a reminder of it at a time I choose', async () => {
    scene('gestures');
    await press(t('gestures.remind'));
    expect(title()).toBe(t('remind.title'));
    await press(t('remind.make.here'));
    expect(JSON.parse(core.draft('reminders'))).toMatchObject([{ for: 'gesture' }]);
  });
  it('stands on Today once that time has come, and is one tap away', async () => {
    show({ to: 'today' }, { ...scenes['today-full']?.views, drafts: { reminders: JSON.stringify([{ id: 'r1', for: 'gesture', every: 'week', next: kNow - kDay }]) } });
    expect(main()).toContain(t('remind.due.gesture'));
    const due = [...document.querySelectorAll('.notice')].find((one) => one.textContent?.includes(t('remind.due.gesture')));
    due?.querySelector<HTMLElement>('.action button')?.click();
    await settle();
    await settle();
    expect(title()).toBe(t('gestures.title'));
  });
  it('kept while I was alone is offered to be shown, and goes only then', async () => {
    scene('gestures-alone');
    expect(main()).toContain(t('gestures.alone'));
    expect(() => button(t('gestures.show'))).toThrow();
    scene_again('gestures-kept');
    expect(main()).toContain(tn('gestures.kept', 7));
    await press(t('gestures.show'));
    expect(args('gestures.show-kept')).toEqual([{}]);
  });
  it('prints both parts, and nothing else', () => {
    scene('gestures');
    const page = document.querySelector('.printed-menu')?.textContent ?? '';
    expect(page).toContain(gesture_text('ge-hand'));
    expect(page).toContain(gesture_text('ge-door-hug'));
    expect(document.querySelector('.printed-menu button')).toBeNull();
  });
  it('is not changed where it can only be read', async () => {
    scene('gestures-reading-only');
    await tap(gesture_row(gesture_text('ge-back')), t('gestures.love'));
    expect(sent('gestures.say')).toEqual([]);
    expect(main()).toContain(t('sync.reading-only'));
  });
  it('with something from a newer Attune says so', () => {
    show({ to: 'gestures' }, { ...scenes.gestures?.views, gestures: { ...kMenu, theirs: [{ ...kMenu.theirs[0]!, gesture: 'ge-from-later' }] } });
    expect(main()).toContain(t('app.newer'));
  });
});

describe('A letter', () => {
  it('says who holds it before it is sealed, and goes as it was chosen', async () => {
    scene('letter-write-empty');
    for (const key of ['letters.holder.me.detail', 'letters.holder.app.detail'] as const) expect(main()).toContain(t(key, kNoa));
    await press(t('letters.seal.keep'));
    expect(sent('letters.seal')).toEqual([]);
    write(t('letters.text'), 'For a day in winter.');
    await set_day(t('letters.day'), '2026-12-24');
    await choose(t('letters.holder.app'));
    await press(t('letters.seal.send'));
    const opens = new Date(2026, 11, 24, 8);
    expect(args('letters.seal')).toEqual([{ text: 'For a day in winter.', opens: { ms: opens.getTime(), offset: -opens.getTimezoneOffset() || 0 }, held_by_me: false }]);
    expect(title()).toBe(t('letters.title'));
    expect([core.draft('letter.text'), core.draft('letter.day'), core.draft('letter.holder')]).toEqual(['', '', '']);
  });
  it('is held by me unless I choose otherwise; alone there is nobody else to hold it', async () => {
    scene('letter-write-alone');
    expect(main()).toContain(t('letters.holder.alone'));
    write(t('letters.text'), 'For later.');
    await press(t('letters.seal.keep'));
    expect(args('letters.seal')).toMatchObject([{ held_by_me: true }]);
  });
  it('keeps its words, its day and its holder as drafts', async () => {
    scene('letter-write-empty');
    write(t('letters.text'), 'For a day');
    await set_day(t('letters.day'), '2027-01-01');
    await choose(t('letters.holder.app'));
    expect([core.draft('letter.text'), core.draft('letter.day'), core.draft('letter.holder')]).toEqual(['For a day', '2027-01-01', 'app']);
  });
  it('waits for a day that is still to come, within ten years', async () => {
    expect([fault_of(opens_on('2026-05-19'), kNow), fault_of(opens_on('2026-05-20'), kNow), fault_of(opens_on('2037-01-01'), kNow), fault_of(opens_on(''), kNow)]).toEqual(['past', null, 'far', 'none']);
    scene('letter-write-past');
    await press(t('letters.seal.keep'));
    expect(sent('letters.seal')).toEqual([]);
    expect(main()).toContain(t('letters.date.past'));
  });
  it('is sealed once, and refused stays in its field', async () => {
    scene('letter-write-refused');
    core.replies['letters.seal'] = { ok: false, code: 'bad-letter-date' };
    await press(t('letters.seal.keep'));
    expect(main()).toContain(error_text('bad-letter-date').what);
    expect(document.querySelector('textarea')?.value).toContain('the move is over');
  });
  it('that I hold can be kept from being posted, and its words are a draft again', async () => {
    scene('letter-withdraw');
    await press(t('letters.withdraw'));
    const dialog = document.querySelector('dialog[open]');
    [...(dialog?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.includes(t('letters.withdraw')))?.click();
    await settle();
    await settle();
    expect(args('letters.withdraw')).toEqual([{ item: 'P2' }]);
    expect(core.draft('letter.text')).toContain('the move is over');
    expect(title()).toBe(t('letters.write.title', kNoa));
  });
  it('that was posted meanwhile says so, and the draft is as it was', async () => {
    const views = { ...scenes['letter-withdraw']?.views, drafts: { 'letter.text': 'Another one' } };
    show({ to: 'letter', item: 'P2' as Item }, views);
    core.replies['letters.withdraw'] = { ok: false, code: 'letter-posted' };
    await press(t('letters.withdraw'));
    const dialog = document.querySelector('dialog[open]');
    [...(dialog?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.includes(t('letters.withdraw')))?.click();
    await settle();
    await settle();
    expect(main()).toContain(error_text('letter-posted').what);
    expect(core.draft('letter.text')).toBe('Another one');
  });
  it('stays closed until its day, then is opened by a tap, and shown', async () => {
    scene('letter-closed');
    expect(main()).toContain(t('letters.closed.text', kNoa));
    expect(() => button(t('thanks.open'))).toThrow();
    scene_again('letter-ready');
    await press(t('thanks.open'));
    expect(args('space.open-item')).toEqual([{ item: 'P1' }]);
    core.set('letters', { letters: [letter({ opened: true, state: 'open', text: 'There you are.' })] });
    await settle();
    expect(main()).toContain('There you are.');
    expect(document.querySelector('.opening')).not.toBeNull();
  });
  it('becomes ready while one looks at it', async () => {
    const soon = letter({ state: 'closed', opens: { ms: kNow + 30_000, offset: 0 } });
    expect([state_of(soon, kNow), state_of(soon, kNow + 30_000), state_of({ ...soon, by_me: true }, kNow + 30_000)]).toEqual(['closed', 'ready', 'open']);
    show({ to: 'letter', item: 'P1' }, { ...scenes.letters?.views, letters: { letters: [soon] } });
    expect(() => button(t('thanks.open'))).toThrow();
    vi.advanceTimersByTime(40_000);
    flushSync();
    expect(button(t('thanks.open'))).toBeTruthy();
  });
  it('that I sent can be taken back', async () => {
    show({ to: 'letter', item: 'P3' }, { ...scenes.letters?.views });
    await press(t('thanks.take-back'));
    const dialog = document.querySelector('dialog[open]');
    [...(dialog?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.includes(t('thanks.take-back')))?.click();
    await settle();
    expect(args('space.take-back')).toEqual([{ item: 'P3' }]);
  });
  it('names its day in my time, with that of the other beside it where the two differ', () => {
    const at = { ms: opens_on('2026-06-01').ms, offset: -new Date(2026, 5, 1).getTimezoneOffset() || 0 };
    expect(opens_text(at)).toBe(t('letters.opens', { date: full_date_of(at), time: '08:00' }));
    expect(opens_text({ ...at, offset: at.offset + 120 })).toContain(t('letters.opens.there', { here: '', time: '10:00' }).trim());
  });
  it('list has those whose day has come first, and never says that somebody waits', () => {
    scene('letters');
    expect(document.querySelector('.envelope')?.textContent).toContain(t('letters.ready.line', { ...kNoa, date: full_date_of(ago(40 * kDay)) }));
    expect(rows()).toHaveLength(kLetters.letters.length - 1);
    expect(main()).not.toMatch(/waiting for/i);
  });
  it('list empty invites', () => {
    scene('letters-empty');
    expect(title()).toBe(t('letters.empty.title'));
  });
});

describe('What there is to choose from', () => {
  it('has an id of its own each, a group that is shown, and words', () => {
    for (const [all, groups] of [[efforts(), kEffortGroups], [gestures(), kGestureGroups]] as const) {
      expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
      for (const one of all) expect(groups).toContain(one.group);
    }
    expect(effort_text('ef-never-was')).toBe(t('app.newer'));
    expect(touch_name('squeeze')).toBe('Hand squeeze');
  });
});
