// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { kNothingKept, write_kept, type Kept } from '../notify/kept.ts';
import { answer_calls } from './calls.ts';
import { kSubscribeAgain } from './messages.ts';

/** A service worker as far as calls go: its pages, what it shows, and the events it is given. */
class Worker_ {
  listeners = new Map<string, (event: unknown) => void>();
  shown: { title: string; silent: boolean; tag: string }[] = [];
  opened: string[] = [];
  pages: { url: string; visibilityState: string; focus: () => void; postMessage: (message: unknown) => void }[] = [];
  badge = vi.fn(async () => {});
  navigator = { setAppBadge: this.badge };
  clients = { matchAll: async () => this.pages, openWindow: async (url: string) => void this.opened.push(url) };
  registration = {
    showNotification: async (title: string, { silent, tag }: { silent: boolean; tag: string }) => {
      this.shown = [...this.shown.filter((one) => one.tag !== tag), { title, silent, tag }];
    },
    getNotifications: async () => this.shown.map((one) => ({ close: () => (this.shown = this.shown.filter((other) => other !== one)) })),
  };
  constructor() {
    answer_calls(this as never, '1 new item');
  }
  addEventListener(name: string, listener: (event: unknown) => void) {
    this.listeners.set(name, listener);
  }
  async give(name: string, more: object = {}) {
    let done: Promise<unknown> = Promise.resolve();
    this.listeners.get(name)?.({ waitUntil: (promise: Promise<unknown>) => (done = promise), ...more });
    await done;
  }
  page(more: object = {}) {
    const page = { url: 'https://attune.example/', visibilityState: 'hidden', focus: vi.fn(), postMessage: vi.fn(), ...more };
    this.pages.push(page);
    return page;
  }
}

let worker: Worker_;
const kept = (more: Partial<Kept>) => write_kept({ ...kNothingKept, ...more });
beforeEach(() => {
  const store = new Map<string, Response>();
  const cache = { match: async (at: string) => store.get(at)?.clone(), put: async (at: string, response: Response) => void store.set(at, response) };
  vi.stubGlobal('caches', { open: async () => cache });
  worker = new Worker_();
});

describe('A call', () => {
  it('shows one neutral notification, however many come, and a dot', async () => {
    for (let calls = 0; calls < 3; calls += 1) await worker.give('push', { data: { text: () => 'wake up' } });
    expect(worker.shown).toEqual([{ title: '1 new item', silent: false, tag: 'attune' }]);
    expect(worker.badge).toHaveBeenCalledWith();
  });
  it('says what was chosen', async () => {
    await kept({ says: 'look', words: 'Something to look at' });
    await worker.give('push');
    expect(worker.shown[0]?.title).toBe('Something to look at');
  });
  it('makes no sound while it is quiet', async () => {
    await kept({ quiet: 'hour', until: Date.now() + 60_000 });
    await worker.give('push');
    expect(worker.shown[0]?.silent).toBe(true);
  });
  it('leaves nothing where somebody is looking already', async () => {
    worker.page({ visibilityState: 'visible' });
    await worker.give('push');
    expect(worker.shown).toEqual([]);
    expect(worker.badge).not.toHaveBeenCalled();
  });
});

describe('A tap on a notification', () => {
  const close = vi.fn();
  it('opens Attune', async () => {
    await worker.give('notificationclick', { notification: { close } });
    expect(worker.opened).toEqual(['/']);
    expect(close).toHaveBeenCalled();
  });
  it('goes to the page that is there, and to no other file', async () => {
    worker.page({ url: 'https://attune.example/notices.txt' });
    const page = worker.page();
    await worker.give('notificationclick', { notification: { close } });
    expect(page.focus).toHaveBeenCalled();
    expect(worker.opened).toEqual([]);
  });
});

describe('A subscription that the browser ended', () => {
  it('is said to the pages, which can tell the server', async () => {
    const page = worker.page();
    await worker.give('pushsubscriptionchange');
    expect(page.postMessage).toHaveBeenCalledWith(kSubscribeAgain);
  });
});
