// hostile-table.mjs [--check]: what a hostile relay does, what the person reads, what stays usable, as the test
// HostileRelay/HostileTable.ComesToWhatTheTableSays found it (sim_tests writes it down), put into the threat model.
// With --check nothing is written: it fails if the document says something else.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const kRows = 'build/cmake/asan/hostile-table';
const kDocument = 'docs/THREAT_MODEL.md';
const kBegin = '<!-- hostile-table: made by scripts/hostile-table.mjs -->';
const kEnd = '<!-- /hostile-table -->';

const errors = JSON.parse(read('content/en/errors.json'));
const texts = JSON.parse(read('content/en/texts.json'));

function sentence({ notice, screen }) {
  const text = notice ? errors[notice]?.what : texts[screen];
  if (notice || screen) {
    if (!text) throw new Error(`There is no sentence for ${notice || screen}.`);
    return `\`${notice || screen}\`: ${text}`;
  }
  return 'nothing';
}

// Of the stream it is done to, and of the other one.
function usable({ on, ours, mine, heals }) {
  const [there, elsewhere] = on === 'mine' ? [mine, ours] : [ours, mine];
  const until = heals ? ' until it is honest' : '';
  if (there === 'on' && elsewhere === 'on') return 'everything';
  if (there === 'waits' && elsewhere === 'waits') return `reading, export, leaving; what is written waits on the device${until}`;
  if (there === 'waits' && elsewhere === 'on') return `everything; what is written there waits on the device${until}`;
  if (there === 'over' && elsewhere === 'on') return 'reading, export, leaving, writing elsewhere; nothing more is written there';
  if (there === 'over' && elsewhere === 'over') return 'reading, export, leaving; nothing more is written';
  if (there === 'on' && elsewhere === 'waits') return `everything; what is written elsewhere waits on the device${until}`;
  throw new Error(`No words for ${on}: ours ${ours}, mine ${mine}.`);
}

const rows = readdirSync(join(root, kRows)).map((file) => JSON.parse(read(join(kRows, file)))).sort((a, b) => a.row - b.row);
if (rows.length === 0 || rows.some(({ row, of }, i) => row !== i + 1 || of !== rows.length)) throw new Error(`${kRows} is not one table.`);

const lines = [];
for (const row of rows.flatMap(({ found }) => found)) {
  const line = { deed: row.deed, on: row.on === 'both' ? ['*ours*', '*mine*'] : [`*${row.on}*`], rest: `${sentence(row)} | ${usable(row)}` };
  const last = lines.at(-1);
  if (last?.deed === line.deed && last.rest === line.rest) last.on.push(...line.on);
  else lines.push(line);
}
const table = [
  kBegin,
  '| the server … | to | you read | what stays usable |',
  '|---|---|---|---|',
  ...lines.map(({ deed, on, rest }) => `| ${deed} | ${on.join(', ')} | ${rest} |`),
  kEnd,
].join('\n');

const document = read(kDocument);
const begin = document.indexOf(kBegin);
const end = document.indexOf(kEnd);
if (begin < 0 || end < begin) throw new Error(`${kDocument} has no place for the table.`);
const made = document.slice(0, begin) + table + document.slice(end + kEnd.length);
if (made === document) {
  console.log(`${kDocument} says what the tests found: ${lines.length} rows.`);
} else if (process.argv.includes('--check')) {
  console.error(`${kDocument} does not say what the tests found. scripts/hostile-table.mjs puts it there:\n${table}`);
  process.exitCode = 1;
} else {
  writeFileSync(join(root, kDocument), made);
  console.log(`${kDocument}: ${lines.length} rows.`);
}
