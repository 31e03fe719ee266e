// A Vite plugin: names every package whose code or fonts are in the bundle, in build/web.packages.json.
// tools/notices makes notices.txt of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../../build/web.packages.json', import.meta.url));
// Carried along without being imported as code.
const kFonts = ['@fontsource-variable/alegreya', '@fontsource-variable/source-sans-3'];

export function notices() {
  return {
    name: 'attune-notices',
    apply: 'build',
    generateBundle(_options, bundle) {
      const used = new Set(kFonts);
      for (const part of Object.values(bundle)) {
        for (const id of part.type === 'chunk' ? Object.keys(part.modules) : []) {
          const at = id.lastIndexOf(`node_modules${sep}`);
          if (at < 0) continue;
          const [scope, name] = id.slice(at + 13).split(sep);
          used.add(scope.startsWith('@') ? `${scope}/${name}` : scope);
        }
      }
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, JSON.stringify([...used].sort()));
    },
  };
}
