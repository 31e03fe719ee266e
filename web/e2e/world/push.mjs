// Being called: a push service on this machine, a browser that is called there, and what its real service worker does.
// Only `pushManager.subscribe` is not the browser's own: that one needs the service of the browser's maker.
import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { until } from './patience.mjs';
import { t } from './texts.mjs';

/** What a relay needs to be told to call a push service on this machine. */
export const calls_here = ['--push-allow-local', 'on'];

/** A connected device is given fifteen seconds first, and the relay may not have noticed yet that it has gone. */
const kSecondsForACall = 40;

/** Takes every call in; answers 201, or what was said for its address. */
export class PushService {
  calls = []; // {path, headers, body}
  #answers = new Map();
  #server;

  static async start(endings) {
    const service = new PushService();
    service.#server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      response.writeHead(service.#answers.get(request.url) ?? 201).end();
      service.calls.push({ path: request.url, method: request.method, headers: request.headers, body });
      service.#server.emit('call');
    }).listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    endings.push(async () => {
      service.#server.close();
      service.#server.closeAllConnections();
    });
    return service;
  }

  get address() {
    return `http://localhost:${this.#server.address().port}`;
  }
  /** What is said to whoever calls there from now on. */
  answer(browser, status) {
    this.#answers.set(browser.path, status);
  }
  calls_of(browser) {
    return this.calls.filter(({ path }) => path === browser.path);
  }
  /** The first call of this browser, at the address it has now. */
  async call_of(browser) {
    const patience = AbortSignal.timeout(kSecondsForACall * 1000);
    while (this.calls_of(browser).length === 0) await once(this.#server, 'call', { signal: patience });
    return this.calls_of(browser)[0];
  }
  /** All that it was told. */
  get said() {
    return Buffer.concat(this.calls.flatMap(({ path, headers, body }) => [Buffer.from(path + JSON.stringify(headers)), body]));
  }
}

/** What a browser keeps for itself of a subscription, and how it reads a call (RFC 8291, RFC 8188). */
export class Called {
  #service;
  #pair = createECDH('prime256v1');
  #auth = randomBytes(16);
  asked_with = []; // the keys of relays, base64url

  constructor(service, name) {
    this.#service = service;
    this.name = name;
    this.#pair.generateKeys();
    this.move();
  }
  /** The service ends its address and gives it another. */
  move() {
    this.path = `/${this.name}/${randomBytes(8).toString('hex')}`;
  }
  get subscription() {
    return { endpoint: this.#service.address + this.path, p256dh: this.#pair.getPublicKey('base64'), auth: this.#auth.toString('base64') };
  }
  open(body) {
    const [salt, size, length] = [body.subarray(0, 16), body.readUInt32BE(16), body[20]];
    const sender = body.subarray(21, 21 + length);
    const sealed = body.subarray(21 + length);
    assert.ok(sealed.length <= size, 'one record');
    const derive = (secret, with_, info, bytes) => Buffer.from(hkdfSync('sha256', secret, with_, info, bytes));
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#pair.getPublicKey(), sender]);
    const secret = derive(this.#pair.computeSecret(sender), this.#auth, info, 32);
    const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
    const opening = createDecipheriv('aes-128-gcm', key, nonce);
    opening.setAuthTag(sealed.subarray(-16));
    const padded = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
    const end = padded.findLastIndex((byte) => byte !== 0);
    assert.equal(padded[end], 2, 'the last record');
    return padded.subarray(0, end);
  }
}

/** In the page, before anything of Attune: the push service of this test stands for that of the browser's maker. */
function subscribe_here() {
  if (!('PushManager' in globalThis && 'clearAppBadge' in navigator)) return; // a page that is none of Attune's
  globalThis.PushManager.prototype.subscribe = async function (options) {
    if (Notification.permission !== 'granted' || !options.userVisibleOnly) throw new DOMException('', 'NotAllowedError');
    const { endpoint, ...keys } = await globalThis.where_to_be_called(options.applicationServerKey);
    const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer;
    return { endpoint, expirationTime: null, options, getKey: (name) => bytes(keys[name]), unsubscribe: async () => true };
  };
  const clear = navigator.clearAppBadge.bind(navigator);
  navigator.clearAppBadge = () => {
    globalThis.badge_cleared = true;
    return clear();
  };
}

/** Lets a phone be called there; the person will say yes when the browser asks. */
export async function reachable(phone, service, name) {
  const called = new Called(service, name);
  await phone.context.grantPermissions(['notifications'], { origin: phone.origin });
  await phone.context.exposeFunction('where_to_be_called', (key) => {
    called.asked_with.push(key);
    return called.subscription;
  });
  await phone.context.addInitScript(subscribe_here);
  await phone.page.reload();
  return called;
}

export const the_switch = (phone) => phone.page.getByRole('switch', { name: t('notify.switch'), exact: true });

export async function to_notifications(phone) {
  await phone.go('you');
  await phone.tap('you.notify');
  await phone.at('you.notify');
}
export async function switch_on(phone) {
  await to_notifications(phone);
  await the_switch(phone).and(phone.page.locator(':not([aria-disabled])')).click();
  await phone.sees('notify.on');
}

function in_store(relay, look, options = { readOnly: true }) {
  const store = new DatabaseSync(join(relay.data, 'attuned.db'), options);
  try {
    return look(store);
  } finally {
    store.close();
  }
}

/** How many devices the relay may call. */
export const subscriptions = (relay) => in_store(relay, (store) => store.prepare('SELECT count(*) AS n FROM subscriptions').get().n);
export const until_subscribed = (relay, count) => until(async () => subscriptions(relay) === count, () => `the relay may call ${subscriptions(relay)} devices, not ${count}`);

/** Until it may call this browser at the address it has now: a phone tells the one it knew before first. */
export const until_called_at = (relay, called) =>
  until(
    async () => addresses(relay).includes(called.subscription.endpoint),
    () => `the relay calls ${addresses(relay)}, not ${called.subscription.endpoint}`,
  );
const addresses = (relay) => in_store(relay, (store) => store.prepare('SELECT endpoint FROM subscriptions').all().map(({ endpoint }) => Buffer.from(endpoint).toString()));

/** All that the relay keeps of reminders: when to call, in seconds since 1970. */
export const call_times = (relay) => in_store(relay, (store) => store.prepare('SELECT at FROM wake_times ORDER BY at').all().map(({ at }) => at));
export const until_call_times = (relay, count) => until(async () => call_times(relay).length === count, () => `the relay keeps ${call_times(relay)}, not ${count} times`);
/** What it is to call at comes now, and not on some later day. */
export function the_time_comes(relay) {
  const now = Math.floor(Date.now() / 1000);
  in_store(relay, (store) => store.prepare('UPDATE wake_times SET at = ?').run(now), { timeout: 5000 });
}

/** A phone on which Attune is not open: its service worker alone is there. */
export class Asleep {
  #phone;
  #devtools;
  #registration;
  #worker;

  static async of(phone) {
    const asleep = new Asleep();
    asleep.#phone = phone;
    await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    [asleep.#worker] = phone.context.serviceWorkers();
    await asleep.#worker.evaluate(() => {
      globalThis.badges = [];
      globalThis.opened = [];
      const set = navigator.setAppBadge.bind(navigator);
      navigator.setAppBadge = (...count) => {
        globalThis.badges.push(count);
        return set(...count);
      };
      // A browser lets a service worker open a window only at a person's own tap, which nobody can make here.
      globalThis.clients.openWindow = async (address) => void globalThis.opened.push(address);
    });
    const blank = await phone.context.newPage();
    await phone.page.close();
    asleep.#devtools = await phone.context.newCDPSession(blank);
    asleep.#registration = new Promise((resolve) => {
      asleep.#devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const found = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${phone.origin}/` && !isDeleted);
        if (found) resolve(found.registrationId);
      });
    });
    await asleep.#devtools.send('ServiceWorker.enable');
    return asleep;
  }

  /** A call arrives, as the browser hands it over once it has opened it. */
  async hears(call) {
    const before = await this.#worker.evaluate(() => globalThis.badges.length);
    await this.#devtools.send('ServiceWorker.deliverPushMessage', { origin: this.#phone.origin, registrationId: await this.#registration, data: call.toString() });
    // The dot is what comes last.
    await until(async () => (await this.badges()).length > before, () => 'the service worker did nothing');
  }
  /** What stands on the screen of the phone. */
  shown() {
    return this.#worker.evaluate(async () =>
      (await globalThis.registration.getNotifications()).map(({ title, body, tag, silent, data }) => ({ title, body, tag, silent: silent === true, data })),
    );
  }
  /** What it was asked to put on Attune's icon: a number, or nothing for a dot. */
  badges() {
    return this.#worker.evaluate(() => globalThis.badges);
  }
  /** A tap on what is shown; the address that is opened then. */
  async tap() {
    await this.#worker.evaluate(async () => {
      const [notification] = await globalThis.registration.getNotifications();
      globalThis.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
    });
    await until(() => this.#worker.evaluate(() => globalThis.opened.length > 0), () => 'nothing was opened');
    return this.#worker.evaluate(() => globalThis.opened[0]);
  }
}
