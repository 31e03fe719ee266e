// Lighthouse on the production build, in the browser that listens for it on `port`: the first screen as a fresh visitor
// meets it, and Today as it stands once somebody has started.
import lighthouse, { snapshot } from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { Phone } from '../../../web/e2e/world/phone.mjs';

/** Scores by category, 0 to 100; what costs a point is printed. */
function read(where, { lhr }) {
  const found = {};
  for (const [id, category] of Object.entries(lhr.categories)) {
    found[id] = Math.round(category.score * 100);
    if (found[id] === 100) continue;
    for (const { id: audit, weight } of category.auditRefs) {
      const { score, title, displayValue, details } = lhr.audits[audit];
      if (weight === 0 || score === null || score === 1) continue;
      console.log(`        ${where}, ${id}: ${title} ${displayValue ?? ''}`.trimEnd());
      if (id !== 'performance') for (const item of details?.items ?? []) console.log(`          ${JSON.stringify(item.node?.snippet ?? item)}`);
    }
  }
  return found;
}

export async function scores(port, browser, relay) {
  const onlyCategories = ['performance', 'accessibility', 'best-practices'];
  const flags = { port, logLevel: 'error', output: 'json' };
  const first_screen = read('the first screen', await lighthouse(relay.address, { ...flags, onlyCategories }));

  const phone = await Phone.take(browser, relay.address);
  await phone.start('Ada');
  const driver = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: null });
  const pages = await driver.pages();
  const page = pages.find((one) => one.url().startsWith(relay.address));
  const today = read('Today', await snapshot(page, { flags: { logLevel: 'error', onlyCategories: onlyCategories.slice(1), screenEmulation: { disabled: true } } }));
  await driver.disconnect();
  await phone.close();
  return { first_screen, today };
}
