// wordlist.mjs OUT: writes the English BIP-39 words as one string in C++, in their order, a space behind each.
import { mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { wordlist } from '@scure/bip39/wordlists/english';

const out = process.argv[2];
if (!out) throw new Error('usage: wordlist.mjs OUT');

const ordered = [...wordlist].sort().every((word, place) => word === wordlist[place]);
if (wordlist.length !== 2048 || !ordered || new Set(wordlist).size !== 2048 || !wordlist.every((word) => /^[a-z]{3,8}$/.test(word))) {
  throw new Error('these are not the 2,048 English words of BIP-39');
}

let text = '';
for (let row = 0; row < wordlist.length; row += 8) {
  text += `"${wordlist.slice(row, row + 8).map((word) => `${word} `).join('')}"\n`;
}

let before = '';
try {
  before = readFileSync(out, 'utf8');
} catch {
  mkdirSync(dirname(out), { recursive: true });
}
if (before === text) {
  // Several build trees share the file; the time of the write tells ninja that the rule has run.
  utimesSync(out, new Date(), new Date());
} else {
  writeFileSync(`${out}.${process.pid}`, text);
  renameSync(`${out}.${process.pid}`, out);
}
