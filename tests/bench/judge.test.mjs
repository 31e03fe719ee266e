// node tests/bench/judge.test.mjs: what is judged of the figures. The last line is "N passed, N failed".
import assert from 'node:assert/strict';
import { judge, median, short, table } from './judge.mjs';

let passed = 0;
let failed = 0;
function says(what, test) {
  try {
    test();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${what}\n${String(error.stack ?? error).replace(/^/gm, '        ')}`);
  }
}

const five = (value) => [value, value, value, value, value];
const time = (ms, budget = { 'at most': 3 }) => ({ figure: 'f', unit: 'ms', runs: five(ms), reference: 'r', references: five(1), budget });
const verdict = (figure) => judge(figure, 5).row.at(-1);
const outcome = (figure) => judge(figure, 5).passed;

says('the median is the one in the middle', () => assert.equal(median([9, 1, 5, 30, 2]), 5));
says('three digits are shown', () => assert.deepEqual([0.123456, 12.345, 12345.6].map(short), ['0.123', '12.3', '12,346']));
says('a ratio within its budget passes', () => assert.deepEqual([verdict(time(3)), outcome(time(3))], ['within', true]));
says('up to three times the budget it passes, and says so', () => assert.deepEqual([verdict(time(9)), outcome(time(9))], ['over the budget', true]));
says('beyond that it fails', () => assert.deepEqual([verdict(time(9.1)), outcome(time(9.1))], ['FAILED', false]));
says('a rate may be less than its budget, to a third', () => {
  const rate = (value) => time(value, { 'at least': 2 });
  assert.deepEqual([2, 1.9, 0.67, 0.66].map((value) => verdict(rate(value))), ['within', 'over the budget', 'over the budget', 'FAILED']);
});
says('bytes fail beyond the budget itself', () => {
  const bytes = (value) => ({ figure: 'f', unit: 'bytes', runs: five(value), budget: { bytes: 12000 } });
  assert.deepEqual([outcome(bytes(12000)), outcome(bytes(12001))], [true, false]);
});
says('what is shown beside promises nothing', () => assert.deepEqual([verdict(time(99, null)), outcome(time(99, null))], ['beside', undefined]));
says('a ratio is that of a round, not of two medians', () => {
  const drifting = { figure: 'f', unit: 'ms', runs: [1, 2, 3, 40, 50], reference: 'r', references: [1, 2, 3, 4, 5], budget: { 'at most': 3 } };
  assert.equal(judge(drifting, 5).row[3], '1');
});
says('too few runs, none, or nonsense fail', () => {
  assert.equal(outcome({ ...time(1), runs: [1, 1, 1, 1] }), false);
  assert.equal(outcome({ ...time(1), references: [1] }), false);
  assert.equal(outcome({ ...time(1), runs: five(0) }), false);
  assert.equal(outcome({ ...time(1), runs: five(null) }), false);
  assert.equal(outcome({ ...time(1), references: undefined }), false);
});
says('columns stand under each other', () => assert.deepEqual(table([['a', 'b'], ['long', 'c']]), ['a    · b', 'long · c']));

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
