// Reminders as a person meets them: made, shown when their time has come, let go.
import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../app/App.svelte';
import type { Route } from '../app/route.ts';
import { MockCore } from '../core/mock.ts';
import type { NotificationsView } from '../core/types.ts';
import { scenes } from '../shots/scenes.ts';
import { t } from '../text/text.ts';
import { read, type Reminder } from './reminder.ts';

let core: MockCore;
let app: Record<string, unknown> | undefined;

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () { this.open = false; };
  window.scrollTo = () => {};
});
beforeEach(() => document.body.replaceChildren());
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
});

async function show(route: Route, kept: Reminder[] = [], notifications?: NotificationsView): Promise<void> {
  history.replaceState({ route, depth: 1 }, '');
  core = new MockCore({ ...scenes['today-full']?.views, ...(notifications ? { notifications } : {}), drafts: { reminders: JSON.stringify(kept) } });
  app = mount(App, { target: document.body, props: { core } });
  await settle();
}
async function settle() {
  for (let turn = 0; turn < 5; turn += 1) await tick();
  flushSync();
}
function named(what: string, name: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>(what)].find((one) => one.textContent?.trim().startsWith(name));
  if (!found) throw new Error(`There is no “${name}”.`);
  return found;
}
async function press(what: string, name: string) {
  named(what, name).click();
  await settle();
}
const kept = () => read(core.draft('reminders'));
const title = () => document.querySelector('h1')?.textContent;
const text = () => document.body.textContent ?? '';
const kHour = 3_600_000;
const past: Reminder = { id: 'r1', for: 'thank', every: 'once', next: Date.now() - kHour };

describe('A reminder for here', () => {
  it('is kept on this device as it was chosen, and can be removed', async () => {
    await show({ to: 'reminders' });
    await press('label', t('remind.for.question'));
    await press('button', t('remind.every.week'));
    const [day, time] = document.querySelectorAll<HTMLInputElement>('input[type=date], input[type=time]');
    for (const [field, value] of [[day, '2031-05-20'], [time, '21:30']] as const) {
      if (!field) throw new Error('no field');
      field.value = value;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    await press('button', t('remind.make.here'));
    expect(kept()).toMatchObject([{ for: 'question', every: 'week', next: new Date(2031, 4, 20, 21, 30).getTime() }]);
    expect(core.sent.filter(({ name }) => !name.startsWith('space.draft'))).toEqual([]);
    await press('.row button', t('remind.for.question'));
    await press('button', t('remind.remove'));
    expect(core.draft('reminders')).toBe('');
  });
  it('shows on Today once its time has come, leads to what it is for, and is gone', async () => {
    await show({ to: 'today' }, [past, { ...past, id: 'r2', for: 'question', next: Date.now() + kHour }]);
    expect(text()).toContain(t('remind.due.thank'));
    expect(text()).not.toContain(t('remind.due.question'));
    await press('.notice button', t('today.suggest.go'));
    expect(title()).toBe(t('thanks.title', { other: 'Noa', Other: 'Noa' }));
    expect(kept().map(({ id }) => id)).toEqual(['r2']);
  });
  it('that comes again waits for its next time when it is closed', async () => {
    await show({ to: 'today' }, [{ ...past, every: 'day' }]);
    document.querySelector<HTMLElement>('main .notice .close')?.click();
    await settle();
    expect(text()).not.toContain(t('remind.due.thank'));
    expect(kept()).toEqual([{ ...past, every: 'day', next: new Date(past.next).setDate(new Date(past.next).getDate() + 1) }]);
  });
});

describe('A reminder with a call', () => {
  const on: NotificationsView = { state: 'on', key: null, code: null, times: [], times_told: false };
  const told = () => core.sent.filter(({ name }) => name === 'space.wake-at').map(({ args }) => (args as { times: number[] }).times);
  const next = Date.now() + kHour;
  const coming: Reminder = { id: 'r1', for: 'thank', every: 'once', next };
  const the_switch = (within = 'main') => {
    const found = document.querySelector<HTMLElement>(`${within} [role=switch]`);
    if (!found) throw new Error('There is no switch.');
    return found;
  };
  beforeEach(() => {
    vi.stubGlobal('Notification', { permission: 'granted' });
    vi.stubGlobal('PushManager', class {});
    Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: Object.assign(new EventTarget(), { getRegistration: async () => undefined, ready: new Promise(() => {}) }) });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    Reflect.deleteProperty(navigator, 'serviceWorker');
  });

  it('has one only where the person says so, who is told what that tells the server', async () => {
    await show({ to: 'reminders' }, [], on);
    expect(the_switch().getAttribute('aria-checked')).toBe('false');
    expect(text()).toContain(t('remind.here.private'));
    await press('button', t('remind.make.here'));
    expect(kept()).not.toHaveProperty('0.call');
    expect(told()).toEqual([]);
    the_switch().click();
    await settle();
    expect(the_switch().textContent).toMatch(/“wake this device at .+” and so learns that time/);
    expect(text()).toContain(t('remind.call.private'));
    await press('button', t('remind.make.here'));
    expect(kept()[1]).toMatchObject({ call: true });
    expect(told()).toEqual([[Math.floor((kept()[1]?.next ?? 0) / 1000)]]);
    expect(text()).toContain(t('remind.made.call'));
    expect(the_switch().getAttribute('aria-checked')).toBe('false'); // chosen each time
  });
  it('takes its time back when it is removed, or when the call is switched off', async () => {
    const times = [Math.floor(next / 1000)];
    await show({ to: 'reminders' }, [{ ...coming, call: true }], { ...on, times, times_told: true });
    expect(told()).toEqual([]); // the server knows it already
    await press('.row button', t('remind.for.thank'));
    the_switch('dialog').click();
    await settle();
    expect(kept()).toMatchObject([{ call: false }]);
    expect(told()).toEqual([[]]);
    the_switch('dialog').click();
    await settle();
    await press('button', t('remind.remove'));
    expect(core.draft('reminders')).toBe('');
    expect(told()).toHaveLength(2);
  });
  it('sets the next calls whenever Attune is opened', async () => {
    await show({ to: 'today' }, [{ ...coming, every: 'day', call: true }], { ...on, times: [Math.floor(next / 1000) - 86_400] });
    expect(told()).toHaveLength(1);
    expect(told()[0]).toHaveLength(16);
  });
  it('needs notifications, and leads to them; without them no time is told', async () => {
    await show({ to: 'reminders' }, [{ ...coming, call: true }], { ...on, state: 'off' });
    expect(told()).toEqual([]);
    expect(document.querySelector('main [role=switch]')).toBeNull();
    expect(text()).not.toContain(t('remind.calls', { when: '' }));
    await press('.row button', t('remind.call'));
    expect(title()).toBe(t('you.notify'));
  });
});

describe('A reminder for the calendar', () => {
  it('is a file with neutral words, and nothing of it is kept here', async () => {
    const made: Blob[] = [];
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => (made.push(blob), 'blob:1'), revokeObjectURL: () => {} }));
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await show({ to: 'reminders' });
    await press('label', t('remind.calendar'));
    await press('button', t('remind.make.calendar'));
    expect(click).toHaveBeenCalledOnce();
    expect(made[0]?.type).toBe('text/calendar');
    expect(core.draft('reminders')).toBe('[]');
    click.mockRestore();
    vi.unstubAllGlobals();
  });
});
