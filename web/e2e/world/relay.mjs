// A real relay on a port of its own, with data of its own, that can be killed, restarted and set back.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const attuned = process.env.ATTUNED ?? join(root, 'build/bin/attuned');
export const web_root = process.env.ATTUNE_WEB ?? join(root, 'build/web');

const says_at = JSON.parse(readFileSync(join(root, 'content/en/server.json'), 'utf8'))['start.listening'].split('{')[0];

const kHeader = 208 + 64; // of a record, with its signature (docs/PROTOCOL.md)
const kSkeletonLength = 136;

export async function free_port() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export class Relay {
  log = '';
  web = web_root; // the app it serves
  #process = null;
  #options;

  constructor(port, options) {
    this.port = port;
    this.folder = mkdtempSync(join(tmpdir(), 'attune-relay-'));
    this.data = join(this.folder, 'data');
    this.#options = options;
  }

  /** `options`: more of the relay's own, such as --origins. */
  static async start(options = []) {
    const relay = new Relay(await free_port(), options);
    await relay.run();
    return relay;
  }

  get address() {
    return `http://localhost:${this.port}`;
  }
  get pid() {
    return this.#process.pid;
  }

  /** Resolves once it says where it is: it listens then. */
  async run() {
    const child = spawn(
      attuned,
      ['--port', String(this.port), '--data', this.data, '--web', this.web, '--log-level', 'debug', ...this.#options],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#process = child;
    const before = this.log.length;
    await new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (text) => {
          this.log += text;
          if (this.log.includes(says_at, before)) resolve();
        });
      }
      child.on('error', reject);
      child.on('exit', () => reject(new Error(`the relay ended at once:\n${this.log.slice(before)}`)));
    });
  }

  /** As a power cut would. */
  async kill() {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }

  /** What the relay holds now, to be put back later. Only of a relay that does not run. */
  copy() {
    const kept = join(this.folder, `copy-${Date.now()}`);
    cpSync(this.data, kept, { recursive: true });
    return kept;
  }
  put_back(kept) {
    rmSync(this.data, { recursive: true });
    cpSync(kept, this.data, { recursive: true });
  }

  /** As somebody who owns its disk can: one more record behind a stream, whoever made it. Only of a relay that does not run. */
  async write_in(stream, record, { position, history }) {
    const { DatabaseSync } = await import('node:sqlite');
    const [header, rest] = [record.subarray(0, kHeader), record.subarray(kHeader)];
    const length = Buffer.from(header).readUInt32LE(kSkeletonLength);
    const store = new DatabaseSync(join(this.data, 'attuned.db'));
    try {
      const { number, head } = store.prepare('SELECT number, head FROM streams JOIN heads ON stream = number WHERE id = ?').get(stream);
      assert.equal(position, Number(head) + 1, 'it stands behind what is newest');
      const key = BigInt(number) * 2n ** 32n + BigInt(position);
      store.prepare('INSERT INTO records (key, header, skeleton, content) VALUES (?, ?, ?, ?)').run(key, header, rest.subarray(0, length), rest.subarray(length));
      store.prepare('UPDATE heads SET head = ?, history = ? WHERE stream = ?').run(position, history, number);
    } finally {
      store.close();
    }
  }

  /** As its operator makes one, of a relay at work. Returns the folder it lies in, alone. */
  async back_up() {
    const kept = mkdtempSync(join(this.folder, 'backup-'));
    await promisify(execFile)(attuned, ['backup', '--data', this.data, join(kept, 'today')]);
    return kept;
  }

  async remove() {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
