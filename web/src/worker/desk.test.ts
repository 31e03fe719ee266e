// @vitest-environment node
// Several tabs of one browser: real desks, seats and loops; locks, channel and storage as a browser has them, in memory.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Row } from './blob.ts';
import { Desk, type Channel } from './desk.ts';
import type { OnChannel, ToPage, WorkerStatus } from './messages.ts';
import type { Locks } from './seat.ts';
import { StorageFault, Superseded } from './storage.ts';
import type { CoreCalls } from './wasm.ts';

/** Exclusive locks with a queue and stealing, as the Web Locks specification has them. */
class BrowserLocks {
  #holder: { end: (error?: Error) => void } | null = null;
  readonly #queue: (() => void)[] = [];

  for_tab(): { locks: Locks; close: () => void } {
    const closing: (() => void)[] = [];
    const locks: Locks = {
      request: (_name, { signal, steal }, held) =>
        new Promise<void>((resolve, reject) => {
          const grant = () => {
            const holder = {
              end: (error?: Error) => {
                if (this.#holder === holder) this.#holder = null;
                if (error) reject(error);
                else resolve();
                this.#next();
              },
            };
            this.#holder = holder;
            closing.push(() => holder === this.#holder && holder.end());
            void held().then(() => this.#holder === holder && holder.end());
          };
          if (steal) {
            const before = this.#holder;
            this.#holder = null;
            grant();
            before?.end(new DOMException('stolen', 'AbortError'));
          } else {
            this.#queue.push(grant);
            signal?.addEventListener('abort', () => {
              const at = this.#queue.indexOf(grant);
              if (at >= 0) this.#queue.splice(at, 1);
              reject(signal.reason);
            });
            closing.push(() => {
              const at = this.#queue.indexOf(grant);
              if (at >= 0) this.#queue.splice(at, 1);
            });
            this.#next();
          }
        }),
    };
    return { locks, close: () => closing.forEach((close) => close()) };
  }
  #next(): void {
    if (!this.#holder) this.#queue.shift()?.();
  }
}

/** One browser profile: a broadcast channel, locks, and one storage with its generation. */
class Browser {
  readonly locks = new BrowserLocks();
  readonly tabs: Tab[] = [];
  generation = 0;
  rows: Row[] = [];
  receipts = new Set<string>();
  refuses: string | null = null;

  tab(): Tab {
    const tab = new Tab(this);
    this.tabs.push(tab);
    tab.desk.start();
    return tab;
  }
}

class Tab {
  readonly channel: Channel & { frozen: OnChannel[] | null; open: boolean };
  readonly said: ToPage[] = [];
  readonly desk: Desk;
  readonly close: () => void;
  status: WorkerStatus | null = null;
  done: string[] = [];
  stuck = false;

  constructor(readonly browser: Browser) {
    const mine = this;
    this.channel = {
      frozen: null,
      open: true,
      onmessage: null,
      postMessage(message) {
        if (!this.open || this.frozen) return;
        for (const tab of browser.tabs) {
          if (tab === mine || !tab.channel.open) continue;
          queueMicrotask(() => {
            if (tab.channel.frozen) tab.channel.frozen.push(message);
            else tab.channel.onmessage?.({ data: message } as MessageEvent<OnChannel>);
          });
        }
      },
    };
    const { locks, close } = browser.locks.for_tab();
    this.desk = new Desk({
      locks,
      channel: this.channel,
      page: (message) => {
        this.said.push(message);
        if ('status' in message) this.status = message.status;
      },
      storage: async () => {
        if (browser.refuses) throw new StorageFault(browser.refuses as 'storage-unavailable');
        let generation = 0;
        const check = () => {
          if (generation !== browser.generation) throw new Superseded();
        };
        return {
          take_over: async () => void (generation = ++browser.generation),
          get generation() {
            return generation;
          },
          read: async () => browser.rows,
          read_early: async () => null,
          read_some: async () => [],
          read_records: async () => [],
          probe: async () => check(),
          write: async (rows, receipt) => {
            if (mine.stuck) await new Promise(() => {}); // the tab is gone in the middle of it
            check();
            browser.rows = [...browser.rows, ...rows];
            if (receipt) browser.receipts.add(receipt);
          },
          done: (receipt) => browser.receipts.has(receipt),
          close: () => {},
        };
      },
      core: async () => this.core(),
      socket: () => ({ dial: () => {}, send: () => {}, hang_up: () => {}, drop: () => {}, give: () => {} }),
      clock: () => ({ ms: Date.now(), offset: 0 }),
    });
    this.close = () => {
      this.channel.open = false;
      this.stuck = true;
      close();
    };
  }

  core(): CoreCalls {
    let rows: string[] = [];
    let effects: ReturnType<CoreCalls['effects']> = [];
    const quiet = () => '{"ok":true,"value":{}}';
    return {
      open: (_clock, stored) => {
        rows = stored.map((row) => row.key);
        return quiet();
      },
      open_early: () => '{"ok":false,"code":"storage-corrupt"}',
      hand_over: () => {},
      command: (_clock, name) => {
        this.done.push(name);
        rows = [...rows, name];
        effects = [{ kind: 'store', rows: [{ key: name, value: new Uint8Array([1]) }] }, { kind: 'changed' }];
        return '{"ok":true,"value":{"command":"c"}}';
      },
      view: () => JSON.stringify({ ok: true, value: rows }),
      connected: quiet,
      disconnected: quiet,
      frame: quiet,
      tick: () => {
        this.done.push('tick');
        return quiet();
      },
      effects: () => effects.splice(0),
    };
  }

  command(name: string): string {
    const id = crypto.randomUUID();
    this.desk.page({ ask: 'command', id, name, args: {}, hold: 0 });
    return id;
  }
  view(): string {
    const id = crypto.randomUUID();
    this.desk.page({ ask: 'view', id, name: 'rows', args: {} });
    return id;
  }
  answer(id: string): unknown {
    const found = this.said.find((message) => 'answer' in message && message.answer === id);
    return found && 'answer' in found ? (JSON.parse(found.reply) as { value: unknown }).value : undefined;
  }
  freeze(): void {
    this.channel.frozen = [];
  }
  thaw(): void {
    const missed = this.channel.frozen ?? [];
    this.channel.frozen = null;
    for (const message of missed) this.channel.onmessage?.({ data: message } as MessageEvent<OnChannel>);
  }
}

const settle = () => vi.advanceTimersByTimeAsync(1);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('two tabs', () => {
  test('have one writer, and both work completely', async () => {
    const browser = new Browser();
    const first = browser.tab();
    await settle();
    const second = browser.tab();
    await settle();
    expect(first.status).toEqual({ role: 'writer', readable: true, fault: null });
    expect(second.status).toEqual({ role: 'reader', readable: true, fault: null });

    first.said.length = 0;
    const command = second.command('thank');
    await settle();
    expect(second.answer(command)).toEqual({ command: 'c' });
    expect(first.done).toEqual(['thank']);
    expect(first.said).toContainEqual({ changed: true });
    expect(second.said).toContainEqual({ changed: true });
    const view = second.view();
    await settle();
    expect(second.answer(view)).toEqual(['thank']);
  });

  test('that ask before anybody writes are answered as soon as somebody does', async () => {
    const browser = new Browser();
    const first = browser.tab();
    const second = browser.tab();
    const asked = [first.view(), second.view()];
    await settle();
    expect([first.answer(asked[0]!), second.answer(asked[1]!)]).toEqual([[], []]);
  });

  test('when the writing tab closes, the next one goes on with what is stored', async () => {
    const browser = new Browser();
    const first = browser.tab();
    await settle();
    const second = browser.tab();
    await settle();
    first.command('thank');
    await settle();
    first.close();
    await settle();
    expect(second.status).toEqual({ role: 'writer', readable: true, fault: null });
    const view = second.view();
    await settle();
    expect(second.answer(view)).toEqual(['thank']);
  });

  test('a command under way while the writer goes is done by the next one, once', async () => {
    const browser = new Browser();
    const first = browser.tab();
    await settle();
    const second = browser.tab();
    const third = browser.tab();
    await settle();
    first.stuck = true;
    const command = third.command('thank');
    await settle();
    expect(third.answer(command)).toBeUndefined();
    first.close();
    await settle();
    expect(third.answer(command)).toEqual({ command: 'c' });
    expect(second.done).toEqual(['thank']);
    expect(browser.rows.map((row) => row.key)).toEqual(['thank']);
  });

  test('a command whose answer was lost with its writer is not done again', async () => {
    const browser = new Browser();
    const first = browser.tab();
    await settle();
    const second = browser.tab();
    await settle();
    const post = first.channel.postMessage;
    first.channel.postMessage = function (message) {
      if (message.type !== 'answer') post.call(this, message);
    };
    const command = second.command('thank');
    await settle();
    first.close();
    await settle();
    expect(second.answer(command)).toEqual({});
    expect(browser.rows.map((row) => row.key)).toEqual(['thank']);
  });

  test('somebody looking again in one tab ticks the core in the other', async () => {
    const browser = new Browser();
    const first = browser.tab();
    await settle();
    const second = browser.tab();
    await settle();
    second.desk.page({ nudge: 'woke' });
    await settle();
    expect(first.done).toEqual(['tick']);
  });
});

describe('a token for the relay', () => {
  test('reaches the worker that is connected, from whichever tab it is given in', async () => {
    const browser = new Browser();
    const first = browser.tab();
    await settle();
    const second = browser.tab();
    await settle();
    first.done = [];
    second.desk.page({ token: 'open.sesame-1' });
    await settle();
    expect(first.done).toEqual(['tick']); // dialled anew
    first.desk.page({ token: 'open.sesame-1' });
    await settle();
    expect(first.done).toEqual(['tick', 'tick']);
    expect(second.done).toEqual([]);
  });
});

describe('a writer that falls silent', () => {
  test('loses the lock after ten seconds, and writes nothing when it wakes', async () => {
    const browser = new Browser();
    const first = browser.tab();
    await settle();
    const second = browser.tab();
    await settle();
    first.freeze();
    const command = second.command('thank');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(second.status?.role).toBe('reader');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(second.status).toEqual({ role: 'writer', readable: true, fault: null });
    expect(second.answer(command)).toEqual({ command: 'c' });

    first.thaw(); // and hears the command only now
    await vi.advanceTimersByTimeAsync(3_000);
    expect(browser.rows.map((row) => row.key)).toEqual(['thank']);
    expect(first.status).toEqual({ role: 'reader', readable: true, fault: null });
    const view = first.view();
    await settle();
    expect(first.answer(view)).toEqual(['thank']);
  });

  test('is told from one that speaks, and that one stays', async () => {
    const browser = new Browser();
    browser.tab();
    await settle();
    const second = browser.tab();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(second.status?.role).toBe('reader');
    expect(second.said).not.toContainEqual({ status: expect.objectContaining({ role: 'writer' }) as WorkerStatus });
  });
});

describe('without storage', () => {
  test('whatever is asked is refused with the reason', async () => {
    const browser = new Browser();
    browser.refuses = 'storage-unavailable';
    const tab = browser.tab();
    const early = tab.view();
    await settle();
    const late = tab.command('thank');
    await settle();
    expect(tab.status).toEqual({ role: 'writer', readable: false, fault: 'storage-unavailable' });
    for (const id of [early, late]) {
      expect(tab.said).toContainEqual({ answer: id, reply: '{"ok":false,"code":"storage-unavailable"}' });
    }
  });
});
