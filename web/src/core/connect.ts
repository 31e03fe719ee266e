// The core as screens see it, in front of this tab's worker.
import worker_url from '../worker/main.ts?worker&url';
import { kDatabase, type Ask, type Beginning, type FromPage, type ToPage, type WorkerStatus } from '../worker/messages.ts';
import type { Boot, Core, Source } from './client.ts';
import { own_script } from './trusted.ts';
import type { AppView, Reply, Views } from './types.ts';
import { watch_for_updates } from './update.ts';

const kUndoTime = 5_000; // how long a sending can be taken out of the post again
const kFarewell = 250; // how long a page that is being closed may wait for what was typed last
const kLongestLook = 250; // how long a first screen waits to know whether there is anything to open

class Current<T> implements Source<T> {
  readonly #runs = new Set<(value: T) => void>();
  constructor(public value: T) {}
  set(value: T): void {
    this.value = value;
    for (const run of this.#runs) run(value);
  }
  subscribe(run: (value: T) => void): () => void {
    const mine = (value: T) => run(value); // the same function may be given twice
    this.#runs.add(mine);
    run(this.value);
    return () => this.#runs.delete(mine);
  }
  get watched(): boolean {
    return this.#runs.size > 0;
  }
}

/** A view somebody looks at: asked again when things changed, pushed when it reads differently. */
class Watched {
  readonly shown = new Current<unknown>(undefined);
  #text: string | null = null;
  #asked = false;
  #stale = false;

  constructor(readonly ask: () => Promise<string>) {}

  async look(): Promise<void> {
    if (this.#asked) {
      this.#stale = true; // asked again once the answer is here
      return;
    }
    this.#asked = true;
    do {
      this.#stale = false;
      const text = await this.ask();
      if (text === this.#text) continue;
      const reply = JSON.parse(text) as { ok: boolean; value: unknown };
      if (!reply.ok) continue; // what stood there stays readable; `fault` and `boot` name what is wrong
      this.#text = text;
      this.shown.set(reply.value);
    } while (this.#stale);
    this.#asked = false;
  }
}

type Draft = { waiting: { args: object } | null; settled: Promise<Reply> };

export class WorkerCore implements Core {
  readonly boot = new Current<Boot>({ state: 'opening' });
  readonly untouched = new Current(false);
  readonly fault = new Current<string | null>(null);
  readonly persistent = new Current<boolean | null>(null);
  readonly update = new Current(false);
  start_update: () => void = () => {};

  readonly #post: (message: FromPage) => void;
  readonly #answers: (() => number) | null;
  #questions = 0;
  readonly #asked = new Map<string, (reply: string) => void>();
  readonly #watched = new Map<string, Watched>();
  readonly #drafts = new Map<string, Draft>();

  /** `answers`: how many questions the worker has answered, readable while the page hears no messages any more. */
  constructor(post: (message: FromPage) => void, answers: (() => number) | null = null) {
    this.#post = post;
    this.#answers = answers;
  }

  view<N extends keyof Views>(name: N, args: object = {}): Source<Views[N]['value'] | undefined> {
    const key = JSON.stringify([name, args]);
    return {
      subscribe: (run) => {
        let watched = this.#watched.get(key);
        if (!watched) {
          watched = new Watched(() => this.#ask({ ask: 'view', id: crypto.randomUUID(), name, args }));
          this.#watched.set(key, watched);
          void watched.look();
        }
        const { shown } = watched;
        const release = shown.subscribe(run as (value: unknown) => void);
        return () => {
          release();
          if (!shown.watched && this.#watched.get(key)?.shown === shown) this.#watched.delete(key);
        };
      },
    };
  }

  command(name: string, args: object): Promise<Reply> {
    if (name === 'space.draft') return this.#draft(args as { key: string });
    // In a session the other waits for what I do; what I asked can be withdrawn, and a thank-you taken back.
    return this.#command(name, args, name.startsWith('listen.') ? 0 : kUndoTime);
  }

  give_token(token: string): void {
    this.#post({ token });
  }

  /** What the worker says. */
  heard(message: ToPage): void {
    if ('answer' in message) {
      const resolve = this.#asked.get(message.answer);
      this.#asked.delete(message.answer);
      resolve?.(message.reply);
    } else if ('changed' in message) {
      for (const watched of this.#watched.values()) void watched.look();
    } else {
      this.stands(message.status);
    }
  }

  stands({ readable, fault }: Omit<WorkerStatus, 'role'>): void {
    // While another tab takes over, or nothing can be read any more, what is shown stays.
    if (readable) this.boot.set({ state: 'ready' });
    else if (fault && this.boot.value.state !== 'ready') this.boot.set({ state: 'failed', code: fault });
    if (readable || fault) this.fault.set(this.boot.value.state === 'ready' ? fault : null);
  }

  /**
   * The page is being closed, and its worker ends with it. What was typed last is handed over, and the page stays until
   * it is on disk: a moment nobody sees, and the only one there is.
   */
  farewell(): void {
    if (this.#drafts.size === 0) return;
    for (const draft of this.#drafts.values()) {
      if (!draft.waiting) continue;
      void this.#command('space.draft', draft.waiting.args, 0);
      draft.waiting = null;
    }
    const until = performance.now() + kFarewell;
    while (this.#answers && this.#answers() < this.#questions && performance.now() < until);
  }

  #ask(ask: Ask): Promise<string> {
    this.#questions += 1;
    return new Promise((resolve) => {
      this.#asked.set(ask.id, resolve);
      // A screen may hand over what it holds in its own state, which does not travel as it is.
      this.#post({ ...ask, args: JSON.parse(JSON.stringify(ask.args)) as unknown });
    });
  }

  async #command(name: string, args: object, hold: number): Promise<Reply> {
    return JSON.parse(await this.#ask({ ask: 'command', id: crypto.randomUUID(), name, args, hold })) as Reply;
  }

  /** At once if none of this key is under way, else as the newest behind it. */
  #draft(args: { key: string }): Promise<Reply> {
    const under_way = this.#drafts.get(args.key);
    if (under_way) {
      under_way.waiting = { args };
      return under_way.settled;
    }
    const draft: Draft = { waiting: { args }, settled: Promise.resolve({ ok: true, value: {} }) };
    const write = async (): Promise<Reply> => {
      let reply: Reply = { ok: true, value: {} };
      while (draft.waiting) {
        const newest = draft.waiting.args;
        draft.waiting = null;
        reply = await this.#command('space.draft', newest, 0);
      }
      this.#drafts.delete(args.key);
      return reply;
    };
    this.#drafts.set(args.key, draft);
    draft.settled = write();
    return draft.settled;
  }
}

/** What this browser lacks, if anything. */
function lacking(): string | null {
  if (!isSecureContext) return 'no-secure-context';
  const needed = ['indexedDB', 'BroadcastChannel', 'WebAssembly'].every((name) => name in globalThis) && 'locks' in navigator;
  return needed ? null : 'browser-too-old';
}

/** Whether nothing of Attune was ever stored in this browser. One that does not say, or not soon, may have something. */
export async function never_stored(databases: () => Promise<IDBDatabaseInfo[]>): Promise<boolean> {
  const looked = (async () => (await databases()).every(({ name }) => name !== kDatabase))();
  const late = new Promise<false>((resolve) => setTimeout(resolve, kLongestLook, false));
  return Promise.race([looked, late]).catch(() => false);
}

/** Once there is something to keep, the browser is asked to keep it. */
function ask_to_keep(core: WorkerCore): void {
  let asked = false;
  core.view('app').subscribe((app: AppView | undefined) => {
    if (asked || !app || app.phase === 'fresh') return;
    asked = true;
    const keep = async () => (await navigator.storage.persisted()) || (await navigator.storage.persist());
    keep().then(
      (kept) => core.persistent.set(kept),
      () => core.persistent.set(false),
    );
  });
}

export async function connect(): Promise<Core> {
  const fault = lacking();
  if (fault) {
    const core = new WorkerCore(() => {});
    core.stands({ readable: false, fault });
    return core;
  }
  // Before the worker can have made a database; and with a service worker somebody was here before.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const untouched = !workers?.controller && never_stored(() => indexedDB.databases());
  const worker = new Worker(own_script(worker_url), { type: 'module', name: 'attune' });
  const tell = (message: FromPage) => worker.postMessage(message);
  // Without isolation from other origins there is no shared memory: then what was typed in the last instant is handed
  // over and not waited for.
  const answers = globalThis.crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : null;
  if (answers) worker.postMessage({ answers } satisfies Beginning);
  const core = new WorkerCore(tell, answers && (() => Atomics.load(answers, 0)));
  addEventListener('pagehide', () => core.farewell());
  worker.onmessage = (event: MessageEvent<ToPage>) => core.heard(event.data);
  worker.onerror = () => core.stands({ readable: false, fault: 'core-missing' });
  addEventListener('online', () => tell({ nudge: 'online' }));
  addEventListener('offline', () => tell({ nudge: 'offline' }));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') tell({ nudge: 'woke' });
  });
  core.start_update = import.meta.env.PROD
    ? watch_for_updates(() => core.update.set(true))
    : () => location.reload();
  ask_to_keep(core);
  core.untouched.set(await untouched);
  return core;
}
