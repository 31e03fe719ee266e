// A person at a terminal: the real program, one home folder.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './patience.mjs';
import { root } from './relay.mjs';
import { what } from './texts.mjs';

export const attune = process.env.ATTUNE ?? join(root, 'build/bin/attune');

export class Terminal {
  constructor() {
    this.home = mkdtempSync(join(tmpdir(), 'attune-home-'));
  }

  /** Runs one verb to its end; answers with what it printed. */
  run(...words) {
    return new Promise((resolve, reject) => {
      const child = spawn(attune, ['--home', this.home, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
      let out = '';
      let said = '';
      child.stdout.on('data', (text) => (out += text));
      child.stderr.on('data', (text) => (said += text));
      child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`attune ${words.join(' ')} ended with ${code}:\n${said}${out}`))));
    });
  }

  /** Looks at an invitation and takes it up. The relay may not have it yet: this is quicker than anybody who copies a link. */
  async join(link, name) {
    await until(
      () => this.run('join', link, '--name', name, '--yes').then(
        () => true,
        (error) => {
          if (!error.message.includes(what('link-unknown'))) throw error;
          return false;
        },
      ),
      () => 'the relay has never come to know the link',
    );
  }

  /** A command by its own name; answers with its value. */
  async command(name, args = {}) {
    return JSON.parse(await this.run('--json', 'do', name, JSON.stringify(args))).value;
  }

  async view(name, args = {}) {
    const reply = JSON.parse(await this.run('--json', 'show', name, JSON.stringify(args)));
    return reply.value;
  }

  /** Meets the relay until a view is as wanted. */
  until(name, wanted) {
    let view;
    return until(
      async () => {
        view = await this.view(name);
        if (wanted(view)) return view;
        await this.run('sync');
        return null;
      },
      () => `"${name}" did not become what was wanted, but: ${JSON.stringify(view)}`,
    );
  }

  remove() {
    rmSync(this.home, { recursive: true, force: true });
  }
}
