// Touches, as both meet them: sent in one tap, felt as two circles that move, quiet when one wants quiet.
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { button, core, press, scene, scene_again, sent, settle, show, title, write, begin_again, put_away } from '../app/whole_app.ts';
import { MockCore } from '../core/mock.ts';
import type { Reply } from '../core/types.ts';
import { kNow } from '../shots/clock.ts';
import { touch, touches } from '../shots/feelings.ts';
import { scenes } from '../shots/scenes.ts';
import { arrives, in_person, kTouches, loves } from '../text/cherish.ts';
import { names, t, tn, when } from '../text/text.ts';
import { newest_unfelt, remember_felt } from './arriving.ts';
import { kept_sense } from './sense.ts';

const kNoa = names('Noa');
const main = () => document.querySelector('main')?.textContent ?? '';
const said = () => document.querySelector('.unseen[aria-live]')?.textContent ?? '';
const args = (name: string) => sent(name).map((one) => one.args);
const pulse = () => document.querySelector<HTMLElement>(`section[aria-label="${t('touches.pulse.label', kNoa)}"]`);
const key = (name: string) => {
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  flushSync();
};
async function choose(name: string) {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(name));
  if (!found) throw new Error(`There is no choice “${name}”.`);
  found.click();
  await settle();
}
const new_one = (more = {}) => touch({ item: 'NEW', felt: false, at: { ms: kNow - 5000, offset: 0 }, ...more });

beforeEach(() => {
  vi.useFakeTimers({ now: kNow, toFake: ['Date', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  localStorage.clear();
});
afterEach(() => void vi.useRealTimers());

describe('Sending a touch', () => {
  it('takes one tap, from Today too, and the row says when the next can go', async () => {
    scene('today-full');
    await press(t('touches.hug'));
    expect(args('touches.send')).toEqual([{ touch: 'hug' }]);
    expect(said()).toContain(t('feelings.shared', kNoa));
    core.set('touches', touches({ touches: [touch({ item: 'M', by_me: true, touch: 'hug', at: { ms: kNow, offset: 0 } })], next_at: kNow + 60_000, left_today: 29 }));
    await settle();
    expect(main()).toContain(t('touches.next'));
    expect(button(t('touches.kiss')).getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(button(t('touches.kiss')).getAttribute('aria-describedby') ?? '')?.textContent).toBe(t('touches.next'));
    vi.advanceTimersByTime(100);
    await press(t('touches.kiss'));
    expect(sent('touches.send')).toHaveLength(1);
    expect(said()).toContain(t('touches.next'));
    vi.advanceTimersByTime(61_000);
    await settle();
    expect(main()).not.toContain(t('touches.next'));
    await press(t('touches.kiss'));
    expect(sent('touches.send')).toHaveLength(2);
  });
  it('twice at once is one', async () => {
    scene('touches');
    let answer: (reply: Reply) => void = () => {};
    core.replies['touches.send'] = new Promise((resolve) => (answer = resolve));
    await press(t('touches.squeeze'));
    await press(t('touches.squeeze'));
    await press(t('touches.kiss'));
    answer({ ok: true, value: { command: 'c1' } });
    await settle();
    expect(args('touches.send')).toEqual([{ touch: 'squeeze' }]);
  });
  it('says kindly when the day is full, and when it is nearly', async () => {
    scene('touches-enough');
    expect(main()).toContain(t('touches.enough'));
    await press(t('touches.thought'));
    expect(sent('touches.send')).toEqual([]);
    core.set('touches', touches({ touches: [touch({ by_me: true, at: { ms: kNow - 86_400_000, offset: 0 } })], left_today: 0 }));
    await press(t('touches.thought')); // that was yesterday
    expect(sent('touches.send')).toHaveLength(1);
    scene_again('touches-few');
    expect(main()).toContain(tn('touches.left', 2));
  });
  it('of love takes ready-made words, or own ones, which stay while another is looked at', async () => {
    scene('touches');
    await press(t('touches.love'));
    await choose(loves()[2]?.text ?? '?');
    await press(t('thanks.send', kNoa));
    expect(args('touches.send')).toEqual([{ touch: 'love', words: loves()[2]?.text }]);
    scene_again('touches');
    await press(t('touches.love'));
    write(t('touches.love.own'), 'You, humming.');
    await choose(loves()[1]?.text ?? '?');
    expect(core.draft('touch.love')).toBe('You, humming.');
    write(t('touches.love.own'), 'You, humming at the stove.');
    await press(t('thanks.send', kNoa));
    expect(args('touches.send')).toEqual([{ touch: 'love', words: 'You, humming at the stove.' }]);
    expect(core.draft('touch.love')).toBe('');
  });
  it('refused, says what happened; where it can only be read nothing goes', async () => {
    scene('touches');
    core.replies['touches.send'] = { ok: false, code: 'touch-too-soon' };
    await press(t('touches.hug'));
    expect(main()).toContain('a minute between two touches');
    scene_again('touches-reading-only');
    await press(t('touches.hug'));
    expect(sent('touches.send')).toEqual([]);
  });
  it('never says whether it was felt', () => {
    scene('touches');
    expect(main()).not.toMatch(/felt|has not|seen|delivered/i);
  });
});

describe('A touch that comes', () => {
  const here = (more: Parameters<typeof touches>[0], route: Parameters<typeof show>[0] = { to: 'today' }, views = {}) =>
    show(route, { ...scenes['today-full']?.views, ...views, touches: touches(more) });

  it.each(kTouches)('shows as two circles and one sentence: %s', async (kind) => {
    here({ touches: [new_one({ touch: kind })] });
    await settle();
    expect(pulse()?.textContent).toContain(arrives(kind, kNoa));
    expect(pulse()?.querySelector(`svg.${kind}`)).toBeTruthy();
    expect(said()).toContain(arrives(kind, kNoa));
  });
  it('takes no focus, goes at a tap, and is felt then, once', async () => {
    here({ touches: [new_one()] });
    await settle();
    expect(pulse()?.contains(document.activeElement)).toBe(false);
    expect(sent('touches.feel')).toEqual([]);
    pulse()?.querySelector('button')?.click();
    await settle();
    expect(pulse()).toBeNull();
    expect(args('touches.feel')).toEqual([{ item: 'NEW' }]);
    core.set('touches', touches({ touches: [new_one()] })); // the record is still on its way
    await settle();
    expect(pulse()).toBeNull();
    begin_again();
    await settle();
    expect(pulse()).toBeNull();
  });
  it('goes with Esc, and by itself after a while', async () => {
    here({ touches: [new_one()] });
    await settle();
    key('Escape');
    await settle();
    expect(pulse()).toBeNull();
    await put_away();
    here({ touches: [new_one()] });
    await settle();
    vi.advanceTimersByTime(8_000);
    await settle();
    expect(pulse()).toBeNull();
    expect(args('touches.feel')).toEqual([{ item: 'NEW' }]);
  });
  it('stays while it has the focus, which goes back where it was', async () => {
    here({ touches: [new_one()] });
    await settle();
    const before = button(t('nav.you'));
    before.focus();
    key('Tab');
    await settle();
    expect(pulse()?.contains(document.activeElement)).toBe(true);
    vi.advanceTimersByTime(60_000);
    await settle();
    expect(pulse()).toBeTruthy();
    key('Escape');
    await settle();
    expect(pulse()).toBeNull();
    expect(document.activeElement).toBe(before);
  });
  it('with others behind it is one, and says how many', async () => {
    here({ touches: [new_one(), new_one({ item: 'B' }), new_one({ item: 'C' }), touch()] });
    await settle();
    expect(pulse()?.textContent).toContain(tn('touches.pulse.more', 2));
    pulse()?.querySelector('button')?.click();
    await settle();
    expect(args('touches.feel')).toEqual([{ item: 'NEW' }]);
    expect(pulse()).toBeNull();
  });
  it('with words of love shows them, and a screen reader is not told them', async () => {
    here({ touches: [new_one({ touch: 'love', words: 'You, humming.' })] });
    await settle();
    expect(pulse()?.textContent).toContain('You, humming.');
    expect(said()).not.toContain('humming');
  });
  it.each([
    ['a draft is written', { to: 'thank' }, {}],
    ['we listen', { to: 'listening' }, {}],
    ['safety is looked at', { to: 'safety' }, {}],
    ['everything is still coming', { to: 'today' }, { app: scenes['today-coming-over']?.views.app }],
    ['something can be undone', { to: 'today' }, { app: scenes['today-undo']?.views.app }],
  ] as const)('waits while %s', async (_, route, views) => {
    here({ touches: [new_one()] }, route, views);
    await settle();
    expect(pulse()).toBeNull();
    expect(sent('touches.feel')).toEqual([]);
  });
  it('waits while a sheet is open, and comes when it is closed', async () => {
    scene('touches');
    await press(t('touches.love'));
    core.set('touches', touches({ touches: [new_one()] }));
    await settle();
    expect(pulse()).toBeNull();
    await press(t('common.close'));
    await settle();
    await vi.waitFor(() => expect(pulse()).toBeTruthy());
  });
  it('is not shown while touches are quiet, and comes after', async () => {
    here({ touches: [new_one()], muted_until: kNow + 60_000 });
    await settle();
    expect(pulse()).toBeNull();
    vi.advanceTimersByTime(60_000); // it ends by itself
    await settle();
    expect(pulse()).toBeTruthy();
  });
  it('vibrates and sounds only where that was chosen', async () => {
    const vibrate = vi.fn();
    vi.stubGlobal('navigator', Object.assign(navigator, { vibrate }));
    here({ touches: [new_one()] });
    await settle();
    expect(vibrate).not.toHaveBeenCalled();
    scene_again('touches');
    await press(t('touches.feel.vibration'));
    expect(kept_sense('vibration')).toBe(true);
    expect(kept_sense('sound')).toBe(false);
    vibrate.mockClear();
    await put_away();
    here({ touches: [new_one({ touch: 'hug' })] });
    await settle();
    expect(vibrate).toHaveBeenCalledTimes(1);
    delete (navigator as { vibrate?: unknown }).vibrate;
    vi.unstubAllGlobals();
  });
  it('is the newest of the other’s; what was felt, here or elsewhere, is over', () => {
    const one = new MockCore();
    expect(newest_unfelt(one, undefined)).toBeNull();
    expect(newest_unfelt(one, touches())).toBeNull();
    expect(newest_unfelt(one, touches({ touches: [touch({ by_me: true }), new_one(), touch(), new_one({ item: 'OLD' })] }))?.others).toBe(0);
    remember_felt(one, 'NEW');
    expect(newest_unfelt(one, touches({ touches: [new_one(), new_one({ item: 'OLD' })] }))).toBeNull();
  });
});

describe('Quiet', () => {
  it('is one tap, says that the other is not told, and what the phone may still do', async () => {
    scene('touches');
    expect(main()).toContain(t('touches.quiet.text', kNoa));
    expect(main()).toContain(t('touches.quiet.phone'));
    await press(t('touches.quiet.days'));
    expect(args('touches.mute')).toEqual([{ until: kNow + 3 * 86_400_000 }]);
    await press(t('touches.quiet.hour'));
    expect(args('touches.mute')[1]).toEqual({ until: kNow + 3_600_000 });
  });
  it('can be ended', async () => {
    scene('touches-quiet');
    expect(main()).toContain(t('touches.quiet.until', { when: when(kNow + 3_600_000, kNow) }));
    await press(t('touches.quiet.end'));
    expect(args('touches.mute')).toEqual([{ until: 0 }]);
  });
});

describe('In person', () => {
  it('has a lead and three steps, runs softly to its end, and says so', async () => {
    vi.useFakeTimers({ now: kNow });
    scene('touches');
    const [card] = in_person();
    await press(card?.title ?? '?');
    await settle();
    expect(title()).toBe(card?.title);
    expect(document.querySelectorAll('main ol li')).toHaveLength(3);
    await press(t('cards.begin'));
    expect(document.querySelector('[data-timer=running]')).toBeTruthy();
    vi.advanceTimersByTime(23_000);
    await settle();
    expect(title()).toBe(t('cards.over'));
    expect(said()).toContain(t('cards.over'));
    expect(core.sent).toEqual([]);
  });
  it('may be stopped by either, and begun anew', async () => {
    scene('in-person-going');
    await press(t('cards.begin'));
    expect(main()).toContain(t('cards.either'));
    await press(t('cards.stop'));
    expect(title()).toBe(t('cards.stopped'));
    await press(t('cards.again'));
    expect(document.querySelector('[data-timer=running]')).toBeTruthy();
  });
  it('of a newer Attune says so', () => {
    scene('in-person-unknown');
    expect(title()).toBe(t('app.newer'));
  });
});
