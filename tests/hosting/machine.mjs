// A machine to host on, in a folder: a clone whose deploy/ has its paths below the folder, and commands that would change
// the real machine replaced by ones that do the same there (commands/). Programs run as they are: attuned, caddy, curl,
// install, sed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { free_port, root } from '../../web/e2e/world/relay.mjs';
import { until } from '../../web/e2e/world/patience.mjs';

const commands = fileURLToPath(new URL('commands/', import.meta.url));
const outside = /(?<=^|[\s"'=])\/(?=(usr\/local|etc|var)\/)/gm;

export class Machine {
  static async make() {
    const machine = new Machine();
    machine.folder = mkdtempSync(join(tmpdir(), 'attune-hosting-'));
    machine.name = `localhost:${await free_port()}`;
    machine.relay_port = await free_port();
    for (const folder of ['clone/build', 'run', 'var/lib', 'var/backups', 'caddy']) mkdirSync(join(machine.folder, folder), { recursive: true });
    for (const built of ['bin', 'web']) symlinkSync(join(root, 'build', built), join(machine.folder, 'clone/build', built));
    cpSync(join(root, 'deploy'), join(machine.folder, 'clone/deploy'), { recursive: true });
    for (const file of readdirSync(join(machine.folder, 'clone/deploy'))) machine.#settle(join(machine.folder, 'clone/deploy', file));
    return machine;
  }

  /** One file of deploy/ for this machine: its paths, the relay's port, and who vouches for the certificate. */
  #settle(file) {
    let text = this.below(readFileSync(file, 'utf8')).replaceAll('127.0.0.1:8420', `127.0.0.1:${this.relay_port}`);
    if (file.endsWith('.toml')) text += `port = ${this.relay_port}\n`;
    if (/Caddyfile/.test(file)) text = `{\n\tadmin off\n\tauto_https disable_redirects\n\tlocal_certs\n\tskip_install_trust\n}\n${text}`;
    writeFileSync(file, text);
  }

  /** The text with its paths below the folder. */
  below(text) {
    return text.replace(outside, `${this.folder}/`);
  }

  /** Runs a block of the document; answers with what it printed. Any command that fails ends it. */
  async follow(block) {
    assert.ok(!/[^\S\n]\/(?!usr\/local|etc|var)[a-z]/.test(block), 'every path of the document is one this machine has');
    return this.sh(this.below(block).replace(/^NAME=.*$/m, `NAME=${this.name}`), join(this.folder, 'clone'));
  }

  sh(script, cwd = this.folder) {
    return new Promise((resolve, reject) => {
      const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
        cwd,
        env: {
          ...process.env,
          PATH: `${commands}:${join(this.folder, 'usr/local/bin')}:${process.env.PATH}`,
          MACHINE: this.folder,
          NODE: process.execPath,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let out = '';
      let said = '';
      child.stdout.on('data', (text) => (out += text));
      child.stderr.on('data', (text) => (said += text));
      child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`ended with ${code}:\n${script}\n${said}${out}`))));
    });
  }

  get authority_file() {
    return join(this.folder, 'caddy/caddy/pki/authorities/local/root.crt');
  }
  authority() {
    return readFileSync(this.authority_file);
  }
  /** Until the log of a unit says so; it takes connections a moment before. */
  says(unit, words) {
    const log = () => readFileSync(join(this.folder, 'run', `${unit}.log`), 'utf8');
    return until(() => log().includes(words), () => `${unit} does not say “${words}”, but:\n${log()}`);
  }
  mode(path) {
    return statSync(join(this.folder, path)).mode & 0o777;
  }

  /** Ends what runs on it. With `keep` the folder stays, to be looked at. */
  async end(keep) {
    for (const unit of ['caddy', 'attuned']) {
      if (existsSync(join(this.folder, 'run', `${unit}.pid`))) await this.sh(`systemctl stop ${unit}`);
    }
    if (keep) console.log(`left in ${this.folder}`);
    else rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Until a process is gone. */
export const gone = (pid) =>
  until(
    () => {
      try {
        process.kill(pid, 0);
        return new Promise((resolve) => setImmediate(resolve, false));
      } catch {
        return true;
      }
    },
    () => `process ${pid} does not end`,
  );
