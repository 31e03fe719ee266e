// notices.test.mjs: the notices in the web app that was built name all that is in it, each with its licence.
// Last line `N passed, N failed`.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const json = (path) => JSON.parse(read(path));

let passed = 0;
let failed = 0;
function test(sentence, body) {
  try {
    body();
    ++passed;
  } catch (error) {
    ++failed;
    console.log(`FAILED ${sentence}\n${String(error.message).replace(/^/gm, '    ')}`);
  }
}

const notices = read('build/web/notices.txt');
const [head, ...rest] = notices.split(/^={78}\n/m);
const listed = [...head.matchAll(/^ {2}(\S.*)$/gm)].map(([, title]) => title);
const sections = new Map();
for (let at = 0; at < rest.length; at += 2) sections.set(rest[at].trim(), rest[at + 1]);
const has = (beginning) => listed.some((title) => title.startsWith(beginning));

// Whose work a header of the module is; one from elsewhere must be entered here and in notices.mjs.
const kHeaders = { boost: 'Boost ', nlohmann: 'JSON for Modern C++ ', sodium: 'libsodium ', 'sodium.h': 'libsodium ' };
const kUnderneath = ['libc++ and compiler-rt ', 'wasi-libc '];

function headers() {
  const found = new Set();
  for (const folder of ['wire', 'core', 'wasm'])
    for (const file of readdirSync(join(root, folder), { recursive: true }).filter((name) => /\.(h|cpp)$/.test(name)))
      for (const [, name] of read(join(folder, file)).matchAll(/^#include <([^>]+)>/gm)) if (/[/.]/.test(name)) found.add(name.split('/')[0]);
  return [...found];
}

test('what the list names has its text, and each is named once', () => {
  assert.deepEqual(listed, [...sections.keys()]);
  assert.equal(new Set(listed).size, listed.length);
});
test('every npm package the app depends on is named in the version that is installed', () => {
  for (const name of Object.keys(json('web/package.json').dependencies)) assert.ok(has(`${name} ${json(`web/node_modules/${name}/package.json`).version} `), name);
});
test('every npm package that came into the bundle is named', () => {
  const bundled = json('build/web.packages.json');
  assert.ok(bundled.includes('svelte') && bundled.includes('qr'), 'the bundle was looked at');
  for (const name of bundled) assert.ok(has(`${name} `), name);
});
test('every library the module includes is named, and what C++ itself brings', () => {
  const used = headers();
  assert.ok(used.includes('nlohmann'), 'the sources were looked at');
  for (const name of used) assert.ok(kHeaders[name] && has(kHeaders[name]), name);
  for (const name of kUnderneath) assert.ok(has(name), name);
});
test('each gives its licence, not only the name of one', () => {
  for (const [title, text] of sections)
    assert.match(text, /Permission is hereby granted|Permission to use, copy|SIL OPEN FONT LICENSE Version|Redistribution and use in source|TERMS AND CONDITIONS FOR USE|Statement of Purpose/i, title);
});
test('what is sent packed is the same', () => {
  const packed = (ending) => readFileSync(join(root, `build/web/notices.txt.${ending}`));
  assert.equal(brotliDecompressSync(packed('br')).toString(), notices);
  assert.equal(gunzipSync(packed('gz')).toString(), notices);
});

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
