// axe-core in the page. Its script is put in by the test, past the page's own policy, which stays as strict as it is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Nothing that axe finds, of any weight, on the whole page: unrolled to its full height, since what lies half under the bar
 * at the thumb is a matter of how far somebody has scrolled.
 */
export async function assert_accessible(page, where) {
  const seen = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height > seen.height) await page.setViewportSize({ ...seen, height });
  try {
    await assert_nothing_found(page, where);
  } finally {
    if (height > seen.height) await page.setViewportSize(seen);
  }
}

async function assert_nothing_found(page, where) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`) }));
  });
  assert.deepEqual(found, [], where);
}
