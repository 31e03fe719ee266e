// gtest-counts.mjs FILE: prints "passed failed" of a GoogleTest JSON report. A skipped or disabled test counts as failed.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let passed = 0;
let failed = 0;
for (const suite of report.testsuites) {
  for (const test of suite.testsuite) {
    const good = test.status === 'RUN' && test.result === 'COMPLETED' && !test.failures?.length;
    if (good) ++passed;
    else {
      ++failed;
      console.error(`${suite.name}.${test.name}: ${test.failures?.length ? 'failed' : 'did not run'}`);
    }
  }
}
console.log(`${passed} ${failed}`);
