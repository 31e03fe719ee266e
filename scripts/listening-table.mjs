// listening-table.mjs [--check]: who may do what at which stage of a listening session, as the test
// ListeningTable.IsWrittenDownFromWhatThePracticeAnswers found it (sim_tests writes it down), put into docs/LISTENING.md.
// With --check nothing is written: it fails if the document says something else.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const kFound = 'build/cmake/asan/listening-table.json';
const kDocument = 'docs/LISTENING.md';
const kBegin = '<!-- table: begin -->';
const kEnd = '<!-- table: end -->';

const words = (cell) => cell.split(' / ').map((each) => (each === 'yes' ? '**yes**' : each)).join(' / ');
const line = (cells) => `| ${cells.join(' | ')} |`;

const tables = JSON.parse(read(kFound));
if (tables.length === 0) throw new Error(`${kFound} holds no tables.`);
const text = tables
  .map(({ title, columns, rows }) => [
    `${title}:`,
    '',
    line(['', ...columns]),
    line(Array(columns.length + 1).fill('---')),
    ...rows.map(({ row, cells }) => line([row, ...cells.map(words)])),
  ].join('\n'))
  .join('\n\n');

const document = read(kDocument);
const begin = document.indexOf(kBegin);
const end = document.indexOf(kEnd);
if (begin < 0 || end < begin) throw new Error(`${kDocument} has no place for the tables.`);
const made = `${document.slice(0, begin)}${kBegin}\n${text}\n${document.slice(end)}`;
const count = tables.reduce((sum, { rows }) => sum + rows.length, 0);
if (made === document) {
  console.log(`${kDocument} says what the practice answers: ${count} rows.`);
} else if (process.argv.includes('--check')) {
  console.error(`${kDocument} does not say what the practice answers. scripts/listening-table.mjs puts it there:\n${text}`);
  process.exitCode = 1;
} else {
  writeFileSync(join(root, kDocument), made);
  console.log(`${kDocument}: ${count} rows.`);
}
