// Every scene by hand (src/shots/scenes.ts) at 390 × 844 and 1280 × 800, by day and in the evening: axe-core over each, none
// wider than its window, nothing in the console; that none is too wide in a language that runs from right to left; that
// none is too wide or cut off at 320 pixels with more room for reading, which is also what a zoom of 200 % leaves of a phone
// on its side; and that quick exit leaves each of them, by its button and by Esc pressed twice.
// Served by the relay itself, so that what its policy refuses is refused here.
//   node scripts/shots.mjs            pictures, into build/shots
//   node scripts/shots.mjs --check    no pictures; ends with "N passed, N failed"
// [--only NAME,…] [--sizes phone,narrow,desktop,small] [--themes day,evening] [--rtl: in the pseudo-locale] [--open: with more room for reading] [--whole: the full length of a page]
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { launch } from '../e2e/world/phone.mjs';
import { free_port, Relay } from '../e2e/world/relay.mjs';
import { texts as of_rooms } from './texts.mjs';

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, only: { type: 'string' }, rtl: { type: 'boolean' }, open: { type: 'boolean' }, whole: { type: 'boolean' }, themes: { type: 'string', default: 'day,evening' }, sizes: { type: 'string', default: 'phone,desktop' } },
});
const web = fileURLToPath(new URL('..', import.meta.url));
const out = join(web, '../build/shots');
const site = join(web, '../build/shots-site');
const kSizes = { phone: [390, 844], narrow: [360, 740], desktop: [1280, 800], small: [320, 640] };
const kPhoneOnly = new Set(['today-preview']); // a wide screen shows it in the aside
const kSchemes = { day: 'light', evening: 'dark' };
const kElsewhere = 'https://www.bbc.com/weather'; // where quick exit leads (src/app/exit.ts)
const kAtOnce = 3; // pages: one waits for its frames while the other works
const only = values.only?.split(',');
const texts = JSON.parse(readFileSync(join(web, '../content/en/texts.json'), 'utf8'));

await build({
  root: web, configFile: false, logLevel: 'error', plugins: [svelte(), of_rooms()], define: { __ATTUNE_VERSION__: '"0.1.0"' },
  build: { outDir: site, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, minify: false, rolldownOptions: { input: join(web, 'shots.html') } },
});
const relay = new Relay(await free_port(), []);
relay.web = site;
await relay.run();
const browser = await launch(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let passed = 0;
let failed = 0;

/** One page through all its scenes. */
async function look({ size, theme, rtl = false, open = false, with_axe = false, leave = false }) {
  const [width, height] = kSizes[size];
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: kSchemes[theme], locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' });
  const page = await context.newPage();
  let complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.clock.setFixedTime(new Date(Date.UTC(2026, 4, 19, 21, 4)));
  await page.goto(`${relay.address}/shots.html?${rtl ? 'rtl' : ''}&${open ? 'open' : ''}`);
  await page.waitForFunction(() => 'show' in window);
  await page.evaluate(axe); // by the debugger: no script element, no policy in the way
  if (leave) await watch_leaving(page);
  const how = [size, theme, rtl && 'right to left', open && 'more room', leave && 'left'].filter(Boolean);
  const folder = join(out, [size, theme, rtl && 'rtl', open && 'open'].filter(Boolean).join('-'));
  const all = await page.evaluate(() => Object.entries(window.scenes).map(([name, { device }]) => ({ name, offline: device?.offline === true })));
  for (const { name, offline } of all) {
    if ((only && !only.includes(name)) || (size === 'desktop' && kPhoneOnly.has(name))) continue;
    try {
      if (leave) {
        for (const way of ['button', 'keys']) complaints.push(...(await left(page, name, way)));
      } else {
        if (offline) await context.setOffline(true);
        await page.evaluate((scene) => window.show(scene), name);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) complaints.push(`${wide} px wider than the window`);
        if (open) complaints.push(...(await page.evaluate(cut_off)));
        if (!values.check) await picture(page, folder, name);
        if (with_axe) complaints.push(...(await violations(page)));
        if (offline) await context.setOffline(false);
      }
    } catch (error) {
      complaints.push(error.message);
    }
    if (complaints.length > 0) failed += 1;
    else passed += 1;
    for (const one of complaints) console.log(`${name} (${how.join(', ')}): ${one}`);
    complaints = [];
  }
  await context.close();
}

async function picture(page, folder, name) {
  const { width, height } = page.viewportSize();
  if (values.whole) {
    const tall = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: Math.max(height, tall) });
  }
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
  if (values.whole) await page.setViewportSize({ width, height });
}

/** In the page: words that are cut off, or wider than the button they stand in. */
function cut_off() {
  const found = [];
  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one);
    if (!(one instanceof HTMLElement) || one.getClientRects().length === 0 || style.display === 'inline' || style.clipPath !== 'none' || one.innerText.trim() === '') continue;
    const wide = one.scrollWidth > one.clientWidth + 1, tall = one.scrollHeight > one.clientHeight + 1;
    const hidden = (way) => way === 'hidden' || way === 'clip';
    const where = `<${one.tagName.toLowerCase()} class="${one.className}"> “${one.innerText.slice(0, 40)}”`;
    if ((wide && hidden(style.overflowX)) || (tall && hidden(style.overflowY))) found.push(`is cut off: ${where}`);
    else if (wide && one.matches('button, a, label')) found.push(`is wider than its ${one.tagName.toLowerCase()}: ${where}`);
  }
  return found;
}

// ---- leaving

async function watch_leaving(page) {
  await page.route(`${kElsewhere}**`, (route) => route.fulfill({ status: 204 })); // asked for, and never there: the page stays to be looked at
  await page.evaluate(() => {
    window.sheets = [];
    addEventListener('keydown', () => window.sheets.push(document.querySelector('dialog[open]') !== null), { capture: true });
  });
}

/** Leaves a scene one way; what was wrong with it. */
async function left(page, name, way) {
  await page.evaluate((scene) => window.show(scene), name);
  const sheet = page.locator('dialog[open]');
  const in_sheet = (await sheet.count()) > 0;
  await page.evaluate(() => (window.sheets = []));
  const asked = page.waitForRequest((request) => request.isNavigationRequest(), { timeout: 10_000 }).then((request) => request.url(), () => 'nothing');
  if (way === 'button') await (in_sheet ? sheet : page).getByRole('button', { name: texts['exit.button'] }).filter({ visible: true }).first().click();
  else for (let pressed = 0; pressed < 2; pressed += 1) await page.keyboard.press('Escape');
  const wrong = [];
  const url = await asked;
  if (url !== kElsewhere) wrong.push(`asks for ${url}`);
  const { title, rest, sheets } = await page.evaluate(() => ({ title: document.title, rest: document.body.childNodes.length, sheets: window.sheets }));
  if (title !== '' || rest > 0) wrong.push(`leaves “${title}” and ${rest} things`);
  if (way === 'keys' && in_sheet && `${sheets}` !== 'true,false') wrong.push('the first Esc does not close the sheet');
  return wrong.map((one) => `quick exit by ${way}: ${one}`);
}

const violations = (page) =>
  page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations
    .map((one) => `axe ${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' · ')}`));

const looks = values.sizes.split(',').flatMap((size) => values.themes.split(',').map((theme) => ({ size, theme, rtl: values.rtl, open: values.open, with_axe: true })));
if (values.check && !values.rtl && !values.open) {
  for (const size of values.sizes.split(',')) looks.push({ size, theme: 'day', rtl: true });
  looks.push({ size: 'small', theme: 'day', open: true }, { size: 'small', theme: 'evening', open: true, rtl: true });
  looks.push({ size: 'phone', theme: 'day', leave: true });
}
if (!values.check && !only) rmSync(out, { recursive: true, force: true });
try {
  await Promise.all(Array.from({ length: kAtOnce }, async () => {
    for (let next = looks.shift(); next; next = looks.shift()) await look(next);
  }));
} finally {
  await browser.close();
  await relay.remove();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
