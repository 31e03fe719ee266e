// What the first screens say comes with them: a key of theirs that came later would leave them without a sentence.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parts } from '../../scripts/texts.mjs';

/** Only screens of a space ask for these; they are in a file that others read as well (text.ts). */
const kOfASpace = /^today\.greeting\./;

/** Every module that main.ts asks for by itself. */
function first_modules(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  for (const [, from, alone] of readFileSync(file, 'utf8').matchAll(/^\s*(?:import|export)\s+(?!type)[^;]*?from\s+'(\.[^']+)'|^\s*import\s+'(\.[^']+)'/gm)) {
    const asked = resolve(dirname(file), from ?? alone ?? '');
    if (/\.(ts|svelte)$/.test(asked)) first_modules(asked, seen);
  }
  return seen;
}

it('no screen that comes at first asks for a text that comes later', () => {
  const later = Object.keys(parts('../content/en/texts.json').later);
  const asked = [...first_modules(resolve('src/main.ts'))].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/['`"]([a-z][a-z0-9]*(?:[.-](?:[a-z0-9-]+|\$\{\w+\}))+)['`"]/g)].flatMap(([, key = '']) => {
      const fits = new RegExp(`^${key.split(/\$\{\w+\}/).map((part) => part.replace(/[.]/g, '\\.')).join('[a-z0-9.-]+')}(\\.(one|other))?$`);
      return later.filter((one) => fits.test(one) && !kOfASpace.test(one)).map((one) => `${file.replace(/.*\/src\//, '')}: ${one}`);
    }),
  );
  expect(first_modules(resolve('src/main.ts')).size).toBeGreaterThan(40);
  expect(asked).toEqual([]);
});
