// What systemctl does for a machine in a folder (machine.mjs): it starts what the unit's ExecStart says, with the folder
// that its StateDirectory asks for, and stops it by SIGTERM. A reload of Caddy starts it with the Caddyfile that is there.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../../web/e2e/world/patience.mjs';
import { gone } from './machine.mjs';

const machine = process.env.MACHINE;
const [verb, ...rest] = process.argv.slice(2);
const unit = rest.at(-1);
const unit_file = join(machine, 'etc/systemd/system/attuned.service');
const setting = (name) => new RegExp(`^${name}=(.*)$`, 'm').exec(readFileSync(unit_file, 'utf8'))?.[1];
const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.destroy() && resolve(true));
    socket.on('error', () => resolve(false));
  });

/** Runs on after this program; its output goes to its log, from the beginning. */
function run_on(command, words, env = {}) {
  const log = openSync(join(machine, 'run', `${unit}.log`), 'w');
  const child = spawn(command, words, { detached: true, stdio: ['ignore', log, log], env: { ...process.env, ...env } });
  closeSync(log);
  child.unref();
  writeFileSync(join(machine, 'run', `${unit}.pid`), String(child.pid));
}

const start = {
  async attuned() {
    mkdirSync(join(machine, 'var/lib', setting('StateDirectory')), { recursive: true, mode: Number.parseInt(setting('StateDirectoryMode'), 8) });
    const [command, ...words] = setting('ExecStart').split(' ');
    run_on(command, words);
    const port = /^port = (\d+)$/m.exec(readFileSync(join(machine, 'etc/attune/attuned.toml'), 'utf8'))[1];
    await until(() => answers(port), () => `attuned does not answer:\n${readFileSync(join(machine, 'run/attuned.log'), 'utf8')}`);
  },
  async caddy() {
    const file = join(machine, 'etc/caddy/Caddyfile');
    const env = { XDG_DATA_HOME: join(machine, 'caddy'), XDG_CONFIG_HOME: join(machine, 'caddy'), HOME: machine };
    execFileSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', file], { stdio: 'pipe', env: { ...process.env, ...env } });
    run_on('caddy', ['run', '--adapter', 'caddyfile', '--config', file], env);
    const port = /^localhost:(\d+) \{$/m.exec(readFileSync(file, 'utf8'))[1];
    await until(() => answers(port), () => `caddy does not answer:\n${readFileSync(join(machine, 'run/caddy.log'), 'utf8')}`);
  },
};

async function stop() {
  const file = join(machine, 'run', `${unit}.pid`);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  process.kill(pid, 'SIGTERM');
  await gone(pid);
  rmSync(file);
}

switch (verb) {
  case 'daemon-reload':
    execFileSync('systemd-analyze', ['verify', '--man=no', unit_file], { stdio: ['ignore', 'inherit', 'inherit'] });
    break;
  case 'enable':
    assert.equal(rest[0], '--now');
    assert.ok(/^WantedBy=multi-user\.target$/m.test(readFileSync(unit_file, 'utf8')), 'the unit says when it is wanted');
    await start[unit]();
    break;
  case 'start':
    await start[unit]();
    break;
  case 'restart':
  case 'reload':
    await stop();
    await start[unit]();
    break;
  case 'stop':
    await stop();
    break;
  default:
    assert.fail(`systemctl ${verb}`);
}
