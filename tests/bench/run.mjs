// node tests/bench/run.mjs [PART…]: measures, and prints each figure beside its reference of the same run and its budget.
// A part is the program of relay/, or the run.mjs of another folder here. It is given a folder of its own to write to and the
// number of rounds, and prints its figures as lines of JSON (judge.mjs says which); or it has rounds of its own, then it prints
// the rows of the table itself, and "N passed, N failed" at its end. The last line is "N passed, N failed" over all of them.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge, table } from './judge.mjs';

const kRounds = 5;
const root = fileURLToPath(new URL('../../', import.meta.url));
const parts = { relay: [join(root, 'build/cmake/release/attune_bench')] };
for (const name of readdirSync(join(root, 'tests/bench'))) {
  const script = join(root, 'tests/bench', name, 'run.mjs');
  if (existsSync(script)) parts[name] = [process.execPath, script];
}

// On the disk of the clone: where there is a file system in memory, it is elsewhere.
mkdirSync(join(root, 'build/bench'), { recursive: true });
const folder = mkdtempSync(join(root, 'build/bench/run-'));
const tidy = () => rmSync(folder, { recursive: true, force: true });
process.on('exit', tidy);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

/** What a part prints, and its status; what it complains about is shown as it comes. */
const output_of = ([program, ...words]) =>
  new Promise((resolve) => {
    const child = spawn(program, [...words, folder, String(kRounds)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more) => (text += more));
    child.on('error', (error) => resolve({ text: '', status: error.message }));
    child.on('close', (code, signal) => resolve({ text, status: code ?? signal }));
  });

let passed = 0;
let failed = 0;
const rows = [['figure', 'median (min–max)', 'reference', 'ratio', 'budget', 'verdict']];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
for (const part of wanted.filter((name) => !(name in parts))) {
  failed += 1;
  console.log(`FAILED: there is no part ${part}, but: ${Object.keys(parts).join(', ')}`);
}
for (const part of wanted.filter((name) => name in parts)) {
  const started = performance.now();
  const { text, status } = await output_of(parts[part]);
  const figures = text.split('\n').filter((line) => line.startsWith('{'));
  for (const line of figures) {
    const judged = judge(JSON.parse(line), kRounds);
    rows.push(judged.row);
    if (judged.passed === true) passed += 1;
    if (judged.passed === false) failed += 1;
  }
  const own = text.split('\n').map((line) => line.split(' · ')).filter((cells) => cells.length === rows[0].length);
  rows.push(...own);
  const [, good, bad] = (text.match(/^\d+ passed, \d+ failed$/gm)?.at(-1) ?? '0 passed, 0 failed').match(/(\d+) passed, (\d+) failed/);
  passed += Number(good);
  failed += Number(bad);
  console.log(`${part}: ${figures.length + own.length} figures in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  if ((status !== 0 && Number(bad) === 0) || figures.length + own.length === 0) {
    failed += 1;
    console.log(`FAILED: ${part} ended with ${status}`);
  }
}
console.log(`Medians of ${kRounds} rounds; a ratio is that of a round. Times and ratios fail beyond three times the budget, bytes beyond it.`);
for (const line of table(rows)) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
