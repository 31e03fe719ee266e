#!/usr/bin/env node
// Checks everything a couple reads: `node content/validate.mjs [--root <content>] [--code <folder>] [--used <folder>] [--add-ids]`.
//
//   --root      the content folder (default: where this file lies)
//   --code      the repository whose C++ names the error codes (default: the folder above)
//   --used      a source folder, usually web/src: keys it asks for must exist, and each text must be asked for, there
//               or by the terminal; what only tests and pictures ask for is on no screen
//   --add-ids   write the ids of new prompts into decks/ids.lock (after that their wording is fixed for ever)
//
// Prints what is wrong, then counts, and as its last line `N passed, N failed`. Exits 1 if anything failed.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apartChecks, cherishChecks, feelingsChecks, knowingChecks } from './validate-everyday.mjs';
import { listeningChecks } from './validate-listening.mjs';
import { alike, faultsOf, fleschKincaid, kAlike, kGrade, kLong, placeholders } from './validate-words.mjs';

const options = { root: dirname(fileURLToPath(import.meta.url)), code: null, used: null, addIds: false };
for (let i = 2; i < process.argv.length; ++i) {
  const name = process.argv[i];
  if (name === '--add-ids') options.addIds = true;
  else if (['--root', '--code', '--used'].includes(name) && process.argv[i + 1]) options[name.slice(2)] = process.argv[++i];
  else {
    console.error(`Unknown option: ${name}`);
    process.exit(2);
  }
}
const root = resolve(options.root);
const code = resolve(options.code ?? dirname(root));

let passed = 0;
let failed = 0;
/** One check: passes if it names nothing wrong. */
function check(name, wrong) {
  if (wrong.length === 0) {
    ++passed;
    return;
  }
  ++failed;
  console.log(`FAILED ${name}`);
  for (const line of wrong) console.log(`    ${line}`);
}

// ---------------------------------------------------------------------------------------------------------- reading

/** Keys that occur twice in one object, which JSON.parse passes over in silence. */
function doubledKeys(source) {
  const doubled = [];
  const open = [];
  const token = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g;
  for (let match; (match = token.exec(source)); ) {
    if (match[0] === '{' || match[0] === '[') open.push(new Set());
    else if (match[0] === '}' || match[0] === ']') open.pop();
    else if (match[2]) {
      if (open.at(-1)?.has(match[1])) doubled.push(match[1]);
      open.at(-1)?.add(match[1]);
    }
  }
  return doubled;
}

function filesUnder(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !['node_modules', 'build', '.git'].includes(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path, ending) : ending.test(entry.name) ? [path] : [];
    })
    .sort();
}

const read = new Map(); // path from root → parsed
for (const path of filesUnder(root, /\.json$/)) {
  const source = readFileSync(path, 'utf8');
  const name = relative(root, path);
  try {
    read.set(name, JSON.parse(source));
    check(`${name}: no key twice`, doubledKeys(source).map((key) => `“${key}” stands twice`));
  } catch (error) {
    check(`${name}: is JSON`, [error.message]);
  }
}

const languages = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory() && /^[a-z]{2,3}(-[A-Za-z]+)*$/.test(name));
check('English is there', languages.includes('en') ? [] : ['no folder en/']);

// ------------------------------------------------------------------------------------------------------ flat texts

const kFlat = ['texts.json', 'terminal.json', 'server.json'];
let texts = 0;

function checkFlat(name, table) {
  const entries = Object.entries(table);
  texts += entries.length;
  check(`${name}: keys are dotted and small`, entries.filter(([key]) => !/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(key)).map(([key]) => key));
  check(`${name}: values are plain strings`, entries.filter(([, text]) => typeof text !== 'string').map(([key]) => key));
  check(
    `${name}: reads as Attune speaks`,
    entries.filter(([, text]) => typeof text === 'string').flatMap(([key, text]) => faultsOf(text).map((fault) => `${key} ${fault}`)),
  );
  const groups = new Map();
  for (const [, key, form] of entries.map(([key]) => key.match(/^(.*)\.(zero|one|two|few|many|other)$/) ?? []).filter((found) => found.length))
    groups.set(key, [...(groups.get(key) ?? []), form]);
  check(
    `${name}: every plural has its general form and counts with {n}`,
    [...groups].flatMap(([key, forms]) => [
      ...(forms.includes('other') && forms.length > 1 ? [] : [`${key} has only .${forms}`]),
      ...(typeof table[`${key}.other`] === 'string' && !placeholders(table[`${key}.other`]).includes('n') ? [`${key}.other has no {n}`] : []),
    ]),
  );
  const first = new Map();
  const twice = [];
  for (const [key, text] of entries) {
    if (typeof text !== 'string' || text.length <= kLong || key.startsWith('error.')) continue;
    if (first.has(text)) twice.push(`${first.get(text)} and ${key}: “${text}”`);
    else first.set(text, key);
  }
  check(`${name}: no long text twice`, twice);
}

for (const file of kFlat) if (read.has(join('en', file))) checkFlat(join('en', file), read.get(join('en', file)));
check('texts.json is there', read.has(join('en', 'texts.json')) ? [] : ['en/texts.json is missing']);

// ---------------------------------------------------------------------------------------------------------- errors

const errors = read.get(join('en', 'errors.json')) ?? {};

/** Names of all refusals the C++ declares: ErrorCode kName{number, "name", "sentence"}. */
function declaredCodes() {
  const found = new Map();
  for (const folder of ['wire', 'core', 'server', 'cli'])
    for (const path of filesUnder(join(code, folder), /\.(h|cpp|inc)$/)) {
      const source = readFileSync(path, 'utf8');
      for (const match of source.matchAll(/ErrorCode\s+k\w+\s*\{\s*\d+\s*,\s*"([^"]+)"/g)) found.set(match[1], relative(code, path));
    }
  return found;
}

function checkErrors(name, table) {
  const entries = Object.entries(table);
  check(`${name}: codes are kebab-case`, entries.map(([key]) => key).filter((key) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key)));
  check(
    `${name}: each says what happened, what is safe and what to do, in sentences`,
    entries.flatMap(([key, entry]) => [
      ...(Object.keys(entry).join() === 'what,safe,do' ? [] : [`${key} has ${Object.keys(entry)}`]),
      ...Object.entries(entry).flatMap(([part, text]) => (typeof text === 'string' && /[.?]$/.test(text) ? [] : [`${key}.${part} does not end`])),
    ]),
  );
  check(
    `${name}: reads as Attune speaks`,
    entries.flatMap(([key, entry]) =>
      Object.entries(entry).flatMap(([part, text]) => faultsOf(String(text)).map((fault) => `${key}.${part} ${fault}`)),
    ),
  );
  check(
    `${name}: needs nothing filled in but what a shell knows`,
    entries.flatMap(([key, entry]) =>
      Object.values(entry).flatMap(placeholders).filter((one) => !['port', 'path'].includes(one)).map((one) => `${key}: {${one}}`),
    ),
  );
  const first = new Map();
  const twice = [];
  for (const [key, { what }] of entries) {
    if (first.has(what)) twice.push(`${first.get(what)} and ${key}: “${what}”`);
    first.set(what, key);
  }
  check(`${name}: each code says something of its own`, twice);
}

check('errors.json is there', read.has(join('en', 'errors.json')) ? [] : ['en/errors.json is missing']);
checkErrors(join('en', 'errors.json'), errors);
const declared = declaredCodes();
check('every error code of the program has its text', [...declared].filter(([name]) => !(name in errors)).map(([name, path]) => `${name} (${path})`));


/** Codes that a shell makes up itself; in the terminal they may have their sentence in terminal.json. */
function shellCodes() {
  const found = new Map();
  for (const path of filesUnder(join(code, 'cli'), /\.(h|cpp)$/))
    for (const match of readFileSync(path, 'utf8').matchAll(/\btrouble\(\s*(?:[^"(),]*\?\s*)?"([a-z-]*[a-z])"(?:\s*:\s*"([a-z-]*[a-z])")?|co_return "([a-z-]+)"/g))
      for (const name of match.slice(1).filter(Boolean)) found.set(name, relative(code, path));
  for (const path of filesUnder(join(code, 'web', 'src'), /\.(ts|svelte)$/).filter((one) => !/\.(test|spec)\.ts$|mock/.test(one)))
    for (const match of readFileSync(path, 'utf8').matchAll(/\b(?:code|fault)\s*[:=]\s*'([a-z-]+)'|\bfault\(\s*'([a-z-]+)'|\bError\(\s*'([a-z]+(?:-[a-z]+)+)'/g))
      for (const name of match.slice(1).filter(Boolean)) found.set(name, relative(code, path));
  return found;
}
const terminal = read.get(join('en', 'terminal.json')) ?? {};
check(
  'every code a shell makes up has its text',
  [...shellCodes()].filter(([name]) => !(name in errors) && !(`error.${name}.what` in terminal)).map(([name, path]) => `${name} (${path})`),
);

// ----------------------------------------------------------------------------------------------------------- decks

const lockPath = join(root, 'en', 'decks', 'ids.lock');
const fingerprint = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
const parseLock = (source) => source.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

const kMoods = ['playful', 'calm', 'curious', 'warm', 'brave'];
const kMinutes = [3, 5, 10];
const kThemes = { 'open-up': ['everyday', 'past', 'dreams', 'worries', 'family', 'money', 'us'], 'body-and-touch': ['body'] };
const kEach = 30; // so many of each theme, a third of them at each depth

function checkDeck(name, deck) {
  const prompts = deck.prompts ?? [];
  const themes = read.get(join('en', 'texts.json')) ?? {};
  check(`${name}: names itself, its version and language`, [
    ...(deck.deck === basename(name, '.json') ? [] : [`deck is “${deck.deck}”`]),
    ...(Number.isInteger(deck.version) && deck.version > 0 ? [] : ['version is no number']),
    ...(deck.language === name.split(/[\\/]/)[0] ? [] : [`language is “${deck.language}”`]),
  ]);
  check(
    `${name}: every prompt has id, depth, theme, mood, minutes and text, and nothing else`,
    prompts.flatMap((prompt) => [
      ...(Object.keys(prompt).join() === 'id,depth,theme,mood,minutes,text' ? [] : [`${prompt.id} has ${Object.keys(prompt)}`]),
      ...(/^[a-z]{2}-\d{3}$/.test(prompt.id) ? [] : [`“${prompt.id}” is no id`]),
      ...([1, 2, 3].includes(prompt.depth) ? [] : [`${prompt.id} has depth ${prompt.depth}`]),
      ...(kMoods.includes(prompt.mood) ? [] : [`${prompt.id} has mood ${prompt.mood}`]),
      ...(kMinutes.includes(prompt.minutes) ? [] : [`${prompt.id} takes ${prompt.minutes} minutes`]),
      ...(`openup.theme.${prompt.theme}` in themes ? [] : [`${prompt.id}: no text openup.theme.${prompt.theme}`]),
    ]),
  );
  const ids = prompts.map((prompt) => prompt.id);
  check(`${name}: no id twice`, ids.filter((id, at) => ids.indexOf(id) !== at));
  check(`${name}: reads as Attune speaks`, prompts.flatMap(({ id, text }) => faultsOf(text).map((fault) => `${id} ${fault}`)));
  check(`${name}: takes no placeholder`, prompts.filter(({ text }) => /[{}]/.test(text)).map(({ id }) => id));
  check(`${name}: every prompt asks`, prompts.filter(({ text }) => !/\?( |$)/.test(text)).map(({ id }) => id));
  const counts = [1, 2, 3].map((depth) => prompts.filter((prompt) => prompt.depth === depth).length);
  const themes_here = kThemes[deck.deck] ?? [];
  check(`${name}: only themes of this deck`, prompts.filter(({ theme }) => !themes_here.includes(theme)).map(({ id, theme }) => `${id} is about ${theme}`));
  check(
    `${name}: ${kEach} of each theme, evenly at each depth`,
    themes_here.flatMap((theme) => [1, 2, 3].map((depth) => [theme, depth, prompts.filter((one) => one.theme === theme && one.depth === depth).length]))
      .filter(([, , count]) => count !== kEach / 3).map(([theme, depth, count]) => `${count} of ${theme} at depth ${depth}`),
  );
  if (deck.language === 'en') {
    check(
      `${name}: Flesch-Kincaid grade at most ${kGrade}`,
      prompts.map(({ id, text }) => [id, fleschKincaid(text)]).filter(([, grade]) => grade > kGrade).map(([id, grade]) => `${id} has grade ${grade.toFixed(1)}`),
    );
    const pairs = prompts.flatMap((a, at) => prompts.slice(at + 1).map((b) => [a, b, alike(a.text, b.text)]));
    check(`${name}: no two prompts alike`, pairs.filter(([, , share]) => share >= kAlike).map(([a, b, share]) => `${a.id} and ${b.id} share ${share.toFixed(2)}`));
    const hardest = Math.max(...prompts.map(({ text }) => fleschKincaid(text)));
    const closest = pairs.reduce((most, pair) => (pair[2] > most[2] ? pair : most));
    console.log(
      `${name}: ${prompts.length} prompts, ${counts.join(' + ')} by depth; hardest grade ${hardest.toFixed(1)}; closest pair ${closest[0].id} ${closest[1].id} ${closest[2].toFixed(2)}`,
    );
  }
}

const englishDecks = [...read].filter(([name]) => name.startsWith(join('en', 'decks')));
for (const [name, deck] of englishDecks) checkDeck(name, deck);
{
  const all = englishDecks.flatMap(([, deck]) => deck.prompts ?? []);
  const pairs = all.flatMap((a, at) => all.slice(at + 1).map((b) => [a, b, alike(a.text, b.text)]));
  check('no two prompts of all decks alike', pairs.filter(([, , share]) => share >= kAlike).map(([a, b, share]) => `${a.id} and ${b.id} share ${share.toFixed(2)}`));
}
check('there is a deck', englishDecks.length > 0 ? [] : ['en/decks/ is empty']);

// ------------------------------------------------------------------------------------------------------- listening

function checkListening(name, listening) {
  const { checks, counts } = listeningChecks(listening, name.split(/[\\/]/)[0] === 'en');
  for (const [sentence, wrong] of checks) check(`${name}: ${sentence}`, wrong);
  console.log(`${name}: ${counts}`);
}

// The small things of every day, and the living pages.
const kEveryday = new Map([['feelings.json', feelingsChecks], ['cherish.json', cherishChecks], ['knowing.json', knowingChecks]]);
function checkEveryday(name, table) {
  const { checks, counts } = kEveryday.get(basename(name))(table, name.split(/[\\/]/)[0] === 'en');
  for (const [sentence, wrong] of checks) check(`${name}: ${sentence}`, wrong);
  console.log(`${name}: ${counts}`);
}
for (const file of kEveryday.keys()) {
  check(`${file} is there`, read.has(join('en', file)) ? [] : [`en/${file} is missing`]);
  checkEveryday(join('en', file), read.get(join('en', file)) ?? {});
}
{
  const prompts = englishDecks.flatMap(([, deck]) => deck.prompts ?? []);
  const { checks, counts } = apartChecks(read.get(join('en', 'cherish.json')) ?? {}, read.get(join('en', 'knowing.json')) ?? {}, prompts);
  for (const [sentence, wrong] of checks) check(`all that asks: ${sentence}`, wrong);
  console.log(`all that asks: ${counts}`);
}

check('listening.json is there', read.has(join('en', 'listening.json')) ? [] : ['en/listening.json is missing']);
checkListening(join('en', 'listening.json'), read.get(join('en', 'listening.json')) ?? {});

// ------------------------------------------------------------------------------------------------- where help is

const kHelp = { needed: ['country', 'name', 'service', 'phone', 'sources', 'read'], known: ['text', 'web', 'hours', 'languages', 'for'] };
const kToday = new Date().toISOString().slice(0, 10);

/** Somebody may depend on one of these lines: each says where it was read and when, and a number can be dialled. */
function checkHelp(name, lines) {
  const label = ({ country, service }) => `${country} ${service}`;
  const all = [...kHelp.needed, ...kHelp.known];
  check(
    `${name}: each line has what it needs, and nothing else`,
    lines.flatMap((line) => [
      ...kHelp.needed.filter((part) => !(part in line)).map((part) => `${label(line)} has no ${part}`),
      ...Object.keys(line).filter((part) => !all.includes(part)).map((part) => `${label(line)} has ${part}`),
    ]),
  );
  check(`${name}: countries are two capitals`, lines.filter(({ country }) => !/^[A-Z]{2}$/.test(country)).map(label));
  check(`${name}: countries are sorted`, lines.slice(1).flatMap((line, at) => (lines[at].country > line.country ? [label(line)] : [])));
  check(`${name}: a country has one name`, lines.filter((line) => lines.find((one) => one.country === line.country).name !== line.name).map(label));
  check(
    `${name}: numbers can be dialled`,
    lines.filter(({ phone }) => !/^\+?\d+(?:[ -]\d+)*$/.test(String(phone)) || !/^\d{3,15}$/.test(String(phone).replace(/\D/g, ''))).map((line) => `${label(line)}: ${line.phone}`),
  );
  const first = new Map();
  const twice = [];
  for (const line of lines)
    for (const key of new Set([`${line.country} ${line.service}`, `${line.country} ${String(line.phone).replace(/\D/g, '')}`])) {
      if (first.has(key)) twice.push(key);
      first.set(key, line);
    }
  check(`${name}: nothing stands twice`, twice);
  check(
    `${name}: every line names its source`,
    lines.filter(({ sources }) => !Array.isArray(sources) || sources.length === 0 || !sources.every((one) => /^https?:\/\/[^\s/]+\.[^\s/]+\/\S*$/.test(`${one}/`))).map(label),
  );
  check(
    `${name}: every line says the day on which it was read`,
    lines.filter(({ read }) => !/^\d{4}-\d{2}-\d{2}$/.test(read) || Number.isNaN(Date.parse(read)) || read > kToday).map((line) => `${label(line)}: ${line.read}`),
  );
  check(`${name}: web addresses are short`, lines.filter(({ web }) => web !== undefined && !/^[a-z0-9.-]+\.[a-z]{2,}(?:\/[a-z0-9/-]+)?$/.test(web)).map((line) => `${label(line)}: ${line.web}`));
  check(`${name}: whom a line is for is said in a sentence`, lines.filter((line) => line.for !== undefined && !/\.$/.test(line.for)).map(label));
  // A service is called what it is called, and says whom it is for.
  check(
    `${name}: reads as Attune speaks`,
    lines.flatMap((line) => ['name', 'hours', 'languages', 'for'].filter((part) => part in line)
      .flatMap((part) => faultsOf(String(line[part])).filter((fault) => !fault.startsWith('says')).map((fault) => `${label(line)} ${part} ${fault}`))),
  );
}

const help = read.get(join('en', 'help.json')) ?? [];
check('help.json is there', help.length > 0 ? [] : ['en/help.json is missing']);
checkHelp(join('en', 'help.json'), help);

// Answers of couples name a prompt by its id, for ever: an id never vanishes, never moves to another text, and the
// file that says so only grows. Its earlier states are looked up in git where there is a git.
const present = new Map(englishDecks.flatMap(([, deck]) => (deck.prompts ?? []).map(({ id, text }) => [id, fingerprint(text)])));
let lock = existsSync(lockPath) ? parseLock(readFileSync(lockPath, 'utf8')) : [];
if (options.addIds) {
  const known = new Set(lock.map((line) => line.split(' ')[0]));
  lock = [...lock, ...[...present].filter(([id]) => !known.has(id)).map(([id, hash]) => `${id} ${hash}`)];
  writeFileSync(lockPath, `# id and SHA-256 of its text. Lines are added, never changed or removed: answers refer to them.\n${lock.join('\n')}\n`);
}
const locked = lock.map((line) => line.split(' '));
check('ids.lock: every line is an id and a fingerprint', lock.filter((line) => !/^[a-z]{2}-\d{3} [0-9a-f]{64}$/.test(line)));
check('ids.lock: no id twice', locked.map(([id]) => id).filter((id, at, all) => all.indexOf(id) !== at));
check('ids.lock: no id has vanished', locked.filter(([id]) => !present.has(id)).map(([id]) => id));
check('ids.lock: no text has changed', locked.filter(([id, hash]) => present.has(id) && present.get(id) !== hash).map(([id]) => id));
check('ids.lock: every id is in it', [...present.keys()].filter((id) => !locked.some(([known]) => known === id)).map((id) => `${id}: run with --add-ids`));

function earlierLocks() {
  const git = (...args) => execFileSync('git', ['-C', dirname(lockPath), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    return git('log', '--format=%H', '--', basename(lockPath)).split('\n').filter(Boolean).map((commit) => ({ commit, lines: parseLock(git('show', `${commit}:./${basename(lockPath)}`)) }));
  } catch {
    return []; // no git, or not a repository: the lock itself is all there is to hold against
  }
}
for (const { commit, lines } of earlierLocks())
  check(`ids.lock: grew from what it was in ${commit.slice(0, 10)}`, lines.filter((line, at) => lock[at] !== line));

// ---------------------------------------------------------------------------------------------------- translations

for (const language of languages.filter((name) => name !== 'en'))
  for (const [name, table] of [...read].filter(([path]) => path.startsWith(language + '/'))) {
    const english = read.get(join('en', relative(language, name)));
    check(`${name}: translates something`, english ? [] : ['there is no English file of this name']);
    if (!english) continue;
    if (Array.isArray(table.prompts)) {
      const known = new Map(english.prompts.map((prompt) => [prompt.id, prompt]));
      checkDeck(name, table);
      check(`${name}: same ids, depths and themes`, table.prompts.filter((one) => known.get(one.id)?.depth !== one.depth || known.get(one.id)?.theme !== one.theme).map((one) => one.id));
    } else if (basename(name) === 'help.json') {
      checkHelp(name, table);
      const facts = ({ country, service, phone, text, web, sources, read }) => JSON.stringify([country, service, phone, text, web, sources, read]);
      const known = new Set(english.map(facts));
      check(`${name}: the same numbers and sources`, table.filter((line) => !known.has(facts(line))).map(({ country, service }) => `${country} ${service}`));
    } else if (kEveryday.has(basename(name))) {
      checkEveryday(name, table);
    } else if (basename(name) === 'listening.json') {
      checkListening(name, table);
    } else if (basename(name) === 'errors.json') {
      checkErrors(name, table);
      check(`${name}: only codes that exist`, Object.keys(table).filter((key) => !(key in english)));
    } else {
      checkFlat(name, table);
      const base = (key) => (key in english ? key : key.replace(/\.(zero|one|two|few|many)$/, '.other'));
      check(`${name}: only keys that exist`, Object.keys(table).filter((key) => !(base(key) in english)));
      check(
        `${name}: the same things to fill in`,
        Object.keys(table).filter((key) => base(key) in english && toFillIn(english[base(key)]) !== toFillIn(table[key])),
      );
    }
  }

/** The placeholders of a text in a fixed order; {n} aside, since a language's form for one may spell the number out. */
function toFillIn(text) {
  return [...new Set(placeholders(text).map((one) => one.toLowerCase()))].filter((one) => one !== 'n').sort().join();
}

// -------------------------------------------------------------------------------------------------------- used keys

if (options.used) {
  const table = read.get(join('en', 'texts.json')) ?? {};
  const keys = Object.keys(table);
  const exists = (key) => key in table || `${key}.other` in table;
  const asked = new Set();
  const missing = [];
  const groups = new Set(keys.map((key) => key.split('.')[0]));
  for (const path of filesUnder(resolve(options.used), /\.(svelte|ts|js|mjs)$/).filter((one) => !/\.test\.ts$|\/shots\//.test(one))) {
    const source = readFileSync(path, 'utf8');
    const here = relative(resolve(options.used), path);
    // Asked for by name: t('a.b'), plural("a.b", n), …; a template is asked for if any key fits its pattern.
    for (const [, quote, key] of source.matchAll(/\b(?:t|tn|text|texts|plural|say)\(\s*(['"`])([a-z][^'"`]*?)\1/g)) {
      if (quote === '`' && key.includes('${')) {
        const pattern = new RegExp(`^${key.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.\-]/g, '\\$&')).join('[a-z0-9.-]+')}$`);
        const fitting = keys.filter((one) => pattern.test(one) || pattern.test(one.replace(/\.(one|other)$/, '')));
        if (fitting.length === 0) missing.push(`${key} (${here})`);
        for (const one of fitting) asked.add(one);
      } else if (exists(key)) asked.add(key);
      else missing.push(`${key} (${here})`);
    }
    // Named anywhere else as a string (tables of keys): counted as used, and an unknown one of a known group is missing.
    for (const [, , key] of source.matchAll(/(['"`])([a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z0-9.-]*[a-z0-9])\1/g))
      if (exists(key)) asked.add(key);
      else if (groups.has(key.split('.')[0]) && /^texts?:|Key\b/.test(key)) missing.push(`${key} (${here})`);
  }
  check('every text the screens ask for is there', [...new Set(missing)]);
  for (const path of filesUnder(join(code, 'cli'), /\.(h|cpp)$/))
    for (const [, key] of readFileSync(path, 'utf8').matchAll(/"([a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z0-9.-]*[a-z0-9])"/g))
      if (exists(key) && !(key in terminal)) asked.add(key); // a wording of the terminal's own comes first
  check('every text is on a screen', keys.filter((key) => !asked.has(key) && !asked.has(key.replace(/\.(one|other)$/, ''))));
}

console.log(`texts: ${texts}; errors: ${Object.keys(errors).length}, of ${declared.size} codes declared in the program; languages: ${languages.join(' ')}; help: ${help.length} lines`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
