// The wiring of the whole app over a core made by hand: which screen shows, what a tap sends, what a second tap does not.
import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Reply } from '../core/types.ts';
import { scenes } from '../shots/scenes.ts';
import { error_text, helplines, t, tn, names } from '../text/text.ts';
import type { Route } from './route.ts';
import { kept_spacing } from './spacing.ts';
import { button, core, press, scene, scene_again, sent, settle, show, title, write, put_away, has_gone } from './whole_app.ts';

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
      await put_away();
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
      await put_away();
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
      await put_away();
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
    has_gone();
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
      await put_away();
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
