// run.mjs: the budgets of the web app, measured in a real browser against the production build and the real relay, each
// beside a reference from the same run. Needs ./run --build-only and its own packages (scripts/npm-ci.sh). Sizes, counts
// and Lighthouse's scores for accessibility and best practices are checked as they are; a time fails only beyond three
// times its budget. The last line is "N passed, N failed". What a first visit loads, file by file: files.mjs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { with_a_past } from '../../../web/e2e/world/past.mjs';
import { launch, Phone } from '../../../web/e2e/world/phone.mjs';
import { free_port, Relay } from '../../../web/e2e/world/relay.mjs';
import { t } from '../../../web/e2e/world/texts.mjs';
import { scores } from './scores.mjs';
import { SlowLine } from './slow_line.mjs';

const runs = 3; // of each measurement of a first and a second visit; the median counts
const synced = Number(process.env.SYNCED ?? 10_000); // events
const slower = 4;

let passed = 0;
let failed = 0;
const endings = [];
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** `hard`: more than the budget fails; else only more than three times of it. */
function told(what, value, unit, budget, hard, reference = '') {
  const over = value > budget * (hard ? 1 : 3);
  if (over) failed += 1;
  else passed += 1;
  const mark = over ? 'FAILED ' : value > budget ? 'over   ' : 'passed ';
  console.log(`${mark} ${what}: ${Math.round(value)} ${unit} (budget ${budget} ${unit}${reference ? `; ${reference}` : ''})`);
}
function score(what, value, least, hard) {
  const missed = hard && value < least;
  if (missed) failed += 1;
  else passed += 1;
  console.log(`${missed ? 'FAILED ' : value < least ? 'over   ' : 'passed '} Lighthouse, ${what}: ${value} (${hard ? 'must be' : 'aim'} ${least})`);
}

/** Whatever a browser asks of anybody but this computer comes here, from a page, a worker or the browser itself. */
async function strangers() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(404).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url);
    socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(() => server.close());
  return { asked, port: server.address().port };
}

/** A relay that serves a page with one line and one button: what the browser itself takes. */
async function nearly_nothing(folder) {
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Empty</title>' +
      '<p>One line.</p><button type="button">Tap</button><script type="module" src="/tap.js"></script></html>',
  );
  writeFileSync(join(folder, 'tap.js'), "document.querySelector('button').onclick = () => { document.querySelector('p').textContent = 'Another.'; };\n");
}

// What Chromium asks its maker for by itself, whatever page is open: how to fill in forms, who is signed in, updates. No page
// of Attune could: its policy lets it reach its own server alone.
const kBrowsersOwn = ['content-autofill', 'update', 'optimizationguide-pa', 'safebrowsing'].map((name) => `${name}.googleapis.com`).concat('accounts.google.com', 'clients2.google.com');
/** Of what a proxy is asked for: an address, or a name and a port. */
const host_of = (asked) => new URL(asked.includes('://') ? asked : `https://${asked}`).hostname;

async function relay_behind_a_slow_line(web) {
  const port = await free_port();
  // Under both addresses: what fills a space goes past the slow line.
  const own = await free_port();
  const relay = new Relay(own, ['--origins', `http://localhost:${port},http://localhost:${own}`]);
  if (web) relay.web = web;
  await relay.run();
  endings.push(() => relay.remove());
  const line = await SlowLine.before(relay, port);
  endings.push(() => line.close());
  return { relay, line };
}

/** What the page notes of itself, from its first moment on. */
function take_notes() {
  globalThis.noted = { paint: 0, tasks: [], taps: [] };
  const observe = (type, note, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  // A browser tells of a paint some time after it: until then it would read as one at 0 ms.
  globalThis.told_of_paint = new Promise((resolve) => {
    observe('largest-contentful-paint', (entry) => {
      globalThis.noted.paint = entry.startTime;
      resolve(true);
    });
  });
  observe('longtask', (entry) => globalThis.noted.tasks.push(entry.duration));
  observe('event', (entry) => entry.interactionId > 0 && globalThis.noted.taps.push(entry.duration), { durationThreshold: 16 });
}
const noted = (page) => page.evaluate(() => globalThis.noted);

/** Runs in the page: told once what stands for having arrived is there. Asking again and again would slow it down. */
function watch_for([selector, text]) {
  globalThis.arrived = new Promise((resolve) => {
    const look = () => [...document.querySelectorAll(selector)].some((found) => text === null || found.textContent.includes(text)) && resolve(true);
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
    document.addEventListener('DOMContentLoaded', look);
  });
}
/** The next frame has been made; what it shows is on its way to the screen. */
const painted = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));

/** A page on a slow processor; `signs`: the selector and the text of what is there once it has arrived. */
async function slow_page(phone, address, signs = ['body', null]) {
  phone.page = await phone.context.newPage();
  const devtools = await phone.context.newCDPSession(phone.page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await phone.page.addInitScript(take_notes);
  await phone.page.addInitScript(watch_for, signs);
  await phone.page.goto(address, { waitUntil: 'commit' });
  await phone.page.evaluate(() => globalThis.arrived);
  await painted(phone.page);
  await phone.page.evaluate(() => globalThis.told_of_paint);
}
function new_phone(browser, origin) {
  return browser
    .newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB', serviceWorkers: 'allow' })
    .then((context) => new Phone(context, origin));
}

async function visits(browser, { line }, signs, again) {
  const [first, second] = [[], []];
  let bytes = 0;
  for (let run = 0; run < runs; run += 1) {
    const phone = await new_phone(browser, line.address);
    const before = line.received;
    await slow_page(phone, line.address, signs);
    first.push((await noted(phone.page)).paint);
    if (again) {
      await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      bytes = Math.max(bytes, line.received - before);
      await phone.page.close();
      await slow_page(phone, line.address, signs);
      second.push((await noted(phone.page)).paint);
    }
    await phone.close();
  }
  return { first: median(first), second: again ? median(second) : 0, bytes };
}

/** Taps; nothing is looked for in the page before what the tap brings has been painted. */
async function tap(page, button) {
  await button.first().waitFor();
  await button.first().click();
  for (let frame = 0; frame < 3; frame += 1) await painted(page);
}
/** A person alone taps through what there is; answers with how long each tap took to show, in ms. */
async function tap_around(browser, relay) {
  const phone = await new_phone(browser, relay.address);
  await slow_page(phone, relay.address);
  const { page } = phone;
  const [bar, top] = [page.getByRole('navigation', { name: t('nav.label') }), page.getByRole('banner')];
  const place = (name) => tap(page, bar.getByRole('button', { name: t(`nav.${name}`) }));
  const arrow = top.getByRole('button', { name: t('common.back'), exact: true });
  const out = async () => {
    for (await bar.or(arrow).first().waitFor(); !(await bar.isVisible()); await bar.or(arrow).first().waitFor()) await tap(page, arrow);
  };
  const on = (key) => tap(page, phone.button(key));

  await on('doors.start');
  await on('start.go');
  await place('practices');
  await on('practices.cherish');
  await on('thanks.empty.go');
  await phone.write('thanks.step.did', 'You rang back when I had no words left');
  await phone.write('thanks.step.felt', 'I could breathe again');
  await on('thanks.keep-later');
  await phone.reads('You rang back');
  await out();
  await place('practices');
  await on('practices.openup');
  await on('openup.empty.go');
  await out();
  for (const name of ['us', 'today', 'practices', 'you']) await place(name);
  await on('you.recovery');
  await on('nav.safety');
  await phone.at('safety.title');
  const { taps } = await noted(page);
  await phone.close();
  return taps;
}
async function tap_the_empty_page(browser, relay) {
  const phone = await new_phone(browser, relay.address);
  await slow_page(phone, relay.address);
  for (let n = 0; n < 5; n += 1) await tap(phone.page, phone.page.getByRole('button'));
  const { taps } = await noted(phone.page);
  await phone.close();
  return taps;
}

async function come_back(browser, relay, words) {
  const phone = await new_phone(browser, relay.address);
  phone.page = await phone.context.newPage();
  await phone.page.addInitScript(take_notes);
  await phone.page.goto(relay.address);
  await phone.tap('doors.before');
  await phone.write('before.words.label', words.join(' '));
  await painted(phone.page);
  await phone.page.evaluate(() => (globalThis.noted.tasks = []));
  const started = performance.now();
  await phone.tap('before.go');
  phone.context.setDefaultTimeout(120_000);
  await phone.at('before.devices.title');
  await phone.tap('before.devices.go');
  await phone.on_today();
  await painted(phone.page);
  const { tasks } = await noted(phone.page);
  await phone.close();
  return { tasks, ms: performance.now() - started };
}

const folder = mkdtempSync(join(tmpdir(), 'attune-page-'));
endings.push(() => rmSync(folder, { recursive: true, force: true }));
try {
  await nearly_nothing(folder);
  const outside = await strangers();
  const port = await free_port();
  const browser = await launch([
    `--remote-debugging-port=${port}`, `--proxy-server=http://127.0.0.1:${outside.port}`, '--proxy-bypass-list=localhost;127.0.0.1',
  ]);
  endings.push(() => browser.close());
  const attune = await relay_behind_a_slow_line();
  const empty = await relay_behind_a_slow_line(folder);
  let at = performance.now();
  const timing = (what) => {
    if (process.env.TIMES) console.log(`        (${what}: ${((performance.now() - at) / 1000).toFixed(1)} s)`);
    at = performance.now();
  };

  const { first_screen, today } = await scores(port, browser, attune.relay);
  score('accessibility of the first screen', first_screen.accessibility, 100, true);
  score('best practices of the first screen', first_screen['best-practices'], 100, true);
  score('performance of the first screen', first_screen.performance, 95, false);
  score('accessibility of Today', today.accessibility, 100, true);
  score('best practices of Today', today['best-practices'], 100, true);
  timing('scores');

  const nothing = await visits(browser, empty, ['button', null], false);
  const ours = await visits(browser, attune, ['h1', t('doors.title')], true);
  const beside = `an empty page of the same server ${Math.round(nothing.first)} ms`;
  told('all that a first visit loads, compressed', ours.bytes / 1024, 'KB', 350, true);
  told(`largest paint of a first visit, ${slower} times slower, slow 4G`, ours.first, 'ms', 2000, false, beside);
  told(`largest paint of a second visit, ${slower} times slower, slow 4G`, ours.second, 'ms', 800, false, beside);
  timing('visits');

  const [idle, taps] = [await tap_the_empty_page(browser, empty.relay), await tap_around(browser, attune.relay)];
  told(`slowest of ${taps.length} interactions to its next paint, ${slower} times slower`, Math.max(...taps), 'ms', 100, false,
    `median ${median(taps)} ms; a tap on the empty page ${median(idle)} ms`);
  timing('taps');

  const words = await with_a_past(attune.relay.address, synced);
  timing('a past');
  const { tasks, ms } = await come_back(browser, attune.relay, words);
  told(`longest task of the page while ${synced} events come in`, Math.max(0, ...tasks), 'ms', 50, false,
    `${tasks.length} over 50 ms in ${(ms / 1000).toFixed(1)} s`);
  timing('coming back');

  const others = outside.asked.filter((asked) => !kBrowsersOwn.includes(host_of(asked)));
  told('requests to anybody else', others.length, '', 0, true, `the browser itself asked its maker ${outside.asked.length - others.length} times`);
  if (others.length > 0) console.log(`        ${others.join('\n        ')}`);
} catch (error) {
  failed += 1;
  console.log(String(error.stack));
}
for (const end of endings.reverse()) await Promise.resolve().then(end).catch(() => {});
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
