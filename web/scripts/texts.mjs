// A Vite plugin: of the texts, those of rooms that nobody needs before there is a space are not part of a first visit. What
// imports `texts.json` has all others; `texts.json?later` is those, and comes with the screens of src/app/Later.svelte.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const later = /^listen\./;
const wanted = /\/content\/[\w-]+\/texts\.json$/;
const kLater = '\0attune-texts-later:';

/** The two parts of a file of texts. */
export function parts(file) {
  const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')));
  const part = (is_later) => Object.fromEntries(all.filter(([key]) => later.test(key) === is_later));
  return { first: part(false), later: part(true) };
}

export function texts() {
  return {
    name: 'attune-texts',
    enforce: 'pre',
    // Not called .json, or Vite would read it as JSON.
    resolveId(source, importer) {
      return importer && source.endsWith('/texts.json?later') ? kLater + resolve(dirname(importer), source.replace(/\.json\?.*/, '')) : null;
    },
    load(id) {
      if (id.startsWith(kLater)) return `export default ${JSON.stringify(parts(`${id.slice(kLater.length)}.json`).later)}`;
      return wanted.test(id) ? JSON.stringify(parts(id).first) : null;
    },
  };
}
