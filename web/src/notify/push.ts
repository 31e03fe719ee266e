// The browser's half of being called: whether it may show anything, and the address at which it can be called.
import { in_apple_tab } from '../start/home-screen.ts';

/** none: it cannot be called · home-screen: it could, from the Home Screen · ask: nobody was asked yet */
export type Ability = 'none' | 'home-screen' | 'denied' | 'ask' | 'granted';

export function ability(): Ability {
  if (in_apple_tab()) return 'home-screen';
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return 'none';
  const { permission } = Notification;
  return permission === 'default' ? 'ask' : permission;
}

/** As the core takes it: bytes as base64url. */
export interface Subscribed {
  endpoint: string;
  p256dh: string;
  auth: string;
  key: string;
}

const text_of = (bytes: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Where the browser is called now, if anywhere; for a relay of this key, and not out of date. */
async function standing(registration: ServiceWorkerRegistration, key: string): Promise<PushSubscription | null> {
  const found = await registration.pushManager.getSubscription();
  if (!found) return null;
  const over = found.expirationTime !== null && found.expirationTime <= Date.now();
  if (!over && text_of(found.options.applicationServerKey) === key) return found;
  await found.unsubscribe();
  return null;
}

/** The address at which the relay of this key can call this browser. Throws where the browser gets none. */
export async function subscribe(key: string): Promise<Subscribed> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) throw new TypeError('no service worker');
  const { pushManager } = await navigator.serviceWorker.ready;
  const found = (await standing(registration, key)) ?? (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  return { endpoint: found.endpoint, p256dh: text_of(found.getKey('p256dh')), auth: text_of(found.getKey('auth')), key };
}

export async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
