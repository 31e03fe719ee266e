// Leaving at once. Every screen is left both ways by scripts/shots.mjs; here is what becomes of the tab, and of the words.
import assert from 'node:assert/strict';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

const elsewhere = 'https://www.bbc.com/weather';
const by_button = (phone) => phone.page.getByRole('banner').getByRole('button', { name: t('exit.button') }).click();
const by_keys = async (phone) => {
  for (let pressed = 0; pressed < 2; pressed += 1) await phone.page.keyboard.press('Escape');
};

/** A page that stands for the one outside, and a note of whatever Attune shows to somebody who goes back to it. */
async function outside(phone) {
  const shown = [];
  await phone.context.route(`${elsewhere}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><link rel=icon href=data:,><h1>Weather</h1>' }));
  await phone.context.exposeFunction('shown', (text) => shown.push(text));
  await phone.context.addInitScript((origin) => {
    if (location.origin !== origin || performance.getEntriesByType('navigation')[0]?.type !== 'back_forward') return;
    new MutationObserver(() => {
      const text = document.body?.innerText.trim();
      if (text) globalThis.shown(text);
    }).observe(document, { subtree: true, childList: true });
  }, phone.origin);
  return shown;
}
const nowhere_else = (phone) => {
  assert.deepEqual(phone.faults, []);
  assert.deepEqual([...new Set(phone.foreign)], [elsewhere], 'one page outside, and no other');
};

scene('quick exit takes the place of the page, Back brings nothing up again, and the sentence being written is kept', async (stage) => {
  const a = await stage.phone('a');
  const shown = await outside(a);
  await a.start('Ada');
  await a.page.close();
  for (const [leave, words] of [[by_button, 'Warm, as if'], [by_keys, 'Warm, as if it were']]) {
    await a.open();
    await a.thanks();
    await a.button('thanks.empty.go').click();
    const field = a.field('thanks.step.felt');
    await field.waitFor();
    await field.fill('');
    await field.pressSequentially(words);
    const { length, depth } = await a.page.evaluate(() => ({ length: history.length, depth: history.state.depth }));
    assert.ok(depth > 1, 'there is a way back');
    await leave(a);
    await a.page.waitForURL(elsewhere);
    assert.equal(await a.page.evaluate(() => history.length), length, 'in place of it, not on top of it');

    // Each step back leads here again and goes on by itself.
    for (let step = 0; step < depth; step += 1) {
      const again = a.page.waitForRequest(elsewhere);
      await a.page.evaluate(() => history.back());
      await again;
      await a.page.getByRole('heading', { name: 'Weather' }).waitFor();
    }
    assert.deepEqual(shown, []);
    await a.page.close();

    await a.open(); // on purpose
    await a.thanks();
    await a.button('thanks.empty.go').click();
    await a.page.waitForFunction(({ label, text }) => [...document.querySelectorAll('label')].some((one) => one.textContent.trim() === label && document.getElementById(one.htmlFor)?.value === text), { label: t('thanks.step.felt'), text: words });
    await a.page.close();
  }
  nowhere_else(a);
}, { clean: false });

scene('one Esc closes a sheet and no more; a second leaves, from a sheet, on a first visit, and where Attune cannot open', async (stage) => {
  const a = await stage.phone('a');
  await outside(a);
  await a.at('doors.title');
  await by_keys(a);
  await a.page.waitForURL(elsewhere);

  await a.open();
  await a.start('Ada');
  await a.go('you');
  const sheet = () => a.page.getByRole('dialog');
  await a.tap('you.spacing');
  await sheet().waitFor();
  await a.page.keyboard.press('Escape');
  await sheet().waitFor({ state: 'hidden' });
  await a.at('you.title');
  await a.tap('you.theme');
  await sheet().waitFor();
  await by_keys(a);
  await a.page.waitForURL(elsewhere);

  await a.open();
  await a.go('you');
  await a.tap('you.name');
  await sheet().getByRole('button', { name: t('exit.button') }).click();
  await a.page.waitForURL(elsewhere);
  nowhere_else(a);

  const b = await stage.phone('b', { context: { serviceWorkers: 'block' } });
  await outside(b);
  await b.context.route('**/*.wasm', (route) => route.abort());
  await b.page.reload();
  await b.button('common.retry').waitFor();
  await by_keys(b);
  await b.page.waitForURL(elsewhere);
}, { clean: false });
