// device.mjs: one device on a module of ours, with a real connection: what the web app's worker does, without a browser.
// Whatever the module wants stored lies in `rows`; a second device begun on a copy of them is the same device later.
import { give, open_module } from './wasi.mjs';

const op = { open: 1, command: 2, view: 3, connected: 4, disconnected: 5, frame: 6, tick: 7, effects: 8 };
const effect = { store: 1, dial: 2, hang_up: 3, send: 4, changed: 5, alarm: 6 };
const deleted = 0xffff_ffff;
const patience = Number(process.env.PATIENCE ?? 20_000); // the longest anything may take to become so, in ms

/** Reads the module's little-endian bytes forward. */
class Reader {
  #bytes;
  #at = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  get ended() {
    return this.#at === this.#bytes.length;
  }
  take(length) {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
  u8 = () => this.take(1).readUInt8();
  u16 = () => this.take(2).readUInt16LE();
  u32 = () => this.take(4).readUInt32LE();
}

function written(rows) {
  const parts = [];
  for (const [key, value] of rows) {
    const head = Buffer.alloc(2);
    head.writeUInt16LE(Buffer.byteLength(key));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(value.length);
    parts.push(head, Buffer.from(key), length, value);
  }
  return Buffer.concat(parts);
}

export class Device {
  rows;
  #exports;
  #socket = null;
  #alarm;
  #waiting = new Set();
  #ended = false;

  /** `module`: bytes of a module, or its address. `rows`: of a device that has been; none: a fresh one. */
  static async open(module, rows = new Map()) {
    const device = new Device();
    device.#exports = await open_module(module);
    device.rows = new Map(rows);
    device.#told(device.#call(op.open, device.#now(), written(device.rows)));
    device.#carry_out();
    return device;
  }

  /** Resolves with its value once it is accepted; throws the refusal's code. */
  command(name, args = {}) {
    const value = this.#told(this.#call(op.command, this.#now(), Buffer.from(JSON.stringify({ name, args, hold: 0 }))));
    this.#carry_out();
    return value;
  }
  view(name, args = {}) {
    return this.#told(this.#call(op.view, this.#now(), Buffer.from(JSON.stringify({ name, args }))));
  }
  /** Until a view is as wanted; looked at whenever something has changed. */
  until(name, wanted, args = {}) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const view = this.view(name, args);
        if (!wanted(view)) return;
        clearTimeout(limit);
        this.#waiting.delete(look);
        resolve(view);
      };
      const limit = setTimeout(() => reject(new Error(`"${name}" did not become what was wanted, but: ${JSON.stringify(this.view(name, args))}`)), patience);
      this.#waiting.add(look);
      look();
    });
  }
  /** Connected, and nothing waits that leaves by itself. */
  settled() {
    return this.until('app', ({ sync }) => sync.connection === 'online' && !sync.busy && sync.on_this_phone === sync.resting);
  }
  /** Connects anew, which is when private things leave. */
  again() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#input(op.disconnected);
    return this.settled();
  }
  end() {
    this.#ended = true;
    clearTimeout(this.#alarm);
    this.#socket?.close();
  }

  // ---- the boundary

  #call(number, ...parts) {
    const input = Buffer.concat(parts);
    const at = give(this.#exports, input);
    const answer = this.#exports.attune_call(number, at, input.length) >>> 0;
    this.#exports.attune_free(at);
    const { buffer } = this.#exports.memory;
    const length = new DataView(buffer).getUint32(answer, true);
    const bytes = Buffer.from(new Uint8Array(buffer, answer + 4, length));
    this.#exports.attune_free(answer);
    return bytes;
  }
  #now() {
    const now = Buffer.alloc(12);
    now.writeBigInt64LE(BigInt(Date.now()));
    return now;
  }
  #told(bytes) {
    const reply = JSON.parse(bytes.toString('utf8'));
    if (!reply.ok) throw new Error(reply.code);
    return reply.value;
  }
  #input(number, body = Buffer.alloc(0)) {
    if (this.#ended) return;
    this.#told(this.#call(number, this.#now(), body));
    this.#carry_out();
  }

  #carry_out() {
    const reader = new Reader(this.#call(op.effects));
    for (let left = reader.u32(); left > 0; left -= 1) {
      const type = reader.u8();
      const body = reader.take(reader.u32());
      if (type === effect.store) this.#store(new Reader(body));
      else if (type === effect.dial) this.#dial(body.toString('utf8'));
      else if (type === effect.hang_up) this.#hang_up();
      else if (type === effect.send) this.#socket?.readyState === WebSocket.OPEN && this.#socket.send(body);
      else if (type === effect.alarm) this.#wake_at(Number(body.readBigInt64LE()));
    }
    for (const look of this.#waiting) look();
  }
  #store(reader) {
    while (!reader.ended) {
      const key = reader.take(reader.u16()).toString('utf8');
      const length = reader.u32();
      if (length === deleted) this.rows.delete(key);
      else this.rows.set(key, Buffer.from(reader.take(length)));
    }
  }
  #dial(relay) {
    this.#hang_up();
    const socket = new WebSocket(`${relay.replace(/^http/, 'ws')}/relay`);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    const mine = (act) => (event) => {
      if (this.#socket === socket) act(event);
    };
    socket.onopen = mine(() => this.#input(op.connected));
    socket.onmessage = mine(({ data }) => this.#input(op.frame, Buffer.from(data)));
    socket.onclose = mine(() => {
      this.#socket = null;
      this.#input(op.disconnected);
    });
  }
  #hang_up() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
  #wake_at(at) {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.#input(op.tick), Math.min(Math.max(0, at - Date.now()), 2 ** 31 - 1));
  }
}

/** Two devices of two people, nothing begun: afterwards they are a couple at that relay. */
export async function pair(a, b, relay, names = ['Ada', 'Ben']) {
  a.command('space.start', { name: names[0], relay });
  a.command('space.invite', { app: relay });
  const { link } = await a.until('invitation', ({ state, link }) => state === 'waiting' && link !== '');
  await a.settled();
  b.command('space.join', { link });
  await b.until('joining', ({ ready }) => ready);
  b.command('space.accept', { name: names[1] });
  const { words } = await a.until('invitation', ({ state }) => state === 'compare');
  await b.until('joining', (view) => view.state === 'compare' && JSON.stringify(view.words) === JSON.stringify(words));
  a.command('space.same-words', { words });
  b.command('space.same-words', { words });
  for (const device of [a, b]) {
    await device.until('app', ({ phase }) => phase === 'paired');
    await device.settled();
  }
}
