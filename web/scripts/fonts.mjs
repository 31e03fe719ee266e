// Makes src/design/fonts/ from the npm packages: Alegreya at one weight and Source Sans 3 from 400 to 650, cut to
// Latin-1 and the punctuation of our texts; other scripts keep their own files and are loaded only when a text needs them.
// Needs Debian's `fonttools` and `python3-brotli`. Does nothing when the result is newer than the packages and this file.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const out = join(here, 'src/design/fonts');
const kUnicodes = 'U+20-7E,U+A0-FF,U+131,U+152-153,U+2010-2015,U+2018-201E,U+2026,U+20AC';
const kFeatures = 'kern,lnum,tnum,mark'; // figures are always lining ones (base.css)
const kOtherScripts = ['latin-ext', 'cyrillic-ext', 'cyrillic', 'greek-ext', 'greek', 'vietnamese'];

const families = [
  { pack: 'alegreya', name: 'Alegreya Variable', cut: 'wght=500', weights: '500', fallback: 'Georgia', local: ['Georgia', 'Gelasio', 'Noto Serif', 'DejaVu Serif'] },
  { pack: 'source-sans-3', name: 'Source Sans 3 Variable', cut: 'wght=400:650', weights: '400 650', fallback: 'Arial', local: ['Arial', 'Liberation Sans', 'Noto Sans', 'DejaVu Sans'] },
];
// Width of our face against the fallback's, measured over the lower-case letters in the frequency of English.
const kSizeAdjust = { alegreya: '92%', 'source-sans-3': '94%' };

const css = join(out, 'fonts.css');
const pack = (name) => join(here, 'node_modules/@fontsource-variable', name);
const sources = [fileURLToPath(import.meta.url), ...families.map((f) => join(pack(f.pack), 'package.json'))];
if (existsSync(css) && sources.every((s) => statSync(s).mtimeMs < statSync(css).mtimeMs)) process.exit(0);

const run = (tool, ...args) => {
  try {
    execFileSync(tool, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    if (error.code === 'ENOENT') {
      console.error(`${tool} is missing: apt-get install fonttools python3-brotli`);
      process.exit(1);
    }
    throw error;
  }
};

mkdirSync(out, { recursive: true });
const work = mkdtempSync(join(tmpdir(), 'attune-fonts-'));
const rules = [];
for (const family of families) {
  const whole = join(pack(family.pack), `files/${family.pack}-latin-wght-normal.woff2`);
  const cut = join(work, `${family.pack}.ttf`);
  const file = `${family.pack}-latin.woff2`;
  run('fonttools', 'varLib.instancer', whole, family.cut, '-o', cut);
  run('pyftsubset', cut, `--unicodes=${kUnicodes}`, `--layout-features=${kFeatures}`, '--no-hinting', '--flavor=woff2', `--output-file=${join(out, file)}`);
  // The ranges of the other scripts come from the package; the Latin file claims only what it really holds.
  const ranges = JSON.parse(readFileSync(join(pack(family.pack), 'unicode.json'), 'utf8'));
  const face = (src, range) => `@font-face {
  font-family: '${family.name}';
  font-style: normal;
  font-display: swap;
  font-weight: ${family.weights};
  src: url('./${src}') format('woff2');
  unicode-range: ${range};
}`;
  for (const script of kOtherScripts) {
    const name = `${family.pack}-${script}.woff2`;
    copyFileSync(join(pack(family.pack), `files/${family.pack}-${script}-wght-normal.woff2`), join(out, name));
    rules.push(face(name, ranges[script]));
  }
  rules.push(face(file, kUnicodes));
  rules.push(`@font-face {
  font-family: '${family.name} Fallback';
  src: ${family.local.map((n) => `local('${n}')`).join(', ')};
  size-adjust: ${kSizeAdjust[family.pack]};
}`);
}
rmSync(work, { recursive: true });
writeFileSync(css, `/* Made by scripts/fonts.mjs. */\n${rules.join('\n')}\n`);
console.log(families.map((f) => `${f.pack}-latin.woff2 ${(statSync(join(out, `${f.pack}-latin.woff2`)).size / 1000).toFixed(1)} KB`).join(', '));
