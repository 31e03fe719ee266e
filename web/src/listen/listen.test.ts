// Listen around its room, as a person meets it: asked and answered, agreed, the gate, a time-out.
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { button, core, press, put_away, scene, scene_again, sent, settle, show, title, write } from '../app/whole_app.ts';
import type { Listening, ListenView } from '../core/types.ts';
import { read } from '../remind/reminder.ts';
import { kNow } from '../shots/clock.ts';
import { kListening, kNothingHeld, listening } from '../shots/listen.ts';
import { scenes } from '../shots/scenes.ts';
import { cards } from '../text/listening.ts';
import { names, t, time_of, when } from '../text/text.ts';
import { gate } from './gate.ts';
import { in_an_hour } from './open.ts';

const kNoa = names('Noa');
const text = () => document.body.textContent ?? '';
const main = () => document.querySelector('main')?.textContent ?? '';
const said = () => document.querySelector('.unseen[aria-live]')?.textContent ?? '';
const args = (name: string) => sent(name).map((one) => one.args);
const with_open = (more: Partial<Listening>, view: ListenView = kListening) => show({ to: 'listen' }, { ...scenes['today-full']?.views, listen: { ...view, open: listening(more) } });
function become_open(more: Partial<Listening>) {
  core.set('listen', { ...kListening, open: listening(more) });
  flushSync();
}
async function choose(name: string) {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(name));
  if (!found) throw new Error(`There is no choice “${name}”.`);
  found.click();
  await settle();
}
async function set(kind: 'date' | 'time', value: string, within = 'main') {
  const field = document.querySelector<HTMLInputElement>(`${within} input[type=${kind}]`);
  if (!field) throw new Error(`no ${kind}`);
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers({ now: kNow, toFake: ['Date', 'setInterval', 'clearInterval'] });
  gate.close();
});
afterEach(() => void vi.useRealTimers());

describe('Listen', () => {
  it('invites while nothing is there, and leads to asking', async () => {
    scene('listen-empty');
    expect(title()).toBe(t('listen.empty.title'));
    await press(t('listen.ask.title', kNoa));
    expect(title()).toBe(t('listen.gate.title'));
  });
  it('alone has the cards and the practice round, and says that asking takes two', async () => {
    scene('listen-alone');
    expect(main()).toContain(t('listen.alone'));
    expect(() => button(t('listen.ask.title', names(null)))).toThrow();
    await press(t('listen.cards.title'));
    expect(title()).toBe(cards()[0]?.title);
  });
  it('is a room of its own among the practices, and on the rail', async () => {
    scene('practices');
    await press(t('practices.listen'));
    expect(title()).toBe(t('listen.title'));
    expect(document.querySelector('.rail [aria-current]')?.textContent).toContain(t('practices.listen'));
  });
  it('shows what was held, newest first, with the thanks of the other, and topics for another talk', async () => {
    scene('listen');
    const [newest, older] = kListening.held;
    const oldest = kListening.held.at(-1);
    const rows = [...document.querySelectorAll('main .row')].map((one) => one.textContent ?? '');
    expect(rows.some((one) => one.includes(when(newest?.at ?? 0, kNow)))).toBe(true);
    expect(rows.findIndex((one) => one.includes(when(newest?.at ?? 0, kNow)))).toBeLessThan(rows.findIndex((one) => one.includes(when(older?.at ?? 0, kNow))));
    expect(main()).toContain('You asked about the part I had skipped.');
    expect(main()).not.toContain(when(oldest?.at ?? 0, kNow));
    await press(t('listen.held.more'));
    expect(main()).toContain(when(oldest?.at ?? 0, kNow));
    await press('Phones in the drawer');
    await press(t('listen.idea.take-back'));
    expect(args('space.take-back')).toEqual([{ item: 'I1' }]);
  });
  it('lets nobody take back a topic of the other', () => {
    scene('listen');
    const row = [...document.querySelectorAll('main .row')].find((one) => one.textContent?.includes('Who calls the school'));
    expect(row?.querySelector('button')).toBeNull();
  });
  it('of a space that is closed stays to be read', () => {
    scene('listen-closed');
    expect(main()).toContain('You asked about the part I had skipped.');
    expect(() => button(t('listen.ask.title', names(null)))).toThrow();
  });
});

describe('Asked by the other', () => {
  it('for now, one tap agrees and says that now is good; when it begins one is in the room', async () => {
    with_open({});
    expect(title()).toBe(t('listen.now.asked-now', kNoa));
    await press(t('listen.ready'));
    expect(args('listen.agree')).toEqual([{ session: 'L1', asked: 'asked-1', now: true }]);
    become_open({ stage: 'agreed', i_am_ready: true });
    await settle();
    expect(title()).toBe(t('listen.now.i-ready'));
    expect(document.activeElement?.tagName).toBe('H1');
    become_open({ stage: 'speaking' });
    await settle();
    expect(history.state).toMatchObject({ route: { to: 'listening' } });
  });
  it('for a time, agreeing is not yet saying that now is good', async () => {
    with_open({ when: { ms: kNow + 3_600_000, offset: 0 } });
    await press(t('listen.agree.time'));
    await press(t('listen.ready.early'));
    expect(args('listen.agree')).toEqual([{ session: 'L1', asked: 'asked-1' }, { session: 'L1', asked: 'asked-1', now: true }]);
  });
  it('can be put off in one tap, or to a time that is still to come', async () => {
    with_open({});
    await press(t('listen.another.hour'));
    expect(args('listen.postpone')).toEqual([{ session: 'L1', when: { ms: in_an_hour(kNow), offset: -new Date(in_an_hour(kNow)).getTimezoneOffset() } }]);
    expect(said()).toContain(t('listen.postponed', { when: when(in_an_hour(kNow), kNow) }));
    await press(t('listen.another.pick'));
    await set('date', '2026-05-18', 'dialog');
    await press(t('listen.another.ask'));
    expect(args('listen.postpone')).toHaveLength(1);
    await set('date', '2026-05-22', 'dialog');
    await set('time', '19:15', 'dialog');
    await press(t('listen.another.ask'));
    expect(args('listen.postpone')[1]).toMatchObject({ when: { ms: new Date(2026, 4, 22, 19, 15).getTime() } });
  });
  it('can be declined in one kind tap', async () => {
    with_open({});
    await press(t('listen.decline'));
    expect(args('listen.decline')).toEqual([{ session: 'L1' }]);
    expect(said()).toContain(t('listen.declined'));
  });
  it('refused, says what happened', async () => {
    scene('listen-refused');
    core.replies['listen.agree'] = { ok: false, code: 'disk-full' };
    await press(t('listen.ready'));
    expect(text()).toContain('no room left');
  });
  it('sends nothing where it can only be read', async () => {
    scene('listen-asked-reading-only');
    await press(t('listen.ready'));
    expect(sent('listen.agree')).toEqual([]);
    expect(main()).toContain(t('sync.reading-only'));
  });
});

describe('Asked by me', () => {
  it('can be withdrawn, and never says what the other has or has not done', async () => {
    scene('listen-mine');
    expect(main()).not.toMatch(/waiting for|has not/i);
    await press(t('listen.withdraw'));
    expect(args('listen.decline')).toEqual([{ session: 'L1' }]);
    expect(said()).toContain(t('listen.withdrawn'));
  });
  it('has a topic that I alone see, and can still be changed', async () => {
    scene('listen-topic');
    expect(main()).toContain(t('listen.about.private'));
    await press(t('listen.about.change'));
    await press(t('listen.about.good'));
    write(t('listen.about.words'), 'The call on Monday.');
    await press(t('common.save'));
    expect(args('listen.topic')).toEqual([{ session: 'L1', about: 'good', words: 'The call on Monday.' }]);
    expect(core.draft('listen.L1.topic')).toBe('');
  });
  it('whose topic is changed begins with the words that stand, each time, and what was not saved goes', async () => {
    scene('listen-topic');
    const words = scenes['listen-topic']?.views.listen?.open?.words ?? '';
    const field = () => document.querySelector<HTMLTextAreaElement>('dialog textarea')?.value;
    expect(words).not.toBe('');
    for (const leave of [t('common.save'), t('common.cancel'), t('common.close')]) {
      await press(t('listen.about.change'));
      expect(field(), leave).toBe(words);
      if (leave !== t('common.save')) write(t('listen.about.words'), 'Something else');
      await press(leave);
      expect(core.draft('listen.L1.topic'), leave).toBe('');
    }
    expect(args('listen.topic')).toMatchObject([{ words }]);
    await press(t('listen.about.change'));
    expect(field()).toBe(words);
  });
  it('says that the topic is out once it went with my “now is good”', () => {
    scene('listen-i-ready');
    expect(main()).toContain(t('listen.about.out', kNoa));
    expect(() => button(t('listen.about.change'))).toThrow();
  });
});

describe('Agreed for a time', () => {
  it('asks both whether now is still good once it has come, by itself', async () => {
    with_open({ stage: 'agreed', when: { ms: kNow + 30_000, offset: 0 } });
    expect(title()).toBe(t('listen.now.agreed-time', { when: when(kNow + 30_000, kNow) }));
    vi.advanceTimersByTime(40_000);
    await settle();
    expect(title()).toBe(t('listen.now.still-good'));
    await press(t('listen.ready'));
    expect(args('listen.ready')).toEqual([{ session: 'L1', asked: 'asked-1' }]);
  });
  it('asks anew what the other said long ago', async () => {
    scene('listen-other-ready-old');
    await press(t('listen.ready.anew', kNoa));
    expect(args('listen.ready')).toEqual([{ session: 'L1', asked: 'asked-1', anew: 'ready-1' }]);
  });
  it('offers the calendar first, with neutral words, and then to be reminded here', async () => {
    const made: Blob[] = [];
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => (made.push(blob), 'blob:1'), revokeObjectURL: () => {} }));
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    scene('listen-agreed');
    await press(t('listen.remind'));
    const kinds = [...document.querySelectorAll('dialog[open] label')].map((one) => one.textContent?.trim() ?? '');
    expect(kinds[0]).toContain(t('remind.calendar'));
    await press(t('remind.make.calendar'));
    expect(made).toHaveLength(1);
    expect(core.draft('reminders')).toBe('');
    await press(t('listen.remind'));
    await choose(t('remind.here'));
    await press(t('remind.make.here'));
    expect(read(core.draft('reminders'))).toMatchObject([{ for: 'listen', every: 'once', next: kNow + 84_360_000, session: 'L1' }]);
    expect(main()).toContain(t('listen.remind.kept'));
    expect(() => button(t('listen.remind'))).toThrow();
    click.mockRestore();
    vi.unstubAllGlobals();
  });
  it('lets go of its reminder when it is at another time, has begun, or is over, and of none of my own', async () => {
    const at = kNow + 7_200_000;
    const one = (id: string, more: object) => ({ id, for: 'listen', every: 'once', next: at, ...more });
    const drafts = { reminders: JSON.stringify([one('own', {}), one('of-it', { session: 'L1' })]) };
    const kept = () => read(core.draft('reminders')).map(({ id }) => id);
    const agreed = { stage: 'agreed', when: { ms: at, offset: 0 } } as const;
    for (const [open, ids] of [
      [agreed, ['own', 'of-it']],
      [{ ...agreed, when: { ms: at + 1, offset: 0 } }, ['own']],
      [{ ...agreed, stage: 'speaking' }, ['own']],
      [null, ['own']],
    ] as const) {
      for (const to of ['listen', 'today'] as const) {
        if (open === null && to === 'listen') continue;
        await put_away();
        show({ to }, { ...scenes['today-full']?.views, listen: { ...kListening, open: open && listening(open) }, drafts });
        await settle();
        expect(kept(), `${to} ${JSON.stringify(open)}`).toEqual(ids);
      }
    }
  });
  it('brings it over where I said so on another device of mine', async () => {
    scene('listen-i-ready-elsewhere');
    await press(t('listen.here'));
    expect(args('listen.here')).toEqual([{ session: 'L1' }]);
  });
});

describe('Once it has begun', () => {
  it('one goes on in the room, and stopping is asked once, since nothing brings it back', async () => {
    scene('listen-running');
    await press(t('listen.stop'));
    expect(sent('listen.stop')).toEqual([]);
    [...document.querySelectorAll<HTMLElement>('dialog[open] button')].find((one) => one.textContent?.trim() === t('listen.stop'))?.click();
    await settle();
    expect(args('listen.stop')).toEqual([{ session: 'L1' }]);
    scene_again('listen-running');
    await press(t('listen.go-on'));
    expect(history.state).toMatchObject({ route: { to: 'listening' } });
  });
  it('stopping what is in writing says what goes, and why it was refused is said where one looks', async () => {
    with_open({ stage: 'speaking', how: 'typed' });
    core.replies['listen.stop'] = { ok: false, code: 'disk-full' };
    await press(t('listen.stop'));
    const sheet = () => document.querySelector('dialog[open]');
    expect(sheet()?.textContent).toContain(t('listen.room.stop.typed'));
    [...(sheet()?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.trim() === t('listen.stop'))?.click();
    await settle();
    expect(sheet()?.textContent).toContain('no room left');
    expect(main()).not.toContain('no room left');
  });
  it('on the other’s phone it can only be stopped from here', () => {
    scene('listen-on-theirs');
    expect(() => button(t('listen.go-on'))).toThrow();
    expect(() => button(t('listen.here'))).toThrow();
    expect(button(t('listen.stop'))).toBeTruthy();
  });
  it('a time-out says when it goes on, can be reminded of, and ends when both say so', async () => {
    scene('listen-time-out');
    expect(title()).toBe(t('listen.now.time-out', { time: time_of(kNow + 36 * 60_000) }));
    expect(main()).toContain(t('listen.says.time-out.by-other', kNoa));
    expect(button(t('listen.remind'))).toBeTruthy();
    scene_again('listen-time-out-due');
    await press(t('listen.ready'));
    expect(args('listen.ready')).toEqual([{ session: 'L1', asked: 'asked-1' }]);
    become_open({ stage: 'given-back' });
    await settle();
    expect(history.state).toMatchObject({ route: { to: 'listening' } });
  });
});

describe('Asking', () => {
  it('sends how and when, and then privately what it is about', async () => {
    scene('listen-ask');
    await choose(t('listen.how.typed'));
    await choose(t('listen.ask.time'));
    await set('date', '2026-05-22');
    await set('time', '19:15');
    await choose('Noa');
    await press(t('listen.about.hear'));
    const private_line = [...document.querySelectorAll('main p')].find((one) => one.textContent?.includes(t('listen.about.private')));
    const field = document.querySelector('main textarea');
    expect(private_line && field && private_line.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    write(t('listen.about.words'), 'The call on Monday.');
    core.replies['listen.propose'] = { ok: true, value: { command: 'L7' } };
    await press(t('listen.ask.go', kNoa));
    expect(args('listen.propose')).toMatchObject([{ how: 'typed', other_first: true, seconds: 45, when: { ms: new Date(2026, 4, 22, 19, 15).getTime() } }]);
    expect(args('listen.topic')).toEqual([{ session: 'L7', about: 'hear', words: 'The call on Monday.' }]);
    expect(core.draft('listen.topic')).toBe('');
    expect(title()).toBe(t('listen.title'));
  });
  it('for now without a topic sends no more than that', async () => {
    scene('listen-ask');
    await press(t('listen.length.seconds', { n: 60 }));
    await press(t('listen.ask.go', kNoa));
    expect(args('listen.propose')).toEqual([{ how: 'two-phones', other_first: false, seconds: 60 }]);
    expect(sent('listen.topic')).toEqual([]);
  });
  it('for a time that has gone by sends nothing, and says why', async () => {
    scene('listen-ask');
    await choose(t('listen.ask.time'));
    await set('date', '2026-05-01');
    await press(t('listen.ask.go', kNoa));
    expect(sent('listen.propose')).toEqual([]);
    expect(main()).toContain(t('listen.time.past'));
  });
  it('refused, keeps the words', async () => {
    scene('listen-ask');
    write(t('listen.about.words'), 'The call on Monday.');
    core.replies['listen.propose'] = { ok: false, code: 'disk-full' };
    await press(t('listen.ask.go', kNoa));
    expect(core.draft('listen.topic')).toBe('The call on Monday.');
    expect(text()).toContain('no room left');
  });
  it('at the table begins when both halves were tapped, not with one', async () => {
    scene('listen-table-start');
    await choose(t('listen.how.table'));
    await press(t('listen.ask.table'));
    const halves = () => [...document.querySelectorAll<HTMLElement>('main [aria-pressed]')];
    expect(halves()).toHaveLength(2);
    expect(document.querySelector('main section')?.getAttribute('aria-labelledby')).toBeTruthy();
    expect(main()).toContain(t('listen.table.side', { name: 'Noa' }));
    halves()[0]?.click();
    await settle();
    halves()[0]?.click(); // taken back
    halves()[1]?.click();
    await settle();
    expect(sent('listen.propose')).toEqual([]);
    halves()[0]?.click();
    await settle();
    expect(args('listen.propose')).toEqual([{ how: 'table', other_first: false, seconds: 45 }]);
    expect(history.state).toMatchObject({ route: { to: 'listening' } });
  });
  it('while something is asked is for the table only, and while a session runs leads to it', async () => {
    scene('listen-ask-only-table');
    expect(main()).toContain(t('listen.ask.only-table'));
    expect(button(t('listen.ask.table'))).toBeTruthy();
    expect(main()).not.toContain(t('listen.how.typed'));
    scene_again('listen-ask-open');
    expect(() => button(t('listen.ask.go', kNoa))).toThrow();
    await press(t('listen.ask.open.go'));
    expect(title()).toBe(t('listen.now.running'));
  });
});

describe('The gate', () => {
  it('stands before the first session, leads to safety, and asks and keeps nothing', async () => {
    scene('listen-gate');
    expect(main()).toContain(t('listen.gate.not-for-you'));
    const keep = vi.spyOn(Storage.prototype, 'setItem');
    await press(t('listen.gate.go'));
    expect(title()).toBe(t('listen.ask.title', kNoa));
    expect(core.sent).toEqual([]);
    expect(keep).not.toHaveBeenCalled();
    expect(JSON.stringify(history.state)).not.toContain('gate');
    keep.mockRestore();
    gate.close();
    scene_again('listen-gate');
    await press(t('listen.gate.safety'));
    expect(title()).toBe(t('safety.title'));
  });
  it('stands before a first yes, too, but not before a no', async () => {
    with_open({}, kNothingHeld);
    await press(t('listen.ready'));
    expect(title()).toBe(t('listen.gate.title'));
    expect(core.sent).toEqual([]);
    await press(t('listen.gate.go'));
    expect(args('listen.agree')).toEqual([{ session: 'L1', asked: 'asked-1', now: true }]);
    gate.close();
    await put_away();
    with_open({ stage: 'agreed' }, kNothingHeld);
    await press(t('listen.decline'));
    expect(sent('listen.decline')).toHaveLength(1);
  });
  it('takes the yes to what was asked ahead of it, not to what is asked by then', async () => {
    with_open({}, kNothingHeld);
    await press(t('listen.ready'));
    core.set('listen', { ...kNothingHeld, open: listening({ asked: 'asked-2', when: { ms: kNow + 3_600_000, offset: 0 } }) });
    await settle();
    await press(t('listen.gate.go'));
    expect(args('listen.agree')).toEqual([{ session: 'L1', asked: 'asked-1', now: true }]);
  });
  it('is gone once a session was held', async () => {
    scene('listen-ask');
    expect(title()).toBe(t('listen.ask.title', kNoa));
  });
});
