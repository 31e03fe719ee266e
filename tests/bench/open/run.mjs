// run.mjs: a log of ten years, opened. Prints a line for each figure and ends with "N passed, N failed".
//
//   figure · median (min–max) · reference · ratio · budget · verdict
//
// Ours: from the rows a device has stored to the Today view, in WebAssembly: 100,000 encrypted padded records of *ours* and
// what its owner has of *mine*. Beside it Yjs, Loro and Automerge load and visit the same events in plain. Each sample is a
// process of its own; they take turns, so that a busy moment of the machine meets all of them. A time fails beyond three
// times its budget (the machine may be busy), memory beyond its budget.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const samples = 5;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = here('../../../');

/// One sample: {ms, bytes} or {ms, bytes, of}.
function sample(what) {
  const text = execFileSync(process.execPath, ['--expose-gc', here('sample.mjs'), what], { encoding: 'utf8', maxBuffer: 1 << 24 });
  return JSON.parse(text.trim().split('\n').at(-1));
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
const spread = (numbers) => `${ms(median(numbers))} ms (${ms(Math.min(...numbers))}–${ms(Math.max(...numbers))})`;

let passed = 0;
let failed = 0;
function verdict(figure, value, reference, ratio, budget, good) {
  if (good) passed += 1;
  else failed += 1;
  console.log(`${figure} · ${value} · ${reference} · ${ratio} · ${budget} · ${good ? 'passed' : 'FAILED'}`);
}

/// `most`: so many times the reference; three times that fails.
function time(figure, ours, name, theirs, most) {
  const ratio = median(ours) / median(theirs);
  const over = ratio > most ? `${most} (over)` : `${most}`;
  verdict(figure, spread(ours), `${name} ${spread(theirs)}`, ratio.toFixed(2), over, ratio <= 3 * most);
}

for (const dir of ['.', '../../vectors']) execFileSync(`${root}scripts/npm-ci.sh`, [here(dir)], { stdio: 'inherit' });
const folder = `${root}build/bench/open`;
// Making the log takes longer than everything else here, so it is kept as long as its maker stays what it is.
const maker = createHash('sha256').update(readFileSync(here('ten_years.mjs'))).digest('hex');
if (!existsSync(`${folder}/maker`) || readFileSync(`${folder}/maker`, 'utf8') !== maker) {
  console.log(execFileSync(process.execPath, [here('ten_years.mjs'), folder], { encoding: 'utf8' }).trim());
  writeFileSync(`${folder}/maker`, maker);
}
sample('prepare'); // a device that has opened it once and kept what it came to

/// The documents of these two are committed (fixtures.mjs makes them).
const missing = ['loro', 'automerge'].filter((name) => !existsSync(here(`fixtures/${name}.br`)));
const kinds = ['log', 'snapshot', 'yjs', 'loro', 'automerge'].filter((name) => !missing.includes(name));
const times = Object.fromEntries(kinds.map((kind) => [kind, []]));
const memory = {};
for (let turn = 0; turn < samples; turn += 1) {
  for (const kind of kinds) {
    if (kind === 'automerge' && turn > 0) continue; // one takes seconds
    const { ms: took, bytes, of } = sample(kind);
    times[kind].push(took);
    memory[kind] = { bytes, of };
  }
}

time('opening the log', times.log, 'Yjs', times.yjs, 1.5);
for (const [name, label] of [['loro', 'Loro'], ['automerge', 'Automerge']]) {
  if (missing.includes(name)) verdict('opening the log', spread(times.log), `${label}: fixtures/${name}.br is missing`, '–', '1', false);
  else time('opening the log', times.log, label, times[name], 1);
}
time('opening from a snapshot', times.snapshot, 'Yjs', times.yjs, 0.25);
const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
for (const kind of ['log', 'snapshot']) {
  const { bytes, of } = memory[kind];
  const name = kind === 'log' ? 'most memory, the log' : 'most memory, from a snapshot';
  verdict(name, mb(bytes), `records ${mb(of)}`, (bytes / of).toFixed(2), '2.5', bytes <= 2.5 * of);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
