// Pictures of every scene at 390 × 844 and 1280 × 800, by day and in the evening, into build/shots, with axe-core over each.
// node scripts/shots.mjs [--check: no pictures] [--only NAME,…] [--rtl] [--whole: the full length of a page]
// Exits 1 when axe, the content security policy or the page itself complains.
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const { values } = parseArgs({ options: { check: { type: 'boolean' }, only: { type: 'string' }, rtl: { type: 'boolean' }, whole: { type: 'boolean' }, themes: { type: 'string' }, sizes: { type: 'string' } } });
const web = fileURLToPath(new URL('..', import.meta.url));
const out = join(web, '../build/shots');
const site = join(web, '../build/shots-site');
const kTypes = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
// The policy of the server, so that a style or script it would refuse is seen here first.
const kPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
  + "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html attune-worker axe-core";

await build({
  root: web, configFile: false, logLevel: 'warn', plugins: [svelte()], define: { __ATTUNE_VERSION__: '"0.1.0"' },
  build: { outDir: site, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, minify: false, rolldownOptions: { input: join(web, 'shots.html') } },
});
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  try {
    const body = readFileSync(join(site, path === '/' ? 'shots.html' : path));
    response.writeHead(200, { 'content-type': kTypes[extname(path)] ?? 'text/html', 'content-security-policy': kPolicy });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const address = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const axe = readFileSync(join(web, 'node_modules/axe-core/axe.min.js'), 'utf8');
const kPhoneOnly = new Set(['today-preview']); // a wide screen shows it in the aside
const complaints = [];
let looked = 0;
const sizes = { phone: [390, 844], narrow: [360, 740], desktop: [1280, 800], small: [320, 640] };

if (!values.check && !values.only) rmSync(out, { recursive: true, force: true });
for (const size of (values.sizes ?? 'phone,desktop').split(','))
  for (const theme of (values.themes ?? 'day,evening').split(',')) {
    const [width, height] = sizes[size];
    const context = await browser.newContext({
      viewport: { width, height }, colorScheme: theme === 'day' ? 'light' : 'dark', locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', bypassCSP: false,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(`${size} ${theme}: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && complaints.push(`${size} ${theme}: ${message.text()}`));
    await page.clock.setFixedTime(new Date(Date.UTC(2026, 4, 19, 21, 4)));
    await page.goto(address);
    await page.waitForFunction(() => 'show' in window);
    if (values.rtl) await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    const names = (await page.evaluate(() => window.scenes)).filter((name) => (size !== 'desktop' || !kPhoneOnly.has(name)) && (!values.only || values.only.split(',').includes(name)));
    const folder = join(out, `${size}-${theme}${values.rtl ? '-rtl' : ''}`);
    mkdirSync(folder, { recursive: true });
    for (const name of names) {
      const here = `${name} (${size}, ${theme})`;
      try {
        await context.setOffline(name.includes('offline'));
        await page.evaluate((scene) => window.show(scene), name);
        await page.waitForTimeout(name === 'revealed' || name === 'loading' || name === 'connected' ? 900 : 60);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) complaints.push(`${here}: ${wide} px wider than the window`);
        if (!values.check) {
          if (values.whole) {
            const tall = await page.evaluate(() => document.documentElement.scrollHeight);
            await page.setViewportSize({ width, height: Math.max(height, tall) });
          }
          await page.screenshot({ path: join(folder, `${name}.png`) });
          if (values.whole) await page.setViewportSize({ width, height });
        }
        if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe); // by the debugger: no script element, no policy in the way
        const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations
          .map((one) => `${one.id}: ${one.help} — ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' · ')}`));
        for (const one of found) complaints.push(`${here}: axe ${one}`);
        looked++;
      } catch (error) {
        complaints.push(`${here}: ${error.message}`);
      }
    }
    await context.close();
  }
await browser.close();
server.close();
for (const one of complaints) console.log(one);
console.log(`${looked} screens looked at, ${complaints.length} complaints`);
process.exit(complaints.length > 0 ? 1 : 0);
