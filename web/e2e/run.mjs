// The journeys of real couples: real Chromium, the real relay, the real app.
//   node e2e/run.mjs [part of a file's name]…
// Two files at a time, each with a browser of its own. The last line is "N passed, N failed".
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { attuned, web_root } from './world/relay.mjs';
import { attune } from './world/terminal.mjs';

const folder = fileURLToPath(new URL('tests/', import.meta.url));
const wanted = process.argv.slice(2);
// The longest first, or one of them runs on alone at the end. The times of single tests are in what this prints.
const longest = ['canaries', 'looks', 'push', 'journey', 'network', 'devices', 'invitations', 'recovery', 'leaving'].map((name) => `${name}.mjs`);
const rank = (file) => (longest.includes(file) ? longest.indexOf(file) : longest.length);
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs') && (wanted.length === 0 || wanted.some((part) => file.includes(part))))
  .sort((a, b) => rank(a) - rank(b))
  .map((file) => join(folder, file));

for (const needed of [attuned, attune, join(web_root, 'index.html')]) {
  if (!existsSync(needed)) {
    console.error(`${needed} is missing: ./run --build-only makes it.`);
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
}

let passed = 0;
let failed = 0;
const troubles = []; // said at the end, where they are looked for
const started = performance.now();
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const ended = (stream) => new Promise((resolve) => stream.on('end', resolve));

// node:sqlite, which ages mailboxes, says of itself that it is experimental.
const stream = run({ files, concurrency: 2, timeout: 8 * 60_000, execArgv: ['--disable-warning=ExperimentalWarning'] });
stream.on('test:pass', (event) => {
  if (event.details.type === 'suite') return;
  if (event.skip !== undefined || event.todo !== undefined) {
    failed += 1;
    console.log(`FAILED  ${event.name} (skipped)`);
    return;
  }
  passed += 1;
  console.log(`passed  ${event.name} (${seconds(event.details.duration_ms)})`);
});
stream.on('test:fail', (event) => {
  if (event.details.type === 'suite') return;
  failed += 1;
  const { error } = event.details;
  troubles.push(`FAILED  ${event.name} (${seconds(event.details.duration_ms)})`, String(error.cause?.stack ?? error.cause ?? error.stack ?? error).replace(/^/gm, '        '));
  console.log(troubles.at(-2));
});
stream.on('test:stderr', (event) => process.stderr.write(event.message));
stream.resume();
await ended(stream);
for (const line of troubles) console.log(line);
console.log(`in ${seconds(performance.now() - started)}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
