// The sample couple, as somebody at a keyboard gets it: ./run --demo, until it prints an address for each of the two.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { free_port, root } from './relay.mjs';

const line = /^ {2}(\S+): (http\S+#demo=\S+)$/gm;

export class Demo {
  said = '';
  #process;
  #home = mkdtempSync(join(tmpdir(), 'attune-demo-'));

  /** Resolves with the addresses by name, once all of them are printed. */
  static async start() {
    const demo = new Demo();
    demo.port = await free_port();
    const child = spawn(join(root, 'run'), ['--demo', '--port', String(demo.port)], {
      detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: demo.#home },
    });
    demo.#process = child;
    await new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (text) => {
          demo.said += text;
          if (demo.said.includes('Ctrl-C')) resolve();
        });
      }
      child.on('error', reject);
      child.on('exit', () => reject(new Error(`./run --demo ended:\n${demo.said}`)));
    });
    demo.people = [...demo.said.matchAll(line)].map(([, name, address]) => ({ name, address, origin: new URL(address).origin }));
    return demo;
  }

  /** As Ctrl-C does: all that runs in front of the terminal is told. */
  async end() {
    const child = this.#process;
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, 'SIGINT');
      await once(child, 'exit');
    }
    rmSync(this.#home, { recursive: true, force: true });
  }
}
