// The core as a WebAssembly module: typed calls over its four exported functions (wasm/).
import { decode_effects, room_for_rows, write_rows, type Effect, type Row } from './blob.ts';
import { wasi } from './wasi.ts';

/** What a shell tells the core of the time. */
export type Clock = { ms: number; offset: number };

export function clock_now(): Clock {
  const now = new Date();
  return { ms: now.getTime(), offset: -now.getTimezoneOffset() };
}

/** Every call answers with a reply in JSON: {"ok":true,"value":…} or {"ok":false,"code":"…"}. */
export interface CoreCalls {
  open(clock: Clock, rows: readonly Row[]): string;
  /**
   * Opens so far that views can be read, if it goes well: `rows` are all but the records', and of these the newest. What
   * view() then needs and is not here it names: {"ok":false,"rows":[keys…]}. When hand_over() had the rest, open() with no
   * rows makes it whole; nothing else may be called until then.
   */
  open_early(rows: readonly Row[]): string;
  hand_over(rows: readonly Row[]): void;
  command(clock: Clock, name: string, args: unknown, hold: number): string;
  view(clock: Clock, name: string, args: unknown): string;
  connected(clock: Clock): string;
  disconnected(clock: Clock): string;
  frame(clock: Clock, bytes: Uint8Array): string;
  tick(clock: Clock): string;
  /** What the last call wants done, in order. */
  effects(): Effect[];
}

type Exports = {
  memory: WebAssembly.Memory;
  _initialize(): void;
  attune_alloc(length: number): number;
  attune_free(at: number): void;
  attune_call(op: number, at: number, length: number): number;
};

const kOp = { open: 1, command: 2, view: 3, connected: 4, disconnected: 5, frame: 6, tick: 7, effects: 8, rows: 9, open_early: 10 } as const;
/** Rows handed over in one call: a log of ten years never lies in memory twice. */
const kRowsAtOnce = 2_000;
const kAhead = 16_000_000;
/** What a snapshot comes to, and the rows it is read from, in memory: so many times their bytes. */
const kEarly = 4;

/** A fresh core with nothing in it. A module that has trapped is thrown away and never called again. */
export async function instantiate(module: WebAssembly.Module): Promise<CoreCalls> {
  let exports: Exports;
  const instance = await WebAssembly.instantiate(module, wasi(() => exports.memory));
  exports = instance.exports as Exports;
  exports._initialize();

  /** `write` puts the input where the module reads it, and returns its size: `room` at most. */
  const call_with = (number: number, room: number, write: (into: Uint8Array) => number): Uint8Array<ArrayBuffer> => {
    const at = exports.attune_alloc(room);
    if (at === 0 && room > 0) throw new RangeError('the module has no memory left');
    const size = write(new Uint8Array(exports.memory.buffer, at >>> 0, room));
    const result = exports.attune_call(number, at, size) >>> 0;
    exports.attune_free(at);
    const length = new DataView(exports.memory.buffer).getUint32(result, true);
    const bytes = new Uint8Array(exports.memory.buffer, result + 4, length).slice();
    exports.attune_free(result);
    return bytes;
  };
  const call = (number: number, input: Uint8Array) => call_with(number, input.length, (into) => {
    into.set(input);
    return input.length;
  });
  const timed = (number: number, clock: Clock, body: Uint8Array = new Uint8Array()): string => {
    const input = new Uint8Array(12 + body.length);
    const words = new DataView(input.buffer);
    words.setBigInt64(0, BigInt(clock.ms), true);
    words.setInt32(8, clock.offset, true);
    input.set(body, 12);
    return new TextDecoder().decode(call(number, input));
  };
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  /** The memory grows once, not page by page: each time costs the engine more than the rows do. */
  const grow = (bytes: number) => exports.attune_free(exports.attune_alloc(bytes));
  const hand_over = (rows: readonly Row[]) => {
    const parts: { some: readonly Row[]; room: number }[] = [];
    let total = 0;
    for (let at = 0; at < rows.length; at += kRowsAtOnce) {
      const some = rows.slice(at, at + kRowsAtOnce);
      const room = room_for_rows(some);
      parts.push({ some, room });
      total += room;
    }
    grow(total + kAhead);
    for (const { some, room } of parts) call_with(kOp.rows, room, (into) => write_rows(some, into));
  };

  return {
    open: (clock, rows) => {
      hand_over(rows);
      return timed(kOp.open, clock);
    },
    open_early: (rows) => {
      const sorted = rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      const room = room_for_rows(rows);
      grow(kEarly * room);
      return new TextDecoder().decode(call_with(kOp.open_early, room, (into) => write_rows(sorted, into)));
    },
    hand_over,
    command: (clock, name, args, hold) => timed(kOp.command, clock, json({ name, args, hold })),
    view: (clock, name, args) => timed(kOp.view, clock, json({ name, args })),
    connected: (clock) => timed(kOp.connected, clock),
    disconnected: (clock) => timed(kOp.disconnected, clock),
    frame: (clock, bytes) => timed(kOp.frame, clock, bytes),
    tick: (clock) => timed(kOp.tick, clock),
    effects: () => decode_effects(call(kOp.effects, new Uint8Array())),
  };
}
