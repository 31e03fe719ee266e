// The way of two people in a language that runs from right to left: nobody's language, so that everybody can test it.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { accept, approve, follow, invite } from '../world/couple.mjs';
import { keep_phrase } from '../world/phrase.mjs';
import { root } from '../world/relay.mjs';
import { scene } from '../world/scene.mjs';
import { speak_pseudo, t } from '../world/texts.mjs';

const pictures = join(root, 'build/results/e2e/right-to-left');
await speak_pseudo();
mkdirSync(pictures, { recursive: true });

let number = 0;
/** The screen runs from right to left, fits its window, and points the other way; a picture of it is kept to be looked at. */
async function look(phone, name) {
  const { page } = phone;
  await page.mouse.move(0, 0);
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  const found = await page.evaluate(() => {
    const { documentElement: html } = document;
    const arrows = [...document.querySelectorAll('.flips, .circles, svg.picture')].filter((one) => one.getClientRects().length > 0);
    return {
      dir: getComputedStyle(html).direction,
      lang: html.lang,
      wide: Math.max(0, html.scrollWidth - innerWidth),
      straight: arrows.filter((one) => new DOMMatrix(getComputedStyle(one).transform).a !== -1).map((one) => one.outerHTML),
    };
  });
  assert.deepEqual(found, { dir: 'rtl', lang: 'en-x-rtl', wide: 0, straight: [] }, name);
  number += 1;
  await page.screenshot({ path: join(pictures, `${String(number).padStart(2, '0')}-${name}.png`) });
}

scene('two people begin, pair, thank, open a sealed question and keep their words, from right to left', async (stage) => {
  const language = { origins: [{ origin: stage.the_relay.address, localStorage: [{ name: 'language', value: 'en-x-rtl' }] }] };
  const context = { storageState: { cookies: [], ...language } };
  const a = await stage.phone('a', { context });
  const b = await stage.phone('b', { context: { ...context, viewport: { width: 1280, height: 800 } } });

  await a.at('doors.title');
  await look(a, 'doors');
  await look(b, 'doors-wide');
  await a.tap('doors.start');
  await a.at('start.title');
  await look(a, 'start');
  await a.write('start.name.label', 'Ada');
  await a.tap('start.go');
  await a.on_today();
  await look(a, 'today-alone');
  const link = await invite(a);
  await look(a, 'invite');
  await follow(b, link);
  await b.at('join.look.title');
  await look(b, 'join-wide');
  await accept(b, 'Ben');
  await approve(a, b, { a: 'Ada', b: 'Ben' });
  await look(a, 'connected');
  for (const phone of [a, b]) await phone.tap('pair.done.go');
  await b.page.setViewportSize({ width: 390, height: 844 }); // the rail of a wide screen has no bar to go by
  await a.on_today();

  await a.write_thanks({ did: 'You rang back when I had no words left', says: 'You are patient', felt: 'I could breathe again' });
  await look(a, 'thanks');
  await a.tap('thanks.send');
  await look(a, 'thanks-sent');
  await b.go('today');
  await b.button('today.awaits.thanks').waitFor();
  await look(b, 'today-for-two');
  await b.tap('today.awaits.thanks');
  await b.tap('thanks.open');
  await b.reads('You are patient');
  await look(b, 'letter');
  await b.tap('thanks.answer.landed');
  await b.tap('thanks.answer.send');

  const question = await a.offer_question();
  await a.open_question(question);
  await a.seal('Mine: the harbour at six in the morning');
  await look(a, 'sealed');
  await b.go('today');
  await b.tap('today.awaits.question.by-other');
  await b.write('openup.answer.label', 'His: the kitchen after everyone has gone');
  await b.tap('openup.answer.seal');
  await b.tap('openup.ready.go');
  await b.reads('Mine: the harbour at six in the morning');
  await look(b, 'opened-together');

  await a.go('us');
  await look(a, 'us');
  await a.go('you');
  await look(a, 'you');
  await a.tap('you.recovery');
  await keep_phrase(a);
  await look(a, 'recovery-done');
  await a.tap('nav.safety');
  await a.at('safety.title');
  await a.page.getByRole('group', { name: t('safety.help.choose') }).getByRole('button').first().click();
  await look(a, 'safety');
  await a.page.setViewportSize({ width: 1280, height: 800 });
  await look(a, 'safety-wide');

  // Nobody comes here by accident: without that entry in the browser's storage it is English, from left to right.
  await a.page.evaluate(() => localStorage.removeItem('language'));
  await a.page.reload();
  await a.page.waitForFunction(() => document.documentElement.lang === 'en' && document.documentElement.dir === 'ltr' && document.querySelector('h1') !== null);
});
