// What the service worker does when the relay calls. A call is empty, and the store stays closed (PROTOCOL.md 12): all it
// knows is that there is something, so all it says is that.
/// <reference lib="webworker" />
import { is_quiet, read_kept } from '../notify/kept.ts';
import { close_shown, kTag } from '../notify/shown.ts';
import { kSubscribeAgain } from './messages.ts';

/** `words`: what a notification says where nothing was chosen. */
export function answer_calls(worker: ServiceWorkerGlobalScope, words: string): void {
  worker.addEventListener('push', (event) => event.waitUntil(called(worker, words)));
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(open(worker));
  });
  // Only the core can tell the relay. Without a page it waits for the next one, which looks whether it still is subscribed.
  worker.addEventListener('pushsubscriptionchange', (event) => {
    (event as ExtendableEvent).waitUntil(pages(worker).then((all) => all.forEach((page) => page.postMessage(kSubscribeAgain))));
  });
}

/** Attune's own pages, and no other file of its address. */
async function pages(worker: ServiceWorkerGlobalScope): Promise<WindowClient[]> {
  const all = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter((page) => new URL(page.url).pathname === '/');
}

/**
 * Browsers end a subscription whose calls show nothing, or show something of their own instead. So every call shows a
 * notification: without a sound while it is quiet; and where somebody is looking already it is taken away at once.
 */
async function called(worker: ServiceWorkerGlobalScope, words: string): Promise<void> {
  const { registration, navigator } = worker;
  const [kept, all] = await Promise.all([read_kept(), pages(worker)]);
  const looking = all.some((page) => page.visibilityState === 'visible');
  await registration.showNotification(kept.words ?? words, { tag: kTag, silent: looking || is_quiet(kept, Date.now()), icon: '/icon-192.png' });
  if (looking) return close_shown(registration);
  // A dot: how many things there are, nobody knows here. Where Attune has no icon, there is none.
  if ('setAppBadge' in navigator) await navigator.setAppBadge().catch(() => {});
}

async function open(worker: ServiceWorkerGlobalScope): Promise<void> {
  const [page] = await pages(worker);
  await (page ? page.focus() : worker.clients.openWindow('/'));
}
