// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Effect, Row } from './blob.ts';
import { CoreMissing, Loop, type Ports } from './loop.ts';
import type { SocketEvents } from './socket.ts';
import { StorageFault, Superseded } from './storage.ts';
import type { CoreCalls } from './wasm.ts';

/** A core that answers what it is told to and notes what it was asked. */
class SmallCore implements CoreCalls {
  rows: readonly Row[] = [];
  /** Opened early: what it has been handed. */
  here: Set<string> | null = null;
  next: Effect[] = [];
  constructor(readonly around: Around) {}
  open(_clock: unknown, rows: readonly Row[]): string {
    this.rows = rows;
    this.here = null;
    this.next = this.around.on_open;
    this.around.log.push(`open ${rows.length}`);
    return this.around.open_reply;
  }
  open_early(rows: readonly Row[]): string {
    this.around.log.push(`open early ${rows.length}`);
    this.here = new Set(rows.map((row) => row.key));
    return this.around.early_reply;
  }
  hand_over(rows: readonly Row[]): void {
    this.around.log.push(`hand over ${rows.map((row) => row.key).join(' ')}`);
    for (const row of rows) this.here?.add(row.key);
  }
  command(_clock: unknown, name: string, args: unknown): string {
    this.around.log.push(`command ${name}`);
    if (name === 'trap') throw new WebAssembly.RuntimeError('unreachable');
    this.next = (args as { effects?: Effect[] }).effects ?? [];
    return '{"ok":true,"value":1}';
  }
  view(_clock: unknown, name: string): string {
    const needs = this.around.needs[name] ?? [];
    const missing = this.here ? needs.filter((key) => !this.here!.has(key)) : [];
    if (missing.length > 0) return JSON.stringify({ ok: false, rows: missing });
    this.around.log.push(`view ${name}`);
    return `{"ok":true,"value":"${name}"}`;
  }
  #told(what: string): string {
    this.around.log.push(what);
    this.next = this.around.on[what] ?? [];
    return '{"ok":true,"value":{}}';
  }
  connected = () => this.#told('connected');
  disconnected = () => this.#told('disconnected');
  frame = (_clock: unknown, bytes: Uint8Array) => this.#told(`frame ${bytes[0]}`);
  tick = () => this.#told('tick');
  effects(): Effect[] {
    return this.next.splice(0);
  }
}

class Around {
  log: string[] = [];
  states: string[] = [];
  rows: Row[] = [];
  on: Record<string, Effect[]> = {};
  on_open: Effect[] = [];
  open_reply = '{"ok":true,"value":{}}';
  early: Row[] | null = null;
  early_reply = '{"ok":true,"value":null}';
  needs: Record<string, string[]> = {};
  /** Thousands, each of a few here. */
  records: Row[][] = [];
  on_records = () => {};
  fails: Error | null = null;
  missing = false;
  receipts = new Set<string>();
  events!: SocketEvents;
  writing: Promise<void> = Promise.resolve();
  loop: Loop;

  constructor() {
    const around = this;
    const ports: Ports = {
      async core() {
        if (around.missing) throw new CoreMissing();
        return new SmallCore(around);
      },
      storage: {
        async probe() {
          if (around.fails) throw around.fails;
        },
        async read() {
          return around.rows;
        },
        async read_early() {
          return around.early;
        },
        async read_some(keys) {
          return keys.map((key) => ({ key, value: new Uint8Array() }));
        },
        async read_records(behind) {
          around.on_records();
          return around.records[behind === null ? 0 : around.records.findIndex((rows) => rows.at(-1)?.key === behind) + 1] ?? [];
        },
        async write(rows, receipt) {
          await around.writing;
          if (around.fails) throw around.fails;
          around.log.push(`stored ${rows.map((row) => row.key).join(' ')}`);
          around.rows.push(...rows);
          if (receipt) around.receipts.add(receipt);
        },
        done: (receipt) => around.receipts.has(receipt),
      },
      socket(events) {
        around.events = events;
        return {
          dial: (relay) => void around.log.push(`dial ${relay}`),
          send: (frame) => void around.log.push(`send ${frame[0]}`),
          hang_up: () => void around.log.push('hang up'),
          give: (relay, token) => void around.log.push(`give ${relay} ${token}`),
          drop: () => {
            around.log.push('drop');
            events.disconnected();
          },
        };
      },
      clock: () => ({ ms: Date.now(), offset: 60 }),
      changed: () => void around.log.push('changed'),
      state: (fault, readable) => void around.states.push(`${fault} ${readable}`),
      superseded: () => void around.log.push('superseded'),
    };
    this.loop = new Loop(ports);
  }
  async started(): Promise<this> {
    this.loop.start();
    await this.loop.view('app', {});
    this.log.length = 0;
    return this;
  }
}

const store = (key: string): Effect => ({ kind: 'store', rows: [{ key, value: new Uint8Array([1]) }] });
const send = (byte: number): Effect => ({ kind: 'send', frame: new Uint8Array([byte]) });
const full = () => new StorageFault('disk-full');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('effects', () => {
  test('are carried out in order, each Store finished before what is behind it', async () => {
    const around = await new Around().started();
    let flush!: () => void;
    around.writing = new Promise((resolve) => (flush = resolve));
    const replied = around.loop.command('1', 'thank', { effects: [store('a'), send(7), { kind: 'changed' }] }, 0);
    await vi.advanceTimersByTimeAsync(50);
    expect(around.log).toEqual(['command thank']);
    flush();
    expect(await replied).toBe('{"ok":true,"value":1}');
    expect(around.log).toEqual(['command thank', 'stored a', 'send 7', 'changed']);
  });

  test('of one input end before the next input begins', async () => {
    const around = await new Around().started();
    let flush!: () => void;
    around.writing = new Promise((resolve) => (flush = resolve));
    void around.loop.command('1', 'first', { effects: [store('a')] }, 0);
    around.events.frame(new Uint8Array([3]));
    const second = around.loop.command('2', 'second', {}, 0);
    await vi.advanceTimersByTimeAsync(50);
    expect(around.log).toEqual(['command first']);
    flush();
    await second;
    expect(around.log).toEqual(['command first', 'stored a', 'frame 3', 'command second']);
  });

  test('no view is read while something is not stored yet, and views wait for no queue', async () => {
    const around = await new Around().started();
    let flush!: () => void;
    around.writing = new Promise((resolve) => (flush = resolve));
    void around.loop.command('1', 'first', { effects: [store('a')] }, 0);
    const last = around.loop.command('2', 'second', {}, 0);
    const view = around.loop.view('today', {});
    await vi.advanceTimersByTimeAsync(50);
    expect(around.log).toEqual(['command first']);
    flush();
    await view;
    await last;
    expect(around.log).toEqual(['command first', 'stored a', 'view today', 'command second']);
  });

  test('an alarm becomes a tick, and a new alarm takes the place of the old one', async () => {
    const around = await new Around().started();
    const alarm = (wait: number): Effect => ({ kind: 'alarm', at: Date.now() + wait });
    await around.loop.command('1', 'x', { effects: [alarm(1_000)] }, 0);
    await around.loop.command('2', 'y', { effects: [alarm(60_000)] }, 0);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(around.log).not.toContain('tick');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(around.log.filter((line) => line === 'tick')).toHaveLength(1);
  });
});

describe('an alarm', () => {
  test('that comes before its time, by the clock the core is told, is waited for on', async () => {
    const around = await new Around().started();
    await around.loop.command('1', 'x', { effects: [{ kind: 'alarm', at: Date.now() + 1_000 }] }, 0);
    vi.setSystemTime(Date.now() - 500); // the clock was set back
    await vi.advanceTimersByTimeAsync(1_000);
    expect(around.log).not.toContain('tick');
    await vi.advanceTimersByTimeAsync(500);
    expect(around.log.filter((line) => line === 'tick')).toHaveLength(1);
  });
});

describe('a failing Store', () => {
  test('stops everything behind it, is named, and leaves what was stored readable', async () => {
    const around = await new Around().started();
    around.fails = full();
    const reply = await around.loop.command('1', 'thank', { effects: [store('a'), send(7), { kind: 'changed' }] }, 0);
    expect(JSON.parse(reply)).toEqual({ ok: false, code: 'disk-full' });
    expect(around.log).not.toContain('send 7');
    expect(around.log).toContain('hang up');
    expect(around.states.at(-1)).toBe('disk-full true');
    expect(await around.loop.view('today', {})).toBe('{"ok":true,"value":"today"}');
    expect(around.receipts.size).toBe(0);
  });

  test('ends the use of a core that knows more than is stored', async () => {
    const around = await new Around().started();
    around.rows = [{ key: 'kept', value: new Uint8Array([1]) }];
    around.fails = full();
    await around.loop.command('1', 'thank', { effects: [store('a')] }, 0);
    expect(around.log.at(-2)).toBe('open 1');
  });

  test('sends nothing while the disk is full, whatever is asked', async () => {
    const around = await new Around().started();
    around.fails = full();
    await around.loop.command('1', 'thank', { effects: [store('a')] }, 0);
    around.log.length = 0;
    around.events.frame(new Uint8Array([3]));
    const reply = await around.loop.command('2', 'thank', { effects: [send(1)] }, 0);
    expect(JSON.parse(reply)).toEqual({ ok: false, code: 'disk-full' });
    expect(around.log.filter((line) => /send|command|frame|dial/.test(line))).toEqual([]);
  });

  test('is over when there is room again: by the next command, and by itself', async () => {
    const around = await new Around().started();
    around.on_open = [{ kind: 'dial', relay: 'https://relay.example' }];
    around.fails = full();
    await around.loop.command('1', 'thank', { effects: [store('a')] }, 0);
    expect(around.log).not.toContain('dial https://relay.example');
    around.fails = null;
    around.on_open = [{ kind: 'dial', relay: 'https://relay.example' }];
    expect(await around.loop.command('2', 'thank', { effects: [store('b')] }, 0)).toBe('{"ok":true,"value":1}');
    expect(around.log).toContain('dial https://relay.example');
    expect(around.states.at(-1)).toBe('null true');

    around.fails = full();
    await around.loop.command('3', 'thank', { effects: [store('c')] }, 0);
    around.fails = null;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(around.states.at(-1)).toBe('null true');
  });
});

describe('a core', () => {
  test('that stopped is replaced by a fresh one over what is stored', async () => {
    const around = await new Around().started();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const reply = await around.loop.command('1', 'trap', {}, 0);
    expect(JSON.parse(reply)).toEqual({ ok: false, code: 'core-stopped' });
    expect(around.states.at(-1)).toBe('core-stopped true');
    expect(await around.loop.command('2', 'thank', {}, 0)).toBe('{"ok":true,"value":1}');
    expect(around.states.at(-1)).toBe('null true');
  });

  test('that could not be fetched is named, and looked for again', async () => {
    const around = new Around();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    around.missing = true;
    around.loop.start();
    expect(JSON.parse(await around.loop.view('app', {}))).toEqual({ ok: false, code: 'core-missing' });
    expect(around.states.at(-1)).toBe('core-missing false');
    around.missing = false;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(around.states.at(-1)).toBe('null true');
  });

  test('that refuses what is stored says why, and nothing is written', async () => {
    const around = new Around();
    around.open_reply = '{"ok":false,"code":"data-newer"}';
    around.on_open = [store('a')];
    around.loop.start();
    expect(JSON.parse(await around.loop.command('1', 'thank', {}, 0))).toEqual({ ok: false, code: 'data-newer' });
    expect(around.log.filter((line) => line.startsWith('stored'))).toEqual([]);
  });
});

describe('a command', () => {
  test('put twice is done once', async () => {
    const around = await new Around().started();
    await around.loop.command('same', 'thank', { effects: [store('a')] }, 0);
    expect(await around.loop.command('same', 'thank', { effects: [store('a')] }, 0)).toBe('{"ok":true,"value":{}}');
    expect(around.log.filter((line) => line === 'stored a')).toHaveLength(1);
  });

  test('of a worker that lost the lock is never answered, and nothing is sent', async () => {
    const around = await new Around().started();
    around.fails = new Superseded();
    let answered = false;
    void around.loop.command('1', 'thank', { effects: [store('a'), send(1)] }, 0).then(() => (answered = true));
    await vi.advanceTimersByTimeAsync(100);
    expect(answered).toBe(false);
    expect(around.log).toContain('superseded');
    expect(around.log).not.toContain('send 1');
    around.log.length = 0;
    around.events.frame(new Uint8Array([1]));
    around.loop.tick();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(around.log).toEqual([]);
  });
});

describe('the network', () => {
  test('going away ends the connection at once; coming back dials without waiting', async () => {
    const around = await new Around().started();
    await around.loop.command('1', 'x', { effects: [{ kind: 'dial', relay: 'https://relay.example' }] }, 0);
    around.events.connected();
    await vi.advanceTimersByTimeAsync(0);
    around.loop.offline();
    await vi.advanceTimersByTimeAsync(0);
    expect(around.log).toContain('disconnected');
    around.log.length = 0;
    around.loop.online();
    await vi.advanceTimersByTimeAsync(0);
    expect(around.log).toContain('tick');
    expect(around.log.at(-1)).toBe('dial https://relay.example');
  });
  test('is broken for a token, and dialled anew with it', async () => {
    const around = await new Around().started();
    await around.loop.command('1', 'x', { effects: [{ kind: 'dial', relay: 'https://relay.example' }] }, 0);
    around.events.connected();
    await vi.advanceTimersByTimeAsync(0);
    around.log.length = 0;
    around.loop.give('open.sesame-1');
    await vi.advanceTimersByTimeAsync(0);
    expect(around.log.filter((line) => /^(drop|give|dial)/.test(line))).toEqual(['give https://relay.example open.sesame-1', 'drop', 'dial https://relay.example']);
  });
});

describe('a log of ten years', () => {
  const row = (key: string): Row => ({ key, value: new Uint8Array() });
  function old_couple(): Around {
    const around = new Around();
    around.early = [row('snapshot'), row('r/a/9')];
    around.records = [[row('r/a/0'), row('r/a/1')], [row('r/a/2'), row('r/a/9')]];
    return around;
  }

  test('shows before all of it is here, and does nothing else before', async () => {
    const around = old_couple();
    around.on_open = [send(7)];
    around.loop.start();
    const command = around.loop.command('1', 'say', {}, 0);
    await around.loop.view('app', {});
    expect(around.log).toEqual(['open early 2', 'changed', 'view app']);
    expect(around.states).toEqual(['null true']);
    await command;
    expect(around.log.slice(3)).toEqual([
      'hand over r/a/0 r/a/1', 'hand over r/a/2 r/a/9', 'open 0', 'send 7', 'changed', 'command say',
    ]);
  });

  test('fetches what a view needs at once', async () => {
    const around = old_couple();
    around.needs = { names: ['r/a/1', 'r/a/2'] };
    around.loop.start();
    await around.loop.view('names', {});
    expect(around.log).toEqual(['open early 2', 'changed', 'hand over r/a/1 r/a/2', 'view names']);
  });

  test('answers what is asked for between its thousands', async () => {
    const around = old_couple();
    let asked = Promise.resolve('');
    around.on_records = () => {
      if (around.log.includes('hand over r/a/0 r/a/1')) asked = around.loop.view('today', {});
      around.on_records = () => void (asked = around.loop.view('today', {}));
    };
    around.loop.start();
    await around.loop.command('1', 'say', {}, 0);
    await asked;
    expect(around.log.indexOf('view today')).toBeLessThan(around.log.indexOf('open 0'));
  });

  test('lets a view that needs nearly all of it wait for it', async () => {
    const around = old_couple();
    around.needs = { all: Array.from({ length: 300 }, (_, n) => `r/b/${n}`) };
    around.loop.start();
    expect(await around.loop.view('all', {})).toBe('{"ok":true,"value":"all"}');
    expect(around.log).toContain('open 0');
  });

  test('is waited for where the snapshot does not fit it', async () => {
    const around = old_couple();
    around.early_reply = '{"ok":false,"code":"storage-corrupt"}';
    around.rows = [row('a'), row('r/a/0'), row('r/a/9')];
    await around.started();
    around.loop.start();
    await around.loop.view('app', {});
    expect(around.log).toContain('open 3');
  });

  test('that turns out damaged is named', async () => {
    const around = old_couple();
    around.open_reply = '{"ok":false,"code":"storage-corrupt"}';
    around.loop.start();
    await around.loop.command('1', 'say', {}, 0);
    expect(around.states.at(-1)).toBe('storage-corrupt false');
  });
});
