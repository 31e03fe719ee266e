// gtests.mjs PROGRAM FOLDER: runs a GoogleTest program in shares, as many at a time as there are cores; the reports go into
// the folder. Ends with "N passed, N failed". A test that was skipped, is disabled or did not come to its end has failed.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';

const [program, folder] = process.argv.slice(2);
const cores = availableParallelism();
const shares = 4 * cores; // small enough that no core waits long for the last one

let passed = 0;
let failed = 0;
const troubles = [];
const trouble = (sentence) => {
  failed += 1;
  troubles.push(sentence);
};

/** Its standard output and error in the order in which they came, and its exit status. */
function run(share, report) {
  return new Promise((resolve) => {
    const output = [];
    const child = spawn(program, [`--gtest_output=json:${report}`], {
      env: { ...process.env, GTEST_TOTAL_SHARDS: shares, GTEST_SHARD_INDEX: share }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => output.push(bytes));
    child.on('error', (error) => resolve({ output: String(error), status: 127 }));
    child.on('close', (code, signal) => resolve({ output: Buffer.concat(output).toString(), status: code ?? signal }));
  });
}

function count(report, status, output) {
  let suites;
  try {
    suites = JSON.parse(readFileSync(report, 'utf8')).testsuites;
  } catch {
    passed += output.match(/^\[ {7}OK \]/gm)?.length ?? 0;
    const last = output.match(/^\[ RUN {6}\] .*$/gm)?.at(-1)?.slice(13) ?? 'nothing';
    trouble(`ended with ${status} without a report, after: ${last}`);
    return;
  }
  const before = failed;
  for (const suite of suites) {
    for (const test of suite.testsuite) {
      if (test.status === 'RUN' && test.result === 'COMPLETED' && !test.failures?.length) passed += 1;
      else trouble(`${suite.name}.${test.name} ${test.failures?.length ? 'failed' : 'did not run'}`);
    }
  }
  if (status !== 0 && failed === before) trouble(`ended with ${status}, though no test failed`);
}

mkdirSync(folder, { recursive: true });
let next = 0;
await Promise.all(Array.from({ length: cores }, async () => {
  while (next < shares) {
    const share = next++;
    const report = join(folder, `${basename(program)}.${share}.json`);
    rmSync(report, { force: true });
    const { output, status } = await run(share, report);
    process.stdout.write(output);
    count(report, status, output);
  }
}));
for (const one of troubles) console.log(one);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
