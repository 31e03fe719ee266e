// A line as slow as Lighthouse's "slow 4G" between a browser and a relay: 150 ms there and back, 1.6 Mbit/s down,
// 0.75 Mbit/s up, shared by all connections. A connection costs two ways there and back before it carries anything, as
// TCP and TLS 1.3 do. Everything goes over it: page, workers, service worker, WebSocket. It counts what came down.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const one_way = 75; // ms
const down = (1.6e6 / 8) / 1000; // bytes a ms
const up = (0.75e6 / 8) / 1000;
const packet_size = 1460;

/** One direction of the line: bytes leave one after the other, and arrive `one_way` later. */
class Lane {
  #free = 0;
  constructor(bytes_a_ms) {
    this.bytes_a_ms = bytes_a_ms;
  }
  arrives(bytes) {
    this.#free = Math.max(this.#free, performance.now()) + bytes / this.bytes_a_ms;
    return this.#free + one_way;
  }
}

export class SlowLine {
  received = 0;
  #server;
  #sockets = new Set();

  static async before(relay, port = 0) {
    const line = new SlowLine();
    const lanes = { down: new Lane(down), up: new Lane(up) };
    line.#server = createServer((browser) => line.#pass(browser, connect(relay.port, '127.0.0.1'), lanes)).listen(port, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }
  get address() {
    return `http://localhost:${this.#server.address().port}`;
  }

  #pass(browser, relay, lanes) {
    const ready = performance.now() + 4 * one_way;
    const carry = (from, to, lane, count) => {
      const waiting = [];
      let timer;
      const deliver = () => {
        while (waiting.length > 0 && waiting[0].due <= performance.now()) {
          const { packet } = waiting.shift();
          if (packet === null) to.destroy();
          else if (to.writable) to.write(packet);
        }
        timer = waiting.length > 0 ? setTimeout(deliver, Math.max(1, waiting[0].due - performance.now())) : undefined;
      };
      const send = (packet) => {
        waiting.push({ packet, due: Math.max(lane.arrives(packet?.length ?? 0), ready + one_way) });
        timer ??= setTimeout(deliver, one_way);
      };
      // Packet by packet, so that a large answer does not hold up a small one on another connection.
      from.on('data', (chunk) => {
        count(chunk.length);
        for (let at = 0; at < chunk.length; at += packet_size) send(chunk.subarray(at, at + packet_size));
      });
      from.on('close', () => send(null));
      from.on('error', () => {});
      this.#sockets.add(from);
    };
    carry(browser, relay, lanes.up, () => {});
    carry(relay, browser, lanes.down, (bytes) => (this.received += bytes));
  }

  async close() {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
