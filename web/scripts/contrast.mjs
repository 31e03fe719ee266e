// Reads tokens.css, converts OKLCH to sRGB and checks every colour pair against its WCAG 2 floor.
// Usage: node contrast.mjs [--table]     exit 1 when a pair is below its floor or the two evening blocks differ
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../src/design/tokens.css', import.meta.url), 'utf8');
const block = (head) => {
  const at = css.indexOf('{', css.indexOf(head));
  return css.slice(at + 1, css.indexOf('}', at)).replace(/\/\*.*?\*\//gs, '');
};
const colours = (text) => Object.fromEntries(
  [...text.matchAll(/--([\w-]+):\s*oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)].map(([, k, l, c, h]) => [k, [+l, +c, +h]]));

let clipped = [];
function luminance([L, C, H], name) {
  const a = C * Math.cos(H * Math.PI / 180), b = C * Math.sin(H * Math.PI / 180);
  const l = (L + .3963377774 * a + .2158037573 * b) ** 3;
  const m = (L - .1055613458 * a - .0638541728 * b) ** 3;
  const s = (L - .0894841775 * a - 1.2914855480 * b) ** 3;
  const rgb = [4.0767416621 * l - 3.3077115913 * m + .2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - .3413193965 * s, -.0041960863 * l - .7034186147 * m + 1.7076147010 * s];
  if (rgb.some((v) => v < -.002 || v > 1.002)) clipped.push(name);
  const [R, G, B] = rgb.map((v) => Math.min(1, Math.max(0, v)));
  return .2126 * R + .7152 * G + .0722 * B;
}

const practices = ['talk', 'listen', 'together', 'cherish', 'openup'], states = ['ok', 'note', 'care', 'danger'];
const grounds = ['paper', 'surface', 'sunk'];
const pairs = [];
for (const text of ['ink', 'ink-2', 'ink-3']) for (const g of [...grounds, 'quiet']) pairs.push([text, g, 4.5]);
pairs.push(['on-ink', 'ink', 4.5]);
for (const p of [...practices, ...states]) {
  for (const g of [...grounds, `${p}-soft`]) pairs.push([p, g, 4.5]);
  pairs.push(['ink', `${p}-soft`, 4.5], ['ink-2', `${p}-soft`, 4.5]);
}
for (const p of [...practices, 'ok', 'danger']) pairs.push(['on-practice', p, 4.5]);
for (const s of ['you-soft', 'other-soft']) pairs.push(['ink', s, 4.5], ['ink-2', s, 4.5]);
for (const g of grounds) for (const u of ['edge', 'you', 'other', 'focus']) pairs.push([u, g, 3]);
for (const c of ['you', 'other']) pairs.push(['shared', c, 3]);

let bad = 0;
const worst = {};
for (const [theme, head] of [['day', '[data-theme="day"]'], ['evening', '\n[data-theme="evening"]']]) {
  const c = colours(block(head));
  for (const [f, b, floor] of pairs) {
    const [x, y] = [luminance(c[f], `${theme} ${f}`), luminance(c[b], `${theme} ${b}`)];
    const r = (Math.max(x, y) + .05) / (Math.min(x, y) + .05);
    if (r < floor) { bad++; console.log(`BELOW ${theme} ${f} on ${b}: ${r.toFixed(2)} < ${floor}`); }
    const key = `${f}`; worst[key] ??= {};
    if (!(worst[key][theme]?.r < r)) worst[key][theme] = { r, b };
  }
}
const norm = (t) => t.replace(/\s+/g, ' ').trim();
if (norm(block(':root:not([data-theme])')) !== norm(block('\n[data-theme="evening"]'))) { bad++; console.log('evening blocks differ'); }
if (clipped.length) console.log('outside sRGB:', [...new Set(clipped)].join(', '));
if (process.argv.includes('--table'))
  for (const [f, w] of Object.entries(worst))
    console.log(`${f.padEnd(12)} day ${w.day.r.toFixed(2)} (${w.day.b})  evening ${w.evening.r.toFixed(2)} (${w.evening.b})`);
console.log(`${pairs.length * 2} pairs, ${bad} below their floor`);
process.exit(bad ? 1 : 0);
