// notices.mjs WEB_OUT ALL_OUT: the licences of other people's work in Attune, read from the packages it is built with.
// WEB_OUT: what is inside the web app (the module's libraries, npm packages, fonts, the recovery words).
// ALL_OUT: that, and what the native programs contain or link with.
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const [webOut, allOut] = process.argv.slice(2);
if (!allOut) throw new Error('usage: notices.mjs WEB_OUT ALL_OUT');

// Debian packages by the name people know them by.
const inModule = {
  libsodium: 'libsodium23',
  'Boost (Describe, MP11)': 'libboost1.81-dev',
  'JSON for Modern C++': 'nlohmann-json3-dev',
  'libc++ and compiler-rt': 'libc++-19-dev-wasm32',
  'wasi-libc': 'wasi-libc',
};
const inPrograms = {
  'Boost (Asio, Beast)': 'libboost1.81-dev',
  SQLite: 'libsqlite3-0',
  spdlog: 'libspdlog1.10',
  '{fmt}': 'libfmt9',
  CLI11: 'libcli11-dev',
  'toml++': 'libtomlplusplus-dev',
  OpenSSL: 'libssl3',
  libqrencode: 'libqrencode4',
};

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

// Licences that Debian's files name without giving their text. (Those of build scripts and packaging are not in Attune.)
const common = new Set();
const givenWhole = /^(Apache-2\.0|CC0-1\.0)$/;

function debian(title, name) {
  const file = `/usr/share/doc/${name}/copyright`;
  if (!existsSync(file)) fail(`There is no ${file}; is the package ${name} installed?`);
  let text = readFileSync(file, 'utf8');
  if (name.startsWith('libboost')) {
    // Two megabytes list each author of each file; the licence of the headers used here is one and the same.
    text = text.match(/^License: BSL-1\.0\n(?: .*\n)+/m)?.[0];
    if (!text) fail(`The Boost Software License was not found in ${file}.`);
  }
  for (const [, licence] of text.matchAll(/\/usr\/share\/common-licenses\/([A-Za-z0-9.+-]*[A-Za-z0-9])/g)) {
    if (givenWhole.test(licence)) common.add(licence);
  }
  const version = execFileSync('dpkg-query', ['-W', '-f=${Version}', name], { encoding: 'utf8' });
  return { title: `${title} ${version}`, text };
}

function npm(folder, name) {
  const home = join(root, folder, 'node_modules', name);
  const about = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const file = readdirSync(home).find((entry) => /^(licen[cs]e|copying|ofl)/i.test(entry) && statSync(join(home, entry)).isFile());
  if (!file) fail(`The package ${name} carries no licence text, so it cannot be given on.`);
  const text = readFileSync(join(home, file), 'utf8');
  return { title: `${about.name} ${about.version} (${about.license})`, text };
}

// The web build has written down whose code and fonts it put into the app.
function webPackages() {
  const list = join(root, 'build/web.packages.json');
  if (!existsSync(list)) fail('Build the web app first: it names the packages in it.');
  return JSON.parse(readFileSync(list, 'utf8')).map((name) => npm('web', name));
}

function document(head, parts) {
  parts = [...new Map(parts.map((part) => [part.title, part])).values()]; // what two folders have is named once
  const rule = '='.repeat(78);
  const texts = parts.map(({ title, text }) => `${rule}\n${title}\n${rule}\n\n${text.trim()}\n`);
  return `${head}\n\n${parts.map(({ title }) => `  ${title}`).join('\n')}\n\n${texts.join('\n')}`;
}

function appendix() {
  return [...common].sort().map((name) => ({
    title: `${name}, as named above`,
    text: readFileSync(`/usr/share/common-licenses/${name}`, 'utf8'),
  }));
}

const module = Object.entries(inModule).map(([title, name]) => debian(title, name));
const web = [...webPackages(), npm('tools', '@scure/bip39')];
const head = (what) =>
  `Attune is free software under the GNU Affero General Public License, version 3 or later.\n` +
  `${what} contains work of others; we thank them. Each is under its own licence:`;

mkdirSync(dirname(webOut), { recursive: true });
writeFileSync(webOut, document(head('The web app'), [...web, ...module, ...appendix()]));
const programs = Object.entries(inPrograms).map(([title, name]) => debian(title, name));
writeFileSync(allOut, document(head('Attune'), [...programs, ...module, ...web, ...appendix()]));
