// The wiring of the whole app over a core made by hand: which screen shows, what a tap sends, what a second tap does not.
import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Boot } from '../core/client.ts';
import { MockCore, type HandMade } from '../core/mock.ts';
import type { AppView, Commands, Reply } from '../core/types.ts';
import { scenes } from '../shots/scenes.ts';
import { error_text, helplines, t, tn, names } from '../text/text.ts';
import App from './App.svelte';
import type { Route } from './route.ts';
import { kept_spacing } from './spacing.ts';

let app: Record<string, unknown> | undefined;
let core: MockCore;

beforeAll(() => {
  // jsdom shows no dialogs and does not scroll.
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () { this.open = false; this.dispatchEvent(new Event('close')); };
  window.scrollTo = () => {};
});
beforeEach(() => document.body.replaceChildren());
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
});

function show(route: Route, views: HandMade, invitation: string | null = null, boot?: Boot): void {
  history.replaceState({ route, depth: 1 }, '');
  core = new MockCore(views);
  if (boot) core.boot.set(boot);
  app = mount(App, { target: document.body, props: { core, invitation } });
  flushSync();
}
function scene(name: string): void {
  const found = scenes[name];
  if (!found) throw new Error(name);
  show(found.route, found.views, found.given ?? null, found.boot);
}
function scene_again(name: string): void {
  if (app) void unmount(app);
  document.body.replaceChildren();
  scene(name);
}
/** The views change under the screen to those of another scene. */
function become(name: string): void {
  const views = scenes[name]?.views;
  if (!views) throw new Error(name);
  for (const [view, value] of Object.entries(views)) if (view !== 'drafts') core.set(view as 'app', value as AppView);
}
const title = () => document.querySelector('h1')?.textContent;
function button(name: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().startsWith(name));
  if (!found) throw new Error(`There is no button “${name}”.`);
  return found;
}
async function press(name: string): Promise<void> {
  button(name).click();
  await settle();
}
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await tick();
  await Promise.resolve();
  flushSync();
}
const sent = (name: string) => core.sent.filter((one) => one.name === name);
function write(label: string, text: string): void {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim() === label);
  const field = found && document.getElementById(found.htmlFor);
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) throw new Error(`There is no field “${label}”.`);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
}
const kSam = names('Noa');

describe('Thanks', () => {
  it('are sent once, however often one taps, and leave no draft behind', async () => {
    scene('thank-empty');
    write(t('thanks.step.did'), 'You rang back.');
    await settle();
    expect(core.draft('thank.did')).toBe('You rang back.');
    let answer: (reply: Reply) => void = () => {};
    core.replies['cherish.thank'] = new Promise((resolve) => (answer = resolve));
    await press(t('thanks.send', kSam));
    await press(t('thanks.send', kSam));
    expect(sent('cherish.thank')).toEqual([{ name: 'cherish.thank', args: { did: 'You rang back.', says: '', felt: '' } }]);
    answer({ ok: true, value: { command: 'c1' } });
    await settle();
    expect(core.draft('thank.did')).toBe('');
    expect(title()).toBe(t('thanks.list.title'));
  });
  it('without a word are not sent', async () => {
    scene('thank-empty');
    await press(t('thanks.send', kSam));
    expect(sent('cherish.thank')).toEqual([]);
  });
  it('that were refused stay in their fields, with what happened, what is safe and what to do', async () => {
    scene('thank-empty');
    write(t('thanks.step.did'), 'You rang back.');
    core.replies['cherish.thank'] = { ok: false, code: 'disk-full' };
    await press(t('thanks.send', kSam));
    expect(document.querySelector('textarea')?.value).toBe('You rang back.');
    expect(document.body.textContent).toContain('no room left');
  });
  it('that are undone come back as drafts, where they were written', async () => {
    scene('thank-empty');
    write(t('thanks.step.did'), 'You rang back.');
    core.replies['cherish.thank'] = { ok: true, value: { command: 'c1' } };
    await press(t('thanks.send', kSam));
    const before = scenes['today-full']?.views.app;
    if (!before) throw new Error('no view');
    core.set('app', { ...before, undo: { command: 'c1', kind: 'cherish.thank', until: Date.now() + 4000 } });
    await settle();
    await press(t('undo.undo'));
    await settle();
    expect(sent('space.undo')).toEqual([{ name: 'space.undo', args: { command: 'c1' } }]);
    expect(core.draft('thank.did')).toBe('You rang back.');
    expect(title()).toBe(t('thanks.title', kSam));
  });
});

describe('A draft', () => {
  it('of an earlier visit stands in its field', () => {
    scene('thank');
    expect(document.querySelector('textarea')?.value).toContain('mother');
  });
});

describe('A sealed question', () => {
  it('shows nothing of the answers before both are opened, and opens both with one tap', async () => {
    scene('ready');
    expect(document.body.textContent).not.toContain('tired');
    await press(t('openup.ready.go'));
    expect(sent('space.open-item')).toHaveLength(1);
    expect(document.querySelectorAll('.opening')).toHaveLength(2);
    expect(document.body.textContent).toContain('tired');
    expect(document.querySelector('[aria-live]')?.textContent).toContain(t('a11y.reveal'));
  });
  it('never says whether the other has answered', () => {
    scene('sealed');
    expect(document.body.textContent).toContain(t('openup.sealed.place', kSam));
    expect(document.body.textContent).not.toMatch(/waiting for|has not/i);
  });
  it('passed on tells nobody: one private command, and back', async () => {
    scene('answer');
    await press(t('openup.pass'));
    expect(core.sent.filter((one) => one.name !== 'space.draft').map((one) => one.name)).toEqual(['openup.pass']);
  });
});

describe('Pairing', () => {
  it('needs both taps: "same" once, then waiting', async () => {
    scene('invite-compare');
    await press(t('pair.same'));
    expect(sent('space.same-words')).toEqual([{ name: 'space.same-words', args: { words: scenes['invite-compare']?.views.invitation?.words } }]);
    const view = scenes['invite-approved']?.views;
    core.set('invitation', view?.invitation as never);
    core.set('app', view?.app as never);
    await settle();
    expect(title()).toBe(t('pair.waiting.title'));
    expect(() => button(t('pair.same'))).toThrow();
  });
  it('ends in the moment where the circles meet, on the joining phone too', async () => {
    scene('join-approved');
    core.set('app', scenes.connected?.views.app as never);
    await settle();
    expect(title()).toBe(t('pair.done.named', { other: 'Noa' }));
  });
  it('by a link in the address goes straight to looking at it', async () => {
    show({ to: 'doors' }, scenes.doors?.views ?? {}, '#join=1.abc.def');
    await settle();
    expect(sent('space.join')).toEqual([{ name: 'space.join', args: { link: '#join=1.abc.def' } }]);
    expect(title()).toBe(t('join.title'));
  });
  it('can be declined in one tap', async () => {
    scene('join-looking');
    await press(t('join.decline'));
    expect(sent('space.decline')).toHaveLength(1);
  });
  it('can be declined at every step, also after the own tap, and says what went out before', async () => {
    for (const step of ['join-asked', 'join-compare', 'join-approved', 'join-own-compare', 'join-own-approved']) {
      scene_again(step);
      await press(t('join.decline'));
      expect(sent('space.decline'), step).toHaveLength(1);
      expect(sent('space.different-words'), step).toHaveLength(0);
    }
    for (const [end, said] of [['join-ended-declined', 'join.ended.declined'], ['join-declined-late', 'join.ended.declined.answered']] as const) {
      scene_again(end);
      expect(document.querySelector('main')?.textContent).toContain(t(said));
    }
  });
  it('can be ended by whoever invited while the words are compared, without saying that they differ', async () => {
    scene('invite-compare');
    await press(t('invite.cancel'));
    expect(sent('space.cancel-invitation')).toHaveLength(0);
    [...document.querySelectorAll<HTMLElement>('dialog[open] button')].find((one) => one.textContent?.trim() === t('invite.cancel'))?.click();
    await settle();
    expect(sent('space.cancel-invitation')).toHaveLength(1);
    expect(sent('space.different-words')).toHaveLength(0);
  });
});

describe('The recovery sheet', () => {
  it('is confirmed by three right words, and a wrong one is only asked again', async () => {
    scene('recovery-check');
    await press(t('recovery.show'));
    await press(t('recovery.written'));
    for (const word of ['basket', 'window', 'amount', 'winter']) await press(word);
    expect(sent('space.phrase-confirm')).toEqual([
      { name: 'space.phrase-confirm', args: { picks: [{ place: 3, word: 'window' }, { place: 8, word: 'amount' }, { place: 11, word: 'winter' }] } },
    ]);
    expect(title()).toBe(t('recovery.done.title'));
  });
});

describe('A first visit', () => {
  const opening = (route: Route, given: string | null = null) => {
    show(route, {}, given, { state: 'opening' });
    core.untouched.set(true);
    flushSync();
  };
  const opened = async () => {
    core.set('app', scenes.doors!.views.app!);
    core.boot.set({ state: 'ready' });
    await settle();
  };
  it('finds the doors before the core has opened, and loses no letter of the name when it has', async () => {
    opening({ to: 'today' });
    expect(title()).toBe(t('doors.title'));
    await press(t('doors.start'));
    write(t('start.name.label'), 'Ada');
    core.replies['space.start'] = new Promise(() => {});
    await press(t('start.go'));
    const field = document.querySelector('input');
    await opened();
    expect(document.querySelector('input')).toBe(field);
    expect(field?.value).toBe('Ada');
    expect(sent('space.start')).toEqual([{ name: 'space.start', args: { relay: location.origin, name: 'Ada' } }]);
  });
  it('waits with what the core must say first, and is told when it cannot open', async () => {
    for (const way of [t('doors.invited'), t('doors.before')]) {
      opening({ to: 'doors' });
      await press(way);
      expect(title(), way).toBe(t('app.loading'));
      if (app) await unmount(app);
    }
    opening({ to: 'doors' });
    core.boot.set({ state: 'failed', code: 'storage-unavailable' });
    await settle();
    expect(title()).toBe(error_text('storage-unavailable').what);
  });
  it('with an invitation leads to it, past the doors', async () => {
    opening({ to: 'today' }, '#join=1.abc');
    expect(title()).toBe(t('app.loading'));
  });
});

describe('Focus', () => {
  it('goes to the title of the new screen', async () => {
    scene('today-full');
    await press(t('nav.practices'));
    expect(document.activeElement?.textContent).toBe(t('practices.title'));
  });
});

describe('Today', () => {
  it('counts as looked at when it is left, not before', async () => {
    scene('today-full');
    expect(sent('space.looked')).toEqual([]);
    await press(t('nav.you'));
    expect(sent('space.looked')).toHaveLength(1);
  });
});

describe('Coming back with the words', () => {
  it('is said where one arrives, with how many devices were let go, until it is closed', async () => {
    scene('before-devices');
    const keep = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].at(1);
    keep?.click();
    await press(t('before.devices.go'));
    expect(sent('space.recover-finish')).toEqual([{ name: 'space.recover-finish', args: { keep: ['D1', 'D3'] } }]);
    const views = scenes['today-empty']?.views;
    core.set('today', views?.today as never);
    core.set('app', views?.app as never);
    await settle();
    const welcome = () => [...document.querySelectorAll('.notice')].find((one) => one.textContent?.includes(t('before.done.title')));
    expect(welcome()?.textContent).toContain(t('before.done.text'));
    expect(welcome()?.textContent).toContain(tn('before.done.removed', 1));
    welcome()?.querySelector('button')?.click();
    await settle();
    expect(welcome()).toBeUndefined();
  });
});

describe('Another device of mine', () => {
  const kWords = scenes['add-device-compare']?.views.invitation?.words;
  it('is let in by its words, once, and is told to be mine when it is', async () => {
    scene('add-device-compare');
    expect(document.body.textContent).toContain(t('pair.own.name', { name: 'Tablet' }));
    await press(t('pair.same'));
    expect(sent('space.same-words')).toEqual([{ name: 'space.same-words', args: { words: kWords } }]);
    core.set('invitation', scenes['add-device-approved']?.views.invitation as never);
    await settle();
    expect(document.body.textContent).toContain(t('pair.own.waiting'));
    expect(() => button(t('pair.different'))).toThrow();
    core.set('invitation', scenes['add-device-joined']?.after?.invitation as never);
    await settle();
    expect(title()).toBe(t('add.done.title', { device: 'Tablet' }));
    expect(document.querySelector('[aria-live]')?.textContent).toContain(t('add.done.title', { device: 'Tablet' }));
  });
  it('that came in while nobody looked leaves room for the next', () => {
    show({ to: 'add-device' }, { ...scenes['add-device']?.views, ...scenes['add-device-joined']?.after });
    expect(title()).toBe(t('add.title'));
    expect(button(t('add.make'))).toBeTruthy();
  });
  it('is none of a partner’s: its link is on no screen for one, and no partner’s is on its own', async () => {
    scene('invite-device-link');
    expect(document.querySelector('.qr')).toBeNull();
    await press(t('add.look'));
    expect(title()).toBe(t('add.waiting.title'));
    core.set('invitation', scenes['invite-waiting']?.views.invitation as never);
    await settle();
    expect(document.querySelector('.qr')).toBeNull();
    expect(document.body.textContent).toContain(t('add.partner-link'));
  });
  it('is no answer to an invitation, on Today either', () => {
    scene('today-device-waiting');
    expect(document.body.textContent).toContain(t('add.today.waiting'));
    expect(document.body.textContent).not.toContain(t('invite.waiting.title'));
    expect(button(t('today.invite.go'))).toBeTruthy();
  });
  it('is named for what it is at first, and accepts under the name that was written', async () => {
    scene('join-own');
    expect(document.querySelector<HTMLInputElement>('input[type=text]')?.value).toBe(t('devices.kind.computer'));
    write(t('devices.name'), 'In the kitchen');
    await press(t('join.own.accept'));
    expect(sent('space.accept')).toEqual([{ name: 'space.accept', args: { name: 'In the kitchen' } }]);
  });
  it('waits until its invitation is found, and what is known of it stays known without a network', async () => {
    scene('join-not-ready');
    expect(title()).toBe(t('join.looking.title'));
    expect(() => button(t('join.accept'))).toThrow();
    const view = scenes['join-own']?.views.joining;
    core.set('joining', view as never);
    await settle();
    expect(title()).toBe(t('join.own.title'));
    core.set('joining', { ...view, ready: false } as never);
    await settle();
    expect(title()).toBe(t('join.own.title'));
    await press(t('join.own.accept'));
    expect(sent('space.accept')).toEqual([]);
  });
  it('shows how much has come over, and then Today, where it is said once', async () => {
    scene('join-own-over');
    expect(title()).toBe(t('over.title'));
    expect(document.querySelector('progress')?.value).toBe(412);
    const views = scenes['today-full']?.views;
    core.set('joining', views?.joining as never);
    core.set('app', views?.app as never);
    core.set('today', views?.today as never);
    await settle();
    const welcome = () => [...document.querySelectorAll('.notice')].find((one) => one.textContent?.includes(t('over.done.text')));
    expect(welcome()).toBeTruthy();
    welcome()?.querySelector('button')?.click();
    await settle();
    expect(welcome()).toBeUndefined();
  });
  it('lets Today be used while the rest comes, says how far it is, and then that it is here', async () => {
    scene('join-own-over');
    const views = scenes['today-coming-over']?.views;
    core.set('joining', views?.joining as never);
    core.set('app', views?.app as never);
    core.set('today', views?.today as never);
    await settle();
    const bar = () => document.querySelector('progress');
    expect(bar()?.value).toBe(41_200);
    expect(document.body.textContent).toContain(t('over.progress', { done: 41_200, total: 100_310 }));
    expect(document.body.textContent).not.toContain(t('over.done.text'));
    expect(document.body.textContent).not.toContain(t('today.awaits.nothing'));
    expect(button(t('today.suggest.go'))).toBeTruthy();
    core.set('app', scenes['today-coming-read']?.views.app as never);
    await settle();
    expect(document.body.textContent).toContain(t('over.reading'));
    core.set('app', scenes['today-full']?.views.app as never);
    await settle();
    expect(bar()).toBeNull();
    expect(document.body.textContent).toContain(t('over.done.text'));
  });
  it('that shows what another one has seen is called mine only once it has been checked, once, wherever one is', async () => {
    scene('join-own-last');
    const heard = () => document.querySelector('[aria-live]')?.textContent ?? '';
    const welcome = () => [...document.querySelectorAll('.notice')].find((one) => one.textContent?.includes(t('over.done.title')));
    become('today-coming-checked');
    await settle();
    expect(document.querySelector('h1')?.textContent).toContain('Sam');
    expect(document.body.textContent).toContain(t('over.checking'));
    expect(document.body.textContent).toContain(t('over.progress', { done: 41_200, total: 100_310 }));
    expect([...document.querySelectorAll('button.sync')].map((one) => one.textContent?.trim())).toEqual([t('sync.checking'), t('sync.checking')]);
    expect([welcome(), heard()]).toEqual([undefined, '']);
    await press(t('nav.practices'));
    become('today-coming-checked-in');
    await settle();
    expect([welcome(), heard()]).toEqual([undefined, '']);
    become('today-full');
    await settle();
    expect(title()).toBe(t('practices.title'));
    expect(heard()).toContain(t('over.done.title'));
    await press(t('nav.today'));
    expect(welcome()).toBeTruthy();
    expect(document.body.textContent).not.toContain(t('over.checking'));
    welcome()?.querySelector('button')?.click();
    become('today-coming-over');
    await settle();
    become('today-full');
    await settle();
    expect(welcome()).toBeUndefined();
  });
  it('is called mine in time after the page was loaded anew, too', async () => {
    scene('today-coming-checked');
    await settle();
    become('today-full');
    await settle();
    expect(document.querySelector('[aria-live]')?.textContent).toContain(t('over.done.title'));
    expect(document.body.textContent).toContain(t('over.done.text'));
  });
  it('is never called mine if nothing comes of it: whatever is open gives way to the reason, and what was written stays', async () => {
    for (const [was, end, said] of [
      ['today-coming-checked', 'join-own-ended-refused', t('join.ended.refused')],
      ['today-coming-checked-alone', 'join-own-ended-no-answer', t('join.ended.no-answer')],
      ['thank-coming-checked', 'join-own-ended-fault', error_text('server-fault').what],
    ] as const) {
      scene_again(was);
      await settle();
      if (was === 'thank-coming-checked') write(t('thanks.step.did'), 'You rang my mother back.');
      become(end);
      await settle();
      expect(title(), end).toBe(t('join.title'));
      expect(document.querySelector('main')?.textContent, end).toContain(said);
      expect(document.querySelector('main')?.textContent, end).toContain(t('join.own.do'));
      expect(document.body.textContent, end).not.toContain(t('over.done.title'));
      if (was === 'thank-coming-checked') expect(core.draft('thank.did')).toBe('You rang my mother back.');
    }
    // And if it is begun anew, the sentence is there.
    history.replaceState({ route: { to: 'thank' }, depth: 1 }, '');
    if (app) await unmount(app);
    const views = scenes['today-coming-checked']?.views;
    for (const view of ['app', 'joining', 'today'] as const) core.set(view, views?.[view] as never);
    app = mount(App, { target: document.body, props: { core } });
    flushSync();
    expect(document.querySelector('textarea')?.value).toBe('You rang my mother back.');
  });
  it('that is taken out before it was checked is told so on Today, and is neither called mine nor asked to invite anybody', async () => {
    scene('openup-coming-checked');
    const { app: alone } = scenes['today-coming-checked-alone']?.views ?? {};
    core.set('app', { ...alone, sync: scenes['today-full']?.views.app?.sync, notices: [{ id: 'n1', code: 'not-a-member-any-more', at: { ms: 0, offset: 0 } }] } as never);
    await settle();
    expect(title()).toContain('Sam');
    expect(document.body.textContent).toContain(error_text('not-a-member-any-more').what);
    expect(document.body.textContent).not.toContain(t('over.done.title'));
  });
  it('can be stopped from Today as long as it is not mine yet, by one tap that is asked about', async () => {
    scene('today-coming-checked');
    await press(t('over.stop'));
    expect(sent('space.decline')).toEqual([]);
    expect(document.querySelector('dialog[open]')?.textContent).toContain(t('over.stop.ask'));
    [...document.querySelectorAll<HTMLElement>('dialog[open] button')].find((one) => one.textContent?.trim() === t('over.stop'))?.click();
    await settle();
    expect(sent('space.decline')).toEqual([{ name: 'space.decline', args: {} }]);
    become('join-own-ended-declined');
    await settle();
    expect(document.querySelector('main')?.textContent).toContain(t('join.own.declined'));
    scene_again('today-coming-checked-in');
    expect(() => button(t('over.stop'))).toThrow();
  });
  it('shows no room as empty that may not be', () => {
    for (const [where, wrong] of [
      ['thanks-coming-checked', 'thanks.empty.title'], ['letter-coming-checked', 'thanks.empty.title'], ['openup-coming-checked', 'openup.empty.title'],
      ['question-coming-checked', 'openup.pass.done'], ['us-coming-checked', 'us.empty.text'], ['step-coming-checked', 'step.alone'],
    ] as const) {
      scene_again(where);
      expect(document.querySelector('main')?.textContent, where).toContain(t('over.not-here'));
      expect(document.querySelector('main')?.textContent, where).not.toContain(t(wrong));
    }
    scene_again('thanks-coming-checked');
    core.set('cherish', { thanks: [], kept: [] }); // its beginning has come, and nothing of it was said there
    flushSync();
    expect(document.querySelector('main')?.textContent).not.toContain(t('thanks.empty.title'));
  });
  it('is no invitation of a partner’s that is under way', () => {
    scene('today-coming-checked-alone');
    expect(document.querySelector('main')?.textContent).not.toContain(t('pair.waiting.text'));
  });
  it('refuses what needs more than has come, says why, and takes no word away', async () => {
    interface Written { where: string; field: string; tap: string; command: keyof Commands; first?: string }
    const kWritten: Written[] = [
      { where: 'thank-empty', field: t('thanks.step.did'), tap: t('thanks.send', kSam), command: 'cherish.thank' },
      { where: 'thank-empty', field: t('thanks.step.did'), tap: t('thanks.keep-jar'), command: 'cherish.keep' },
      { where: 'thanks-edit', field: t('thanks.step.did'), tap: t('thanks.edit.save'), command: 'cherish.edit' },
      { where: 'thanks-open', first: t('thanks.answer.words'), field: t('thanks.answer.words.label'), tap: t('thanks.answer.send'), command: 'cherish.answer' },
      { where: 'answer', field: t('openup.answer.label'), tap: t('openup.answer.seal'), command: 'openup.answer' },
      { where: 'write', field: t('question.answer.label'), tap: t('question.keep'), command: 'openup.write' },
      { where: 'you', first: t('you.name'), field: t('start.name.label'), tap: t('common.save'), command: 'space.rename' },
      { where: 'devices', first: 'Laptop in the study', field: t('devices.name'), tap: t('common.save'), command: 'space.name-device' },
    ];
    for (const { where, field, tap, command, first } of kWritten) {
      scene_again(where);
      await settle();
      core.replies[command] = { ok: false, code: 'still-coming' };
      if (first !== undefined) await press(first);
      write(field, 'Words that took a while.');
      await settle();
      const form = document.querySelector('dialog[open] form');
      if (form) form.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
      else await press(tap);
      await settle();
      expect(sent(command), command).toHaveLength(1);
      for (const sentence of Object.values(error_text('still-coming'))) expect(document.querySelector('.app')?.textContent, command).toContain(sentence);
      const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input');
      expect([...fields].map((one) => one.value), command).toContain('Words that took a while.');
    }
  });
  it('is typed as words, with this site’s address unless another is written', async () => {
    scene('join');
    const words = scenes['add-device-waiting']?.views.invitation?.link_words.join(' ') ?? '';
    write(t('join.link.label'), words.slice(0, words.lastIndexOf(' ')));
    await press(t('join.go'));
    expect(core.sent).toEqual([]);
    expect(document.body.textContent).toContain(t('join.need-words', { total: 24 }));
    write(t('join.link.label'), words);
    await press(t('join.go'));
    write(t('join.words.relay'), 'attune.example.org');
    await press(t('join.go'));
    write(t('join.link.label'), `${words} localhost:8420`);
    await press(t('join.go'));
    expect(sent('space.join').map((one) => one.args)).toEqual(
      [location.origin, 'attune.example.org', 'localhost:8420'].map((relay) => ({ link: `${words} ${relay}` })),
    );
  });
});

describe('My devices', () => {
  it('are named from any of them, by their keys', async () => {
    scene('devices-name');
    await press('Laptop in the study');
    expect(document.querySelector<HTMLInputElement>('dialog input')?.value).toBe('Laptop in the study');
    write(t('devices.name'), 'Old laptop');
    document.querySelector('dialog form')?.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    await settle();
    expect(sent('space.name-device')).toEqual([{ name: 'space.name-device', args: { name: 'Old laptop', key: 'D2' } }]);
    expect(document.querySelector('dialog[open]')).toBeNull();
  });
  it('are removed by a second tap, after it was said what that means', async () => {
    scene('devices');
    await press('Laptop in the study');
    await press(t('devices.remove'));
    expect(document.querySelector('dialog[open]')?.textContent).toContain(t('devices.remove.keeps'));
    expect(document.activeElement?.textContent).toBe(t('devices.remove.title', { device: 'Laptop in the study' }));
    expect(sent('space.remove-device')).toEqual([]);
    let answer: (reply: Reply) => void = () => {};
    core.replies['space.remove-device'] = new Promise((resolve) => (answer = resolve));
    await press(t('devices.remove'));
    await press(t('devices.remove'));
    answer({ ok: true, value: {} });
    await settle();
    expect(sent('space.remove-device')).toEqual([{ name: 'space.remove-device', args: { key: 'D2' } }]);
    expect(document.querySelector('dialog[open]')).toBeNull();
  });
  it('do not remove themselves, nor the words, which are made anew elsewhere', async () => {
    scene('devices');
    await press('Phone');
    expect(() => button(t('devices.remove'))).toThrow();
    await press(t('common.close'));
    await press(t('devices.phrase'));
    expect(title()).toBe(t('recovery.title'));
  });
  it('say of one that was taken out that it was, and let it do nothing', () => {
    scene('devices-taken-out');
    expect(document.querySelectorAll('main li button')).toHaveLength(0);
    expect(() => button(t('add.title'))).toThrow();
  });
});

describe('Leaving', () => {
  it('is one tap after it was said what it does, and leads to Today, where the space is closed', async () => {
    scene('you');
    await press(t('you.leave'));
    expect(sent('space.close')).toEqual([]);
    expect(document.querySelector('dialog[open]')?.textContent).toContain(t('leave.they-see', kSam));
    await press(t('leave.go'));
    expect(sent('space.close')).toEqual([{ name: 'space.close', args: {} }]);
    const { app, today } = scenes['today-closed']?.views ?? {};
    core.set('today', today as never);
    core.set('app', app as never);
    await settle();
    expect(document.querySelector('dialog[open]')).toBeNull();
    expect([...document.querySelectorAll('.notice')].filter((one) => one.textContent?.includes(t('closed.title')))).toHaveLength(1);
    expect(button(t('today.invite.go'))).toBeTruthy();
  });
  it('keeps what had not been sent: thanks in the jar, an answer as a draft', async () => {
    const { views } = scenes.you ?? {};
    const sealed = views?.openup?.questions.find((one) => one.state === 'mine-sealed');
    show({ to: 'you' }, { ...views, openup: { questions: sealed ? [{ ...sealed, mark: 'on-this-phone' }] : [], written: [] } });
    await press(t('you.leave'));
    await press(t('leave.go'));
    await settle();
    expect(sent('cherish.keep').map((one) => one.args)).toEqual([{ did: 'You kept dinner warm without a word about the time.', says: '', felt: '' }]);
    expect(core.draft('answer.Q1')).toBe(sealed?.mine);
  });
  it('does nothing when one stays', async () => {
    scene('you');
    await press(t('you.leave'));
    await press(t('leave.stay'));
    expect(document.querySelector('dialog[open]')).toBeNull();
    expect(core.sent).toEqual([]);
  });
  it('by the other takes nobody away from what they are reading, and says it once', async () => {
    scene('thanks-mine');
    core.set('app', scenes['today-closed']?.views.app as never);
    await settle();
    expect(document.body.textContent).toContain('You let me sleep on Sunday');
    expect(() => button(t('thanks.edit'))).toThrow();
    expect(document.querySelector('[aria-live]')?.textContent).toContain(t('closed.title'));
  });
  it('by the other closes the sheet for leaving', async () => {
    scene('you');
    await press(t('you.leave'));
    core.set('app', scenes['today-closed']?.views.app as never);
    await settle();
    expect(document.querySelector('dialog[open]')).toBeNull();
    expect(() => button(t('you.leave'))).toThrow();
  });
  it('leaves all that was said to be read, and nothing to be sent there', () => {
    scene('us-closed');
    expect(document.body.textContent).toContain(t('us.story.opened'));
    scene_again('question-closed');
    expect(document.body.textContent).toContain(t('sync.reading-only'));
    scene_again('sealed-closed');
    expect(() => button(t('openup.take-back'))).toThrow();
    scene_again('thank-closed');
    expect(title()).toBe(t('thanks.title', names(null)));
  });
  it('is offered where the wrong person came in, and where two histories are', async () => {
    scene('connected');
    await press(t('you.leave'));
    expect(document.querySelector('dialog[open]')?.textContent).toContain(t('leave.title'));
    scene_again('today-notices');
    await press(t('you.leave'));
    expect(document.querySelector('dialog[open]')?.textContent).toContain(t('leave.title'));
  });
});

describe('Quick exit', () => {
  it('stands on every screen', async () => {
    for (const name of Object.keys(scenes)) {
      scene(name);
      expect(button(t('exit.button')), name).toBeTruthy();
      if (app) await unmount(app);
      app = undefined;
    }
  });
  it('stands in an open sheet, too: a modal one makes the bar unreachable', async () => {
    scene('you');
    for (const [row, sheet] of [[t('you.name'), t('you.name')], [t('you.theme'), t('you.theme')], [t('you.spacing'), t('you.spacing')]] as const) {
      await press(row);
      const dialog = document.querySelector('dialog[open]');
      expect(dialog?.textContent).toContain(sheet);
      expect(dialog?.querySelector(`button[aria-label="${t('exit.button')}"]`)).toBeTruthy();
      await press(t('common.close'));
      expect(document.querySelector('dialog[open]')).toBeNull();
    }
  });
  it('by Esc pressed twice leaves nothing of any screen, nor of a sheet', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => {}); // jsdom cannot leave
    for (const name of ['loading', 'failed', 'doors', 'thank', 'you-name', 'you-theme', 'you-spacing', 'sync-sheet', 'safety-country', 'thanks-take-back', 'recovery-words']) {
      scene(name);
      for (const label of scenes[name]?.press ?? []) await press(label);
      const where = document.querySelector('dialog[open]') ?? document.activeElement ?? document.body;
      for (let pressed = 0; pressed < 2; pressed++) {
        expect(document.body.textContent, name).not.toBe('');
        where.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      }
      expect(document.body.textContent, name).toBe('');
      if (app) await unmount(app);
      app = undefined;
    }
    errors.mockRestore();
  });
  it('by Esc pressed twice leaves nothing on the screen', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => {}); // jsdom cannot leave
    scene('today-full');
    const press_escape = () => dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    press_escape();
    expect(document.body.textContent).not.toBe('');
    press_escape();
    expect(document.body.textContent).toBe('');
    app = undefined;
    errors.mockRestore();
  });
});

describe('Safety', () => {
  it('is one tap away while Attune is opening and when it cannot open, and the way back leads there again', async () => {
    for (const name of ['loading', 'failed']) {
      scene(name);
      await press(t('nav.safety'));
      expect(title(), name).toBe(t('safety.title'));
      await press('Germany');
      expect(document.body.textContent).toContain('116 016');
      core.boot.set({ state: 'failed', code: 'storage-unavailable' });
      await settle();
      expect(title(), 'whatever becomes of the opening meanwhile').toBe(t('safety.title'));
      history.replaceState({ route: { to: 'today' }, depth: 0 }, '');
      dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }));
      await settle();
      expect(title()).toBe(error_text('storage-unavailable').what);
      if (app) await unmount(app);
      app = undefined;
    }
  });
  it('shows a country only when it was chosen, with numbers to call, and no link to anywhere else', async () => {
    scene('safety');
    expect(document.querySelector('.country:not(.print-only *)')).toBeNull();
    await press('Sweden');
    const links = [...document.querySelectorAll('main a')].map((one) => one.getAttribute('href'));
    expect(links).toEqual(['tel:020505050']);
    expect(document.querySelector('main')?.textContent).toContain('kvinnofridslinjen.se');
    expect(core.sent).toEqual([]);
    await press('Sweden');
    expect(document.querySelector('.country:not(.print-only *)')).toBeNull();
  });
  it('prints the chosen country, or all of them', async () => {
    scene('safety');
    const printed = () => [...document.querySelectorAll('.country h3')].map((one) => one.textContent);
    expect(printed()).toHaveLength(new Set(helplines().map(({ country }) => country)).size);
    await press('Sweden');
    expect(printed()).toEqual(['Sweden']);
  });
});

describe('Room for reading', () => {
  it('is chosen in You, and stays on this device', async () => {
    scene('you');
    await press(t('you.spacing'));
    const open = [...document.querySelectorAll<HTMLInputElement>('input[name=spacing]')].at(1);
    open?.click();
    await settle();
    expect(document.documentElement.dataset.spacing).toBe('open');
    expect(kept_spacing()).toBe('open');
    expect(core.sent).toEqual([]);
    document.querySelector<HTMLInputElement>('input[name=spacing]')?.click();
    await settle();
    expect(document.documentElement.dataset.spacing).toBeUndefined();
    expect(localStorage.length).toBe(0);
  });
});

describe('An invitation that was pasted', () => {
  it('and is none, is said to be none, and nothing is sent', async () => {
    scene('join');
    write(t('join.link.label'), 'https://example.org/');
    await press(t('join.go'));
    expect(sent('space.join')).toEqual([]);
    expect(document.body.textContent).toContain(t('join.ended.not-a-link'));
  });
  it('in the middle of a message is found there', async () => {
    scene('join');
    write(t('join.link.label'), 'I have a link for you. https://app.example.org/#join=1.abc.def');
    await press(t('join.go'));
    expect(sent('space.join')).toEqual([{ name: 'space.join', args: { link: '#join=1.abc.def' } }]);
  });
});

describe('What I wrote before', () => {
  it('goes one by one, each by its own tap', async () => {
    scene('offers-thanks');
    await press(t('offer.keep'));
    expect(core.sent.map((one) => one.name)).toEqual(['space.keep-to-myself']);
    expect(core.sent[0]?.args).toEqual({ item: 'O1' });
  });
  it('shows all of it before it can be sent: a thank-you has three lines, and the offer names only the first', async () => {
    scene('offers-thanks');
    const letter = document.querySelector('.letter')?.textContent;
    for (const line of ['You rang my mother back', 'You are patient.', 'I could breathe again.']) expect(letter).toContain(line);
    await press(t('offer.send'));
    expect(sent('cherish.send-kept')).toEqual([{ name: 'cherish.send-kept', args: { item: 'O1' } }]);
  });
  it('is not sent while some of it is not there to be seen', async () => {
    const views = scenes['offers-thanks']?.views ?? {};
    show({ to: 'offers' }, { ...views, cherish: { thanks: [], kept: [] } });
    await press(t('offer.send'));
    expect(core.sent).toEqual([]);
  });
});

describe('A space that can only be read', () => {
  it('says why beside the button, and sends nothing', async () => {
    const views = scenes['today-notices']?.views ?? {};
    show({ to: 'thank' }, views);
    write(t('thanks.step.did'), 'You rang back.');
    await press(t('thanks.send', kSam));
    expect(sent('cherish.thank')).toEqual([]);
    expect(document.body.textContent).toContain(t('sync.reading-only'));
  });
});

describe('Changing the wording', () => {
  it('begins with what was said, even when the words come later than the screen', async () => {
    const views = scenes['thanks-edit']?.views ?? {};
    const { cherish, ...rest } = views;
    show({ to: 'edit-thanks', item: 'T3' }, rest);
    if (cherish) core.set('cherish', cherish);
    await settle();
    expect(document.querySelector('textarea')?.value).toContain('Sunday');
    write(t('thanks.step.felt'), 'I felt seen.');
    await press(t('thanks.edit.save'));
    expect(sent('cherish.edit')).toMatchObject([{ args: { item: 'T3', felt: 'I felt seen.' } }]);
  });
});
