// The core as a WebAssembly module: typed calls over its four exported functions (wasm/).
import { decodeEffects, encodeRows, type Effect, type Row } from './blob.ts';
import { wasi } from './wasi.ts';

/** What a shell tells the core of the time. */
export type Clock = { ms: number; offset: number };

export function clockNow(): Clock {
  const now = new Date();
  return { ms: now.getTime(), offset: -now.getTimezoneOffset() };
}

/** Every call answers with a reply in JSON: {"ok":true,"value":…} or {"ok":false,"code":"…"}. */
export interface CoreCalls {
  open(clock: Clock, rows: readonly Row[]): string;
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

const op = { open: 1, command: 2, view: 3, connected: 4, disconnected: 5, frame: 6, tick: 7, effects: 8 } as const;

/** A fresh core with nothing in it. A module that has trapped is thrown away and never called again. */
export async function instantiate(module: WebAssembly.Module): Promise<CoreCalls> {
  let exports: Exports;
  const instance = await WebAssembly.instantiate(module, wasi(() => exports.memory));
  exports = instance.exports as Exports;
  exports._initialize();

  const call = (number: number, input: Uint8Array): Uint8Array<ArrayBuffer> => {
    const at = exports.attune_alloc(input.length);
    new Uint8Array(exports.memory.buffer, at >>> 0, input.length).set(input);
    const result = exports.attune_call(number, at, input.length) >>> 0;
    exports.attune_free(at);
    const length = new DataView(exports.memory.buffer).getUint32(result, true);
    const bytes = new Uint8Array(exports.memory.buffer, result + 4, length).slice();
    exports.attune_free(result);
    return bytes;
  };
  const timed = (number: number, clock: Clock, body: Uint8Array = new Uint8Array()): string => {
    const input = new Uint8Array(12 + body.length);
    const words = new DataView(input.buffer);
    words.setBigInt64(0, BigInt(clock.ms), true);
    words.setInt32(8, clock.offset, true);
    input.set(body, 12);
    return new TextDecoder().decode(call(number, input));
  };
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  return {
    open: (clock, rows) => timed(op.open, clock, encodeRows(rows)),
    command: (clock, name, args, hold) => timed(op.command, clock, json({ name, args, hold })),
    view: (clock, name, args) => timed(op.view, clock, json({ name, args })),
    connected: (clock) => timed(op.connected, clock),
    disconnected: (clock) => timed(op.disconnected, clock),
    frame: (clock, bytes) => timed(op.frame, clock, bytes),
    tick: (clock) => timed(op.tick, clock),
    effects: () => decodeEffects(call(op.effects, new Uint8Array())),
  };
}
