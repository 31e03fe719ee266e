// What goes over the wire between browsers and the relay: a plain proxy that counts and keeps every byte, WebSocket
// messages unmasked, so that they can be searched.
import { connect, createServer } from 'node:net';
import { once } from 'node:events';

const upgraded = Buffer.from('\r\nupgrade: websocket');

/** Payloads of the frames a browser sends, with their mask taken off. */
class Unmasker {
  #left = Buffer.alloc(0);
  read(chunk) {
    this.#left = Buffer.concat([this.#left, chunk]);
    const out = [];
    for (;;) {
      const bytes = this.#left;
      if (bytes.length < 2) break;
      let length = bytes[1] & 0x7f;
      let at = 2;
      if (length === 126) {
        if (bytes.length < 4) break;
        length = bytes.readUInt16BE(2);
        at = 4;
      } else if (length === 127) {
        if (bytes.length < 10) break;
        length = Number(bytes.readBigUInt64BE(2));
        at = 10;
      }
      const masked = (bytes[1] & 0x80) !== 0;
      const end = at + (masked ? 4 : 0) + length;
      if (bytes.length < end) break;
      const payload = Buffer.from(bytes.subarray(end - length, end));
      if (masked) for (let index = 0; index < length; index += 1) payload[index] ^= bytes[at + (index & 3)];
      out.push(payload);
      this.#left = bytes.subarray(end);
    }
    return Buffer.concat(out);
  }
}

const end_of_head = (bytes) => (bytes.includes('\r\n\r\n') ? bytes.indexOf('\r\n\r\n') + 4 : Infinity);

/** The messages of what a relay sends on a WebSocket, each as it stands on the wire, with the type of Attune's message in it. */
class Messages {
  #left = Buffer.alloc(0);
  #upgraded = false;
  *read(chunk) {
    this.#left = Buffer.concat([this.#left, chunk]);
    for (;;) {
      const bytes = this.#left;
      const [at, end] = this.#upgraded ? this.#frame(bytes) : [0, end_of_head(bytes)];
      if (bytes.length < end) return;
      this.#left = bytes.subarray(end);
      yield { type: this.#upgraded ? bytes[at] : 0, bytes: bytes.subarray(0, end) };
      this.#upgraded = true;
    }
  }
  /** Where what is in the first frame begins and ends; the relay sends each message in one. */
  #frame(bytes) {
    if (bytes.length < 10) return bytes.length < 2 || bytes[1] > 125 ? [0, Infinity] : [2, 2 + bytes[1]];
    const short = bytes[1];
    if (short < 126) return [2, 2 + short];
    return short === 126 ? [4, 4 + bytes.readUInt16BE(2)] : [10, 10 + Number(bytes.readBigUInt64BE(2))];
  }
}

const kRecords = 0x86; // docs/PROTOCOL.md

export class Wire {
  sent = []; // by browsers
  answers = [];
  received = 0; // bytes, as they came
  paths = [];
  #newest = null; // the browser's end of the newest WebSocket, and the relay's
  #server;
  #sockets = new Set();
  #held = null; // records that come later

  /** `port`: where browsers come to; the relay must know that origin as its own if they are to write. */
  static async before(relay, port = 0) {
    const wire = new Wire();
    wire.#server = createServer((browser) => wire.#pass(browser, relay.port)).listen(port, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }
  get address() {
    return `http://localhost:${this.#server.address().port}`;
  }

  #pass(browser, port) {
    const relay = connect(port, '127.0.0.1');
    let unmasker = null;
    let messages = null;
    let first = true;
    for (const socket of [browser, relay]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        browser.destroy();
        relay.destroy();
      });
    }
    browser.on('data', (chunk) => {
      if (unmasker) this.sent.push(unmasker.read(chunk));
      else {
        this.sent.push(chunk);
        const head = chunk.toString('latin1');
        for (const [, path] of head.matchAll(/^GET (\S+) /gm)) this.paths.push(path);
        if (first && head.toLowerCase().includes(upgraded.toString())) {
          unmasker = new Unmasker();
          this.#newest = relay;
          if (this.#held) messages = new Messages();
        }
        first = false;
      }
      relay.write(chunk);
    });
    relay.on('data', (chunk) => {
      this.received += chunk.length;
      this.answers.push(chunk);
      if (!messages) browser.write(chunk);
      for (const { type, bytes } of messages?.read(chunk) ?? []) {
        if (this.#held && type === kRecords) this.#held.push(() => browser.write(bytes));
        else browser.write(bytes);
      }
    });
  }

  /** What the relay says on the newest WebSocket comes later; what the browser says goes on. */
  hold_newest() {
    const relay = this.#newest;
    relay.pause();
    return { release: () => relay.resume() };
  }

  /** On WebSockets opened from here on the relay hands out no record, and all else; what it has tried to goes on once released. */
  hold_records() {
    const held = (this.#held = []);
    return {
      release: () => {
        this.#held = null;
        for (const write of held) write();
      },
    };
  }

  /** Everything that was said, one way and the other. */
  get said() {
    return Buffer.concat([...this.sent, ...this.answers]);
  }

  async close() {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
