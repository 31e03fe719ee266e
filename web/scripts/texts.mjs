// A Vite plugin: of the texts, those of rooms that nobody needs before there is a space are not part of a first visit, nor are
// the sentences of what practices refuse. What imports `texts.json` or `errors.json` has all others; `texts.json?later` and
// `errors.json?later` are those, and come with the screens of src/app/Later.svelte.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const later = {
  texts: (key) => /^(?:listen|today(?!\.invite\.)|cherish|noticed|jar|gestures|letters|feelings|goodnews|touches|cards|thanks|openup|question|us|step|mend|unsent|offer|leave|remind|notify|about)\./.test(key),
  errors: (code) => of_practices().has(code),
};
const wanted = /\/content\/[\w-]+\/(texts|errors)\.json$/;
const kLater = '\0attune-later:';
const kFirstOfPractices = 1000; // numbers of codes: what lies below is the space's own, or the wire's

let practices;
function of_practices() {
  const schema = new URL('../../build/schema/schema.json', import.meta.url);
  practices ??= new Set(JSON.parse(readFileSync(schema, 'utf8')).errors.filter(({ number }) => number >= kFirstOfPractices).map(({ name }) => name));
  return practices;
}

/** The two parts of such a file. */
export function parts(file) {
  const [, which] = wanted.exec(file);
  const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')));
  const part = (is_later) => Object.fromEntries(all.filter(([key]) => later[which](key) === is_later));
  return { first: part(false), later: part(true) };
}

export function texts() {
  return {
    name: 'attune-texts',
    enforce: 'pre',
    // Not called .json, or Vite would read it as JSON.
    resolveId(source, importer) {
      return importer && /\/(?:texts|errors)\.json\?later$/.test(source) ? kLater + resolve(dirname(importer), source.replace(/\.json\?.*/, '')) : null;
    },
    load(id) {
      if (id.startsWith(kLater)) return `export default ${JSON.stringify(parts(`${id.slice(kLater.length)}.json`).later)}`;
      return wanted.test(id) ? JSON.stringify(parts(id).first) : null;
    },
  };
}
