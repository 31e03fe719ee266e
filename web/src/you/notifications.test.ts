// Being called on this device: what the screen says in each state, what a tap asks of the browser and of the core.
import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../app/App.svelte';
import { MockCore, type HandMade } from '../core/mock.ts';
import type { NotificationsView } from '../core/types.ts';
import { read_kept, write_kept, kNothingKept, type Kept } from '../notify/kept.ts';
import { scenes } from '../shots/scenes.ts';
import { kSubscribeAgain } from '../sw/messages.ts';
import { error_text, t } from '../text/text.ts';

const kKey = `B${'k'.repeat(86)}`;
const bytes = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0)).buffer;

/** A browser that can be called, with a push service that gives each new subscription an address of its own. */
class Browser_ {
  permission: NotificationPermission = 'default';
  /** What the person says when the browser asks. */
  answer: NotificationPermission = 'granted';
  asked = 0;
  reachable = true;
  current: object | null = null;
  made = 0;
  heard: ((event: { data: unknown }) => void)[] = [];
  shown = [{ close: vi.fn() }];
  badge = vi.fn(async () => {});

  pushManager = {
    getSubscription: async () => this.current,
    subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
      if (!this.reachable) throw new DOMException('', 'AbortError');
      this.made += 1;
      this.current = {
        endpoint: `https://push.example/${this.made}`, expirationTime: null, options: { applicationServerKey: bytes(applicationServerKey) },
        getKey: (name: string) => (name === 'auth' ? new ArrayBuffer(16) : new ArrayBuffer(65)), unsubscribe: async () => ((this.current = null), true),
      };
      return this.current;
    },
  };
  put_in_place() {
    const store = new Map<string, Response>();
    vi.stubGlobal('caches', { open: async () => ({ match: async (at: string) => store.get(at)?.clone(), put: async (at: string, one: Response) => void store.set(at, one) }) });
    vi.stubGlobal('PushManager', class {});
    const browser = this;
    vi.stubGlobal('Notification', {
      get permission() { return browser.permission; },
      requestPermission: async () => { browser.asked += 1; browser.permission = browser.answer; return browser.permission; },
    });
    const registration = { pushManager: this.pushManager, getNotifications: async () => this.shown };
    const workers = {
      getRegistration: async () => registration, ready: Promise.resolve(registration),
      addEventListener: (_: string, run: (event: { data: unknown }) => void) => this.heard.push(run), removeEventListener: () => {},
    };
    Object.defineProperty(navigator, 'serviceWorker', { value: workers, configurable: true });
    Object.defineProperty(navigator, 'clearAppBadge', { value: this.badge, configurable: true });
  }
}

let browser: Browser_;
let core: MockCore;
let app: Record<string, unknown> | undefined;

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () { this.open = false; this.dispatchEvent(new Event('close')); };
  window.scrollTo = () => {};
});
beforeEach(() => {
  document.body.replaceChildren();
  browser = new Browser_();
  browser.put_in_place();
});
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  vi.unstubAllGlobals();
  for (const name of ['serviceWorker', 'clearAppBadge']) delete (navigator as never as Record<string, unknown>)[name];
});

const settle = async () => {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  flushSync();
  await tick();
};
const view = (more: Partial<NotificationsView>): NotificationsView => ({ state: 'off', key: kKey, code: null, times: [], times_told: false, ...more });
async function show(name: string, more: HandMade = {}, kept: Partial<Kept> = { offered: true }): Promise<void> {
  const scene = scenes[name];
  if (!scene) throw new Error(name);
  await write_kept({ ...kNothingKept, ...kept });
  history.replaceState({ route: scene.route, depth: 1 }, '');
  core = new MockCore({ ...scene.views, ...more });
  app = mount(App, { target: document.body, props: { core } });
  await settle();
}
const text = () => document.body.textContent ?? '';
const the_switch = (name: string) => {
  const found = [...document.querySelectorAll<HTMLElement>('[role=switch]')].find((one) => one.querySelector('.label')?.textContent === name);
  if (!found) throw new Error(`There is no switch “${name}”.`);
  return found;
};
async function flip(name: string) {
  the_switch(name).click();
  await settle();
}
const sent = (name: string) => core.sent.filter((one) => one.name === name).map((one) => one.args);

describe('Notifications', () => {
  it('ask nothing of the browser before they are switched on, and then for the address of this relay', async () => {
    await show('notifications');
    expect(browser.asked).toBe(0);
    expect(sent('space.push-ask')).toHaveLength(1);
    await flip(t('notify.switch'));
    expect(browser.asked).toBe(1);
    expect(sent('space.push-set')).toEqual([{ endpoint: 'https://push.example/1', p256dh: 'A'.repeat(87), auth: 'A'.repeat(22), key: kKey }]);
    expect((await read_kept()).words).toBe('1 new item');
  });
  it('cannot be switched on before the relay has said with which key', async () => {
    await show('notifications', { notifications: view({ state: 'unknown', key: null }) });
    await flip(t('notify.switch'));
    expect(browser.asked).toBe(0);
    expect(text()).toContain(t('notify.asking'));
  });
  it('that were forbidden stay off, and it is said what to do', async () => {
    browser.answer = 'denied';
    await show('notifications');
    await flip(t('notify.switch'));
    expect(text()).toContain(t('notify.denied.do'));
    expect(sent('space.push-set')).toEqual([]);
  });
  it('without a yes or a no have changed nothing', async () => {
    browser.answer = 'default';
    await show('notifications');
    await flip(t('notify.switch'));
    expect(text()).toContain(t('notify.unanswered'));
    expect(sent('space.push-set')).toEqual([]);
  });
  it('for which the browser gets no address say so', async () => {
    browser.reachable = false;
    await show('notifications');
    await flip(t('notify.switch'));
    expect(text()).toContain(t('notify.no-address'));
    expect(the_switch(t('notify.switch')).getAttribute('aria-checked')).toBe('false');
  });
  it('are switched off at the relay and in the browser', async () => {
    browser.permission = 'granted';
    await show('notifications-on');
    browser.current ??= await browser.pushManager.subscribe({ applicationServerKey: kKey });
    await flip(t('notify.switch'));
    expect(sent('space.push-clear')).toHaveLength(1);
    expect(browser.current).toBeNull();
  });
  it('that the relay refuses say why', async () => {
    browser.permission = 'granted';
    await show('notifications-refused');
    expect(text()).toContain(error_text('push-endpoint').what);
  });
  it('at a relay that wakes nobody have no switch', async () => {
    await show('notifications-unavailable');
    expect(text()).toContain(error_text('push-off').what);
    expect(document.querySelector('[role=switch]')).toBeNull();
  });
  it('say the words that were chosen', async () => {
    browser.permission = 'granted';
    await show('notifications-on');
    document.querySelectorAll<HTMLInputElement>('input[name=says]')[1]?.click();
    await settle();
    expect(await read_kept()).toMatchObject({ says: 'look', words: t('notify.says.look') });
  });
  it('rest for as long as was said, and only this device knows', async () => {
    browser.permission = 'granted';
    await show('notifications-on');
    const before = core.sent.length;
    document.querySelectorAll<HTMLElement>('main .row button')[1]?.click();
    await settle();
    document.querySelectorAll<HTMLInputElement>('input[name=quiet]')[1]?.click();
    await settle();
    const { quiet, until } = await read_kept();
    expect(quiet).toBe('hour');
    expect(Math.abs(until - Date.now() - 3_600_000)).toBeLessThan(60_000);
    expect(core.sent.length).toBe(before);
  });
  it('have quiet hours of their own on each device', async () => {
    browser.permission = 'granted';
    await show('notifications-on');
    await flip(t('notify.hours'));
    const [from] = document.querySelectorAll<HTMLInputElement>('input[type=time]');
    if (!from) throw new Error('no field');
    from.value = '21:30';
    from.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect((await read_kept()).hours).toEqual({ on: true, from: '21:30', to: '07:00' });
  });
});

describe('While Attune is open', () => {
  it('the dot and what was shown are taken away', async () => {
    await show('today-full');
    expect(browser.badge).toHaveBeenCalled();
    expect(browser.shown[0]?.close).toHaveBeenCalled();
  });
  it('a subscription that has gone is made anew, once', async () => {
    browser.permission = 'granted';
    await show('today-full', { notifications: view({ state: 'on-this-phone' }) });
    expect(sent('space.push-set')).toMatchObject([{ endpoint: 'https://push.example/1' }]);
    core.set('notifications', view({ state: 'on' }));
    await settle();
    expect(sent('space.push-set')).toHaveLength(1);
  });
  it('one that the browser ended meanwhile, too', async () => {
    browser.permission = 'granted';
    await show('today-full', { notifications: view({ state: 'on' }) });
    browser.current = null;
    for (const run of browser.heard) run({ data: kSubscribeAgain });
    await settle();
    expect(sent('space.push-set')).toMatchObject([{ endpoint: 'https://push.example/1' }, { endpoint: 'https://push.example/2' }]);
  });
  it('a relay with another key is given another address', async () => {
    browser.permission = 'granted';
    await browser.pushManager.subscribe({ applicationServerKey: `C${kKey.slice(1)}` });
    await show('today-full', { notifications: view({ state: 'stale' }) });
    expect(sent('space.push-set')).toMatchObject([{ endpoint: 'https://push.example/2', key: kKey }]);
  });
  it('the relay is told when the person has forbidden it in the browser’s settings', async () => {
    browser.permission = 'denied';
    await show('today-full', { notifications: view({ state: 'on' }) });
    expect(sent('space.push-clear')).toHaveLength(1);
    expect(sent('space.push-set')).toEqual([]);
  });
});

describe('The offer', () => {
  const offered = () => text().includes(t('notify.offer'));
  const nothing_yet = { offered: false };
  it('comes once, on Today, after a thank-you is safe, and asks nothing of the browser', async () => {
    await show('today-notifications-offer', {}, nothing_yet);
    expect(offered()).toBe(true);
    expect(browser.asked).toBe(0);
    document.querySelector<HTMLElement>('main .notice .close')?.click();
    await settle();
    expect(offered()).toBe(false);
    expect((await read_kept()).offered).toBe(true);
  });
  it('is not made before something good, where it was looked at, or where the relay wakes nobody', async () => {
    const empty = scenes['cherish-empty']?.views.cherish;
    if (!empty) throw new Error('no view');
    for (const [more, kept] of [[{ cherish: empty }, nothing_yet], [{}, { offered: true }], [{ notifications: view({ state: 'unavailable', key: null }) }, nothing_yet]] as [HandMade, Partial<Kept>][]) {
      await show('today-notifications-offer', more, kept);
      expect(offered()).toBe(false);
      if (app) await unmount(app);
      app = undefined;
    }
  });
});
