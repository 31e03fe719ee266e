// vitest-counts.mjs FILE: prints "passed failed" of a Vitest JSON report. A skipped test, or a file that did not load, counts as failed.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let passed = 0;
let failed = 0;
for (const file of report.testResults) {
  if (file.assertionResults.length === 0) {
    ++failed;
    console.error(`${file.name}: nothing in it ran`);
  }
  for (const test of file.assertionResults) {
    if (test.status === 'passed') ++passed;
    else {
      ++failed;
      console.error(`${test.fullName}: ${test.status}`);
    }
  }
}
console.log(`${passed} ${failed}`);
