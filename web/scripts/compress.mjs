// Puts a .br and a .gz beside every file of build/web that shrinks by it, so that a server need not compress anything.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const out = fileURLToPath(new URL('../../build/web/', import.meta.url));
const kShrinks = /\.(html|js|css|json|webmanifest|svg|txt|wasm)$/;

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]);
}

for (const path of files(out)) {
  if (!kShrinks.test(path)) continue;
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

// The size of a first load: what the page names at once, compressed.
const html = readFileSync(join(out, 'index.html'), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((m) => m[1]).filter((name) => /\.(js|css|woff2)$/.test(name));
const size = (name) => statSync(join(out, kShrinks.test(name) ? `${name}.br` : name)).size;
const total = ['index.html', ...new Set(named)].reduce((sum, name) => sum + size(name), 0);
console.log(`first load without the core: ${(total / 1000).toFixed(1)} KB compressed`);
