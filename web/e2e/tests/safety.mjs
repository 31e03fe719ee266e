// The safety page, wherever one is; and more room for reading, which is chosen next to it.
import assert from 'node:assert/strict';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

const country = (phone, name) => phone.page.getByRole('button', { name, exact: true });

async function reads_of_germany(phone) {
  await phone.tap('nav.safety');
  await phone.at('safety.title');
  await country(phone, 'Germany').click();
  const number = phone.page.getByRole('link', { name: '116 016' });
  await number.waitFor();
  assert.equal(await number.getAttribute('href'), 'tel:116016');
  assert.deepEqual(await phone.page.getByRole('main').getByRole('link').allInnerTexts(), ['116 016'], 'nothing on it leads away');
}

scene('the safety page says where help is on a first visit, without a network, and keeps no choice', async (stage) => {
  const a = await stage.phone('a');
  await a.at('doors.title');
  await reads_of_germany(a);
  assert.deepEqual(await a.page.evaluate(() => [location.hash, location.search, localStorage.length, sessionStorage.length]), ['', '', 0, 0]);
  await a.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await a.offline();
  await a.page.reload();
  await a.at('safety.title');
  await a.page.getByRole('button', { pressed: true }).waitFor({ state: 'detached' });
  await a.tap('common.back');
  await reads_of_germany(a);
});

scene('the safety page is there when Attune itself cannot open', async (stage) => {
  const a = await stage.phone('a', { context: { serviceWorkers: 'block' } });
  await a.context.route('**/*.wasm', (route) => route.abort());
  await a.page.reload();
  await a.button('common.retry').waitFor();
  await reads_of_germany(a);
}, { clean: false });

scene('the safety page prints without what is for a screen: the chosen country, else all', async (stage) => {
  const a = await stage.phone('a');
  await a.tap('nav.safety');
  await a.page.emulateMedia({ media: 'print' });
  for (const hidden of [a.page.getByRole('banner'), a.button('exit.try'), country(a, 'Sweden')]) assert.equal(await hidden.filter({ visible: true }).count(), 0);
  for (const number of ['116 016', '020-50 50 50', '1-800-799-7233']) await a.reads(number);
  assert.ok(await a.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await a.page.emulateMedia({ media: 'screen' });
  await country(a, 'Sweden').click();
  await a.page.emulateMedia({ media: 'print' });
  await a.reads('020-50 50 50');
  await a.reads_nothing_of('116 016');
});

scene('more room for reading is chosen once, is as wide as it should be, and is there before anything is drawn', async (stage) => {
  const a = await stage.phone('a');
  await a.start('Ada');
  await a.go('you');
  await a.tap('you.spacing');
  const sheet = a.page.getByRole('dialog');
  await sheet.getByRole('radio', { name: t('you.spacing.open') }).check();
  await sheet.getByRole('button', { name: t('common.close') }).click();

  await a.page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.getElementById('app')?.firstElementChild) return;
      observer.disconnect();
      globalThis.at_first = document.documentElement.dataset.spacing;
    }).observe(document, { subtree: true, childList: true });
  });
  await a.page.reload();
  await a.tap('nav.safety');
  await a.at('safety.title');
  assert.equal(await a.page.evaluate(() => globalThis.at_first), 'open');
  const rooms = await a.page.evaluate(() =>
    [...document.querySelectorAll('main h1, main h2, main p, main li, main button span')]
      .filter((one) => one.getClientRects().length > 0)
      .map((one) => {
        const style = getComputedStyle(one);
        const size = parseFloat(style.fontSize);
        const gap = one.matches('p:not(.label) + p') ? parseFloat(style.marginBlockStart) / size : 2;
        return { text: one.textContent, letter: parseFloat(style.letterSpacing) / size, word: parseFloat(style.wordSpacing) / size, line: parseFloat(style.lineHeight) / size, gap };
      }));
  assert.ok(rooms.length > 20);
  // The four numbers of WCAG 2.2, 1.4.12.
  for (const { text, letter, word, line, gap } of rooms) assert.ok(letter > 0.119 && word > 0.159 && line >= 1.49 && gap > 1.99, `${text}: ${letter} ${word} ${line} ${gap}`);
});
