// The service worker keeps one build whole, so that Attune opens without a network: of a first visit, as soon as somebody
// has begun. It holds no keys, opens nothing
// of what two people wrote, and takes over from an older build only when a page tells it to.
/// <reference lib="webworker" />
import { answer_calls } from './calls.ts';
import { kKeepWhole, kStartNow } from './messages.ts';

declare const self: ServiceWorkerGlobalScope;
/**
 * Written in by the build (scripts/service-worker.mjs); `revision` is null where the name carries a hash already, `later`
 * says that a first visit does without it.
 */
interface File { url: string; revision: string | null; later: boolean }
declare const FILES: readonly File[];
/** The first of the neutral texts of a notification, from the texts file. */
declare const NEUTRAL: string;

const files = FILES;
const kPrefix = 'attune-';

/** A name for exactly these files (FNV-1a; it tells builds apart and proves nothing). */
function build_name(): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(files)) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  return kPrefix + (hash >>> 0).toString(16).padStart(8, '0');
}
const build = build_name();

/** Fetches and keeps them, all or none being what the caller hears. */
async function keep(wanted: readonly File[]): Promise<void> {
  const cache = await caches.open(build);
  await Promise.all(
    wanted.map(async ({ url, revision }) => {
      // A file with its hash in its name never changes; of any other the newest is wanted.
      const response = await fetch(new Request(url, { cache: revision === null ? 'default' : 'no-cache' }));
      if (!response.ok) throw new TypeError(`${url}: ${response.status}`);
      await cache.put(url === 'index.html' ? '/' : `/${url}`, response);
    }),
  );
}

/** A newer build is there whole before it starts. A first visit fetches the rest once somebody has begun. */
async function install(): Promise<void> {
  const had_one = (await caches.keys()).some((name) => name.startsWith(kPrefix));
  await keep(had_one ? files : files.filter((file) => !file.later));
}

async function keep_whole(): Promise<void> {
  const cache = await caches.open(build);
  const here = await Promise.all(files.map(({ url }) => cache.match(url === 'index.html' ? '/' : `/${url}`)));
  await keep(files.filter((_, index) => !here[index]));
}

self.addEventListener('install', (event) => event.waitUntil(install()));

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // The build before stays for tabs that still run it.
      const builds = (await caches.keys()).filter((name) => name.startsWith(kPrefix) && name !== build);
      await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === kStartNow) void self.skipWaiting();
  // What does not come now is kept when it is needed, or at the next opening.
  if (event.data === kKeepWhole) event.waitUntil(keep_whole().catch(() => {}));
});

answer_calls(self, NEUTRAL);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (url.pathname === '/') event.respondWith(kept('/', request));
  } else if (url.pathname !== '/sw.js') {
    event.respondWith(kept(url.pathname, request));
  }
});

/** From this build, else from the one before, else from the network; hashed files stay once they were needed. */
async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(build);
  const found = (await cache.match(path)) ?? (path === '/' ? undefined : await caches.match(path));
  if (found) return found;
  const response = await fetch(request);
  if (response.ok && path.startsWith('/assets/')) await cache.put(path, response.clone());
  return response;
}
