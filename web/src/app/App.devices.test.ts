// The wiring of the whole app: devices of one's own, coming in, listed and taken out.
import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Commands, Reply } from '../core/types.ts';
import { scenes } from '../shots/scenes.ts';
import { error_text, t, names } from '../text/text.ts';
import { become, button, core, press, scene, scene_again, sent, settle, show, title, write, put_away, begin_again } from './whole_app.ts';

const kSam = names('Noa');

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
    // Said behind the words themselves.
    await vi.waitFor(() => expect(document.querySelector('[aria-live]')?.textContent).toContain(t('add.done.title', { device: 'Tablet' })));
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
    await put_away();
    const views = scenes['today-coming-checked']?.views;
    for (const view of ['app', 'joining', 'today'] as const) core.set(view, views?.[view] as never);
    begin_again();
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
