// A Vite plugin: writes sw.js beside the finished app, with the list of the files it keeps for opening offline.
// Fonts of other scripts are not among them, they are kept once a text has needed them; nor are the icons for a home
// screen, which the device fetches when it puts one there, and the reader of scanned codes, since what is scanned needs a
// network anyway.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const kept = /\.(html|js|css|wasm|woff2|svg|png|json|webmanifest)$/;
const passedOver = /^sw\.js$|^icon-.*\.png$|^assets\/decode-|-(latin-ext|cyrillic|cyrillic-ext|greek|greek-ext|vietnamese)-[^/]*\.woff2$/;

/** What nobody needs before there is a space (src/app/Later.svelte): its styles; of scripts, what only a later import asks for. */
const later = /^assets\/Later-.*\.css$/;

/** The scripts that the first ones do not ask for by themselves. */
export function behind(bundle) {
  const first = new Set();
  const ask = (file) => {
    if (first.has(file) || bundle[file]?.type !== 'chunk') return;
    first.add(file);
    for (const next of bundle[file].imports) ask(next);
  };
  for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.isEntry) ask(chunk.fileName);
  return new Set(Object.values(bundle).filter((chunk) => chunk.type === 'chunk' && !first.has(chunk.fileName)).map((chunk) => chunk.fileName));
}

/** Every file of the app with what tells its versions apart. */
export function filesToKeep(out, late = new Set()) {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length).replace(/^\/+/, ''))
    .filter((url) => kept.test(url) && !passedOver.test(url))
    .sort()
    .map((url) => ({
      url,
      revision: url.startsWith('assets/') ? null : createHash('sha256').update(readFileSync(join(out, url))).digest('hex'),
      later: later.test(url) || late.has(url),
    }));
}

/** One text, so that the service worker does not carry all of them. */
const neutral = () => JSON.parse(readFileSync(new URL('../../content/en/texts.json', import.meta.url), 'utf8'))['notify.says.item'];

export function serviceWorker() {
  let out;
  return {
    name: 'attune-service-worker',
    apply: 'build',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(_options, bundle) {
        await build({
          configFile: false,
          logLevel: 'warn',
          define: { FILES: JSON.stringify(filesToKeep(out, behind(bundle))), NEUTRAL: JSON.stringify(neutral()) },
          build: {
            outDir: out,
            emptyOutDir: false,
            copyPublicDir: false,
            lib: { entry: fileURLToPath(new URL('../src/sw/sw.ts', import.meta.url)), formats: ['iife'], name: 'attune', fileName: () => 'sw.js' },
          },
        });
      },
    },
  };
}
