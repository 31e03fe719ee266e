// Draws the app's icons into public/ from the mark, the two circles that overlap, and the colours of tokens.css.
// The pictures are kept in the repository; run this again when the mark or its colours change.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = fileURLToPath(new URL('..', import.meta.url));
const tokens = readFileSync(`${here}src/design/tokens.css`, 'utf8');
const token = (name) => tokens.match(new RegExp(`--${name}:\\s*(oklch\\([^)]*\\))`))[1];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
});
const page = await browser.newPage();

/** Old readers of icons know no oklch(): the browser says what it is in sRGB. */
const hex = (colour) =>
  page.evaluate((colour) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return '#' + [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join('');
  }, colour);

const colours = {};
for (const name of ['paper', 'you', 'other', 'shared']) colours[name] = await hex(token(name));

/** The mark of Circles.svelte, `width` wide, in the middle of a square of 512; the ground is round, full or none. */
function icon(width, ground) {
  const scale = width / 73;
  const place = `translate(${((512 - width) / 2).toFixed(1)} ${((512 - 46 * scale) / 2).toFixed(1)}) scale(${scale.toFixed(4)})`;
  const back = { full: `<path fill="${colours.paper}" d="M0 0h512v512H0z"/>`, round: `<rect width="512" height="512" rx="116" fill="${colours.paper}"/>` }[ground];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${back}<g transform="${place}"><circle fill="${colours.you}" cx="23" cy="23" r="22"/><circle fill="${colours.other}" cx="50" cy="23" r="22"/><path fill="${colours.shared}" d="M36.5 5.63A22 22 0 0 1 36.5 40.37A22 22 0 0 1 36.5 5.63Z"/></g></svg>\n`;
}

async function draw(name, size, svg) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>html,body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  await page.screenshot({ path: `${here}public/${name}`, omitBackground: true });
}

writeFileSync(`${here}public/icon.svg`, icon(400, 'round'));
await draw('icon-180.png', 180, icon(380, 'full'));
await draw('icon-192.png', 192, icon(400, 'round'));
await draw('icon-512.png', 512, icon(400, 'round'));
await draw('icon-512-maskable.png', 512, icon(310, 'full')); // inside the middle circle of 80 %
await browser.close();
console.log(colours);
