// Follows docs/SELF_HOSTING.md to the letter: takes the commands out of it and runs them, in order, as one would type them.
// Three things are other than on a machine of one's own: every path lies below a folder of the test's (machine.mjs), the
// name is localhost with a free port, and Caddy makes the certificate itself, which the clients here are told to trust.
//   node tests/hosting/follow.mjs
// The last line is "N passed, N failed".
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { root, web_root } from '../../web/e2e/world/relay.mjs';
import { Terminal } from '../../web/e2e/world/terminal.mjs';
import { Machine } from './machine.mjs';

const texts = JSON.parse(readFileSync(join(root, 'content/en/server.json'), 'utf8'));

/** The commands of the document: for each heading its blocks, in order. */
const blocks = new Map();
for (const part of readFileSync(join(root, 'docs/SELF_HOSTING.md'), 'utf8').split(/^## /m).slice(1)) {
  blocks.set(part.slice(0, part.indexOf('\n')), [...part.matchAll(/^```sh\n(.*?)^```/gms)].map((found) => found[1]));
}
const followed = new Set();
const block = (heading, number) => {
  followed.add(`${heading} ${number}`);
  const found = blocks.get(heading)?.[number];
  assert.ok(found, `the document has a block ${number + 1} under “${heading}”`);
  return found;
};

let passed = 0;
let failed = 0;
async function step(what, work) {
  try {
    await work();
    passed += 1;
    console.log(`passed  ${what}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${what}\n${String(error.stack ?? error).replace(/^/gm, '        ')}`);
  }
}

/** Head and body of an answer over HTTPS. */
const fetch_from = (machine, path) =>
  new Promise((resolve, reject) => {
    get(`https://${machine.name}${path}`, { ca: machine.authority() }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    }).on('error', reject);
  });

const machine = await Machine.make();
const app_machine = await Machine.make();
const ada = new Terminal();
const ben = new Terminal();
const thank = async (by, did) => {
  await by.run('thank', '--did', did);
  await by.run('sync');
};
const arrived = (at, did) => at.until('cherish', (view) => view.thanks.length === did);

await step('the unit is one that systemd takes, and leaves the relay little', async () => {
  // How much a unit may do, from 0 to 100, by systemd's own count.
  await machine.sh('systemd-analyze security --offline=true --threshold=20 clone/deploy/attuned.service');
});

await step('what has to be done once, is done, and the last command prints ok', async () => {
  const said = await machine.follow(block('Once', 0));
  assert.ok(said.endsWith('ok'), said);
});

await step('two pair over it and thank each other', async () => {
  process.env.SSL_CERT_FILE = machine.authority_file; // of the terminal client
  await ada.run('start', '--name', 'Ada', '--relay', `https://${machine.name}`);
  await ada.run('invite');
  const { link } = await ada.view('invitation');
  await ben.run('join', link, '--name', 'Ben', '--yes');
  await ada.until('invitation', (view) => view.words.length === 4);
  await ben.until('joining', (view) => view.words.length === 4);
  await ada.run('approve', '--yes');
  await ben.run('approve', '--yes');
  for (const one of [ada, ben]) await one.until('app', (view) => view.phase === 'paired');
  await thank(ada, 'You carried the bags');
  await arrived(ben, 1);
});

await step('afterwards nobody else is let in, and the two go on', async () => {
  await machine.follow(block('Once', 1));
  await machine.says('attuned', texts['start.registration.closed']);
  await ben.run('sync');
});

await step('a backup is made while it runs, and is for its owner alone', async () => {
  await machine.follow(block('Backup', 0));
  assert.equal(machine.mode('/var/backups/attune/today'), 0o600);
  assert.equal(machine.mode('/var/backups/attune'), 0o700);
});

await step('going back to it loses nothing: the phones give back what is newer', async () => {
  await thank(ada, 'You waited in the rain');
  await machine.follow(block('Backup', 1));
  await ada.run('sync');
  await arrived(ben, 2);
});

await step('a newer version takes the place of the one before', async () => {
  await machine.follow(block('A newer version', 0));
  await machine.says('attuned', texts['start.data'].split('{')[0]);
  await ben.run('sync');
});

await step('the app by itself is the same app, with the same headers', async () => {
  await app_machine.follow(block('App and relay apart', 0));
  const theirs = await fetch_from(machine, '/');
  const apart = await fetch_from(app_machine, '/');
  assert.equal(apart.status, 200);
  assert.deepEqual(apart.body, readFileSync(join(web_root, 'index.html')));
  assert.deepEqual(apart.body, theirs.body);
  const strict = Object.keys(theirs.headers).filter((name) => /^(content-security|cross-origin|permissions|referrer|strict-transport|x-content)/.test(name));
  assert.equal(strict.length, 8, strict.join(' '));
  for (const name of strict) assert.equal(apart.headers[name], theirs.headers[name], name);
  for (const name of ['content-type', 'cache-control']) assert.equal(apart.headers[name], theirs.headers[name], name);
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(apart.body)[1];
  const both = await Promise.all([machine, app_machine].map((one) => fetch_from(one, script)));
  assert.deepEqual(both[0].body, both[1].body);
  assert.equal(both[1].headers['cache-control'], both[0].headers['cache-control']);
  // A relay anywhere may be dialled from there (web/e2e/tests/elsewhere.mjs shows two people doing so).
  const connects = /connect-src ([^;]+);/.exec(apart.headers['content-security-policy'])[1].split(' ');
  assert.deepEqual(connects, ["'self'", 'https:', 'wss:']);
});

await step('nothing of the document was left out', () => {
  for (const [heading, found] of blocks) {
    found.forEach((_, number) => assert.ok(followed.has(`${heading} ${number}`), `block ${number + 1} of “${heading}” was not followed`));
  }
});

for (const one of [ada, ben]) one.remove();
for (const one of [machine, app_machine]) await one.end(failed > 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
