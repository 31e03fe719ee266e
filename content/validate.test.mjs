#!/usr/bin/env node
// Plants one fault after another in a copy of the content and sees that the validator names it:
// `node content/validate.test.mjs`. Last line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'attune-content-'));
const copy = join(scratch, 'content');
let passed = 0;
let failed = 0;

function validate(...more) {
  const run = spawnSync(process.execPath, [join(here, 'validate.mjs'), '--root', copy, ...more], { encoding: 'utf8' });
  return { status: run.status, out: run.stdout + run.stderr };
}

/** A sentence, what to do to the copy, and the line the validator must then print. */
function test(sentence, spoil, expected, ...more) {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  cpSync(join(here, 'en'), join(copy, 'en'), { recursive: true });
  spoil();
  const { status, out } = validate(...more);
  const seen = expected === null ? status === 0 : status === 1 && out.includes(expected);
  if (seen) ++passed;
  else {
    ++failed;
    console.log(`FAILED ${sentence}\n    wanted: ${expected ?? 'nothing wrong'}\n${out.replace(/^/gm, '    ')}`);
  }
}

const at = (name) => join(copy, 'en', name);
const edit = (name, change) => writeFileSync(at(name), change(readFileSync(at(name), 'utf8')));
const change = (name, how) => edit(name, (source) => { const all = JSON.parse(source); how(all); return JSON.stringify(all); });
const texts = (key, text) => () => change('texts.json', (all) => { all[key] = text; });
const deck = (how) => () => change('decks/open-up.json', (all) => how(all.prompts, all));
const source = (folder, name, text) => { mkdirSync(join(scratch, folder), { recursive: true }); writeFileSync(join(scratch, folder, name), text); };

test('the content as it stands is right', () => {}, null);
test('a file that is not JSON is named', () => edit('texts.json', (all) => all + '}'), 'texts.json: is JSON');
test('a key that stands twice is named', () => edit('texts.json', (all) => all.replace('{', '{"app.name": "Attune",')), '“app.name” stands twice');
test('an exclamation mark is named', texts('app.name', 'Attune!'), 'app.name exclaims');
test('a gendered word is named', texts('app.name', 'Ask her'), 'app.name says “her”');
test('a word of marriage is named', texts('app.name', 'Your spouse'), 'app.name says “spouse”');
test('a method of somebody else is named', texts('app.name', 'Your love language'), 'app.name says “love language”');
test('a placeholder left open is named', texts('app.name', 'For {other'), 'app.name has a broken placeholder');
test('a small name at the start of a sentence is named', texts('app.name', 'Sent. {other} sees it.'), 'app.name begins a sentence with {other}');
test('a great name inside a sentence is named', texts('app.name', 'Sent to {Other}.'), 'app.name has {Other} inside a sentence');
test('an empty text is named', texts('app.name', ' '), 'app.name is empty');
test('typewriter quotes are named', texts('app.name', "It's"), 'app.name has typewriter quotes');
test('a plural without its general form is named', texts('app.name.one', '{n} thing'), 'app.name has only .one');
test('a key out of form is named', texts('App.Name', 'Attune'), 'App.Name');
test('a long text kept twice is named', () => change('texts.json', (all) => { all['app.copy'] = all['doors.lead']; }), 'doors.lead');
test('an error without its third sentence is named', () => change('errors.json', (all) => { delete all.fork.do; }), 'fork has what,safe');
test('an error that needs something filled in is named', () => change('errors.json', (all) => { all.fork.do = 'Ask {name}.'; }), 'fork: {name}');
test('an error code without a text is named', () => source('wire', 'errors.h', 'inline constexpr ErrorCode kNew{900, "brand-new", "New."};'), 'brand-new (wire/errors.h)');
test('a code the terminal makes up without a text is named', () => source('cli', 'a.cpp', 'return trouble("brand-new");'), 'brand-new (cli/a.cpp)');
test('a code the web app makes up without a text is named', () => source('web/src', 'a.ts', "fault('brand-new');"), 'brand-new (web/src/a.ts)');
const help = (how) => () => change('help.json', how);
test('help without a source is named', help((all) => { delete all[0].sources; }), 'AT Frauenhelpline has no sources');
test('help whose source is no address is named', help((all) => { all[0].sources = ['a leaflet']; }), 'every line names its source');
test('help without the day it was read is named', help((all) => { delete all[0].read; }), 'AT Frauenhelpline has no read');
test('help that was read on no day, or on one to come, is named', help((all) => { all[0].read = '2026-02-30x'; all[1].read = '2999-01-01'; }), 'BE 1712: 2999-01-01');
test('a number nobody can dial is named', help((all) => { all[0].phone = '0800 22x'; }), 'AT Frauenhelpline: 0800 22x');
test('a number too short to be one is named', help((all) => { all[0].phone = '08'; }), 'AT Frauenhelpline: 08');
test('a number that stands twice in a country is named', help((all) => { all.splice(1, 0, { ...all[0], service: 'Another', phone: '0800-222555' }); }), 'AT 0800222555');
test('countries out of order are named', help((all) => all.reverse()), 'countries are sorted');
test('a country with two names is named', help((all) => { all.splice(1, 0, { ...all[0], service: 'Another', phone: '112', name: 'Osterreich' }); }), 'AT Another');
test('something unknown about a helpline is named', help((all) => { all[0].stars = '5'; }), 'AT Frauenhelpline has stars');
test('a translation that changes a number is named', () => { mkdirSync(join(copy, 'de')); writeFileSync(join(copy, 'de', 'help.json'), JSON.stringify(JSON.parse(readFileSync(at('help.json'), 'utf8')).map((one) => ({ ...one, phone: '112' })))); }, 'the same numbers and sources');
const listening = (how) => () => change('listening.json', how);
test('a content without the cards on listening is named', () => rmSync(at('listening.json')), 'en/listening.json is missing');
test('an id of listening that stands twice is named', listening(({ cards, practice }) => { practice[0].id = cards[0].id; }), 'en/listening.json: no id twice\n    what-it-was-like');
test('a card under another id is named', listening(({ cards }) => { cards[5].id = 'a-break'; }), 'ids are what-it-was-like,own-words,their-yes,no-fixing,a-guess,a-break');
test('a card too few is named', listening(({ cards }) => cards.pop()), 'the ids are those that are known');
test('a round too many is named', listening(({ practice }) => practice.push({ ...practice[0], id: 'another' })), 'ids are late-train,quiet-weekend,good-results,another');
test('something unknown beside the cards is named', listening((all) => { all.language = 'en'; }), 'has cards,practice,language');
test('a card without an example is named', listening(({ cards }) => { delete cards[1].example; }), 'own-words has id,title,text');
test('an example with something unknown is named', listening(({ cards }) => { cards[1].example.by = 'Sam'; }), 'own-words example has said,heard,note,by');
test('a round with one line to look for is named', listening(({ practice }) => { practice[0].look_for.length = 1; }), 'a round has two or three lines to look for\n    late-train');
test('a round with something unknown is named', listening(({ practice }) => { practice[0].answer = 'No.'; }), 'late-train has id,said,look_for,example,answer');
test('a number in a card is named', listening(({ cards }) => { cards[2].example.note = 7; }), 'every text is a string\n    their-yes example note');
test('a card that exclaims is named', listening(({ cards }) => { cards[0].example.heard = 'You were tired!'; }), 'what-it-was-like example heard exclaims');
test('a gendered word in a round is named', listening(({ practice }) => { practice[2].look_for[1] = 'What it was like for her.'; }), 'good-results look_for says “her”');
test('a card with something to fill in is named', listening(({ cards }) => { cards[0].title = 'Listen to {other}'; }), 'takes no placeholder\n    what-it-was-like title');
test('a card that breaks off is named', listening(({ cards }) => { cards[3].text += ' And'; }), 'all but titles end as sentences\n    no-fixing text');
test('a card longer than a minute is named', listening(({ cards }) => { cards[4].text += ' It is so.'.repeat(4); }), 'a-guess has 116 words, at most 110');
test('a line to look for that is too long is named', listening(({ practice }) => { practice[1].look_for[0] = `${'so '.repeat(16)}it is.`; }), 'quiet-weekend look_for has 18 words, at most 16');
test('a piece to practise on with two sentences is named', listening(({ practice }) => { practice[0].said = 'The train got stuck. I was late.'; }), 'late-train has 2');
test('a piece to practise on with six sentences is named', listening(({ practice }) => { practice[0].said = 'It got late. '.repeat(6).trim(); }), 'late-train has 6');
test('an example that only repeats is named', listening(({ practice }) => { practice[2].example = practice[2].said; }), 'nothing is given back in the same words\n    good-results');
test('a card too hard to read is named', listening(({ cards }) => { cards[1].example.note = 'Institutional considerations predominantly characterise relationship expectations.'; }), 'own-words example note has grade');
test('a translation of the cards with a card too few is named', () => { mkdirSync(join(copy, 'de')); change('listening.json', (all) => { writeFileSync(join(copy, 'de', 'listening.json'), JSON.stringify({ ...all, cards: all.cards.slice(1) })); }); }, 'de/listening.json: the ids are those that are known');
test('a changed prompt is named', deck((all) => { all[0].text = 'Which tune went round in your head today?'; }), 'ids.lock: no text has changed');
test('a vanished prompt is named', deck((all) => all.pop()), 'ids.lock: no id has vanished');
test('an id used again is named', deck((all) => { all[1].id = 'ou-001'; }), 'no id twice');
test('a new prompt outside the lock is named', deck((all) => all.push({ id: 'ou-900', depth: 1, theme: 'us', mood: 'warm', minutes: 3, text: 'Who lit the lamp?' })), 'ou-900: run with --add-ids');
test('an uneven depth is named', deck((all) => { all[0].depth = 2; }), '9 of everyday at depth 1');
test('a prompt too hard to read is named', deck((all) => { all[0].text = 'Which institutional considerations predominantly characterise your contemporary relationship expectations?'; }), 'ou-001 has grade');
test('two prompts alike are named', deck((all) => { all[1].text = 'What did you see or hear today that you wanted to tell me?'; }), 'ou-001 and ou-002 share');
test('a theme without a text is named', deck((all) => { all[0].theme = 'weather'; }), 'no text openup.theme.weather');
test('a prompt that does not ask is named', deck((all) => { all[0].text = 'Tell me of your day.'; }), 'every prompt asks');
test('a locked line that was changed is named', () => edit('decks/ids.lock', (all) => all.replace(/[0-9a-f]{64}/, '0'.repeat(64))), 'ids.lock: no text has changed');
test('a text the screens ask for and nobody wrote is named', () => source('src', 'A.svelte', "{t('doors.nowhere')}"), 'doors.nowhere (A.svelte)', '--used', join(scratch, 'src'));
test('a pattern of keys that fits nothing is named', () => source('src', 'A.ts', 't(`doors.${which}.nowhere`)'), 'doors.${which}.nowhere (A.ts)', '--used', join(scratch, 'src'));
// A copy that has the texts of one small screen and of the deck, and the screen itself.
const screen = (asks, more = {}) => () => {
  change('texts.json', (all) => {
    for (const key of Object.keys(all)) if (!/^doors\.start$|^openup\.(depth|theme)\.|^sync\.on-phone\.count\./.test(key)) delete all[key];
    Object.assign(all, more);
  });
  source('src', 'A.ts', asks);
};
const all_asked = "t('doors.start'); t(`openup.depth.${d}`); t(`openup.theme.${theme}`); tn('sync.on-phone.count', 2);";
test('texts that are asked for are found', screen(all_asked), null, '--used', join(scratch, 'src'));
test('a text no screen asks for is named', screen(all_asked, { 'doors.spare': 'Spare' }), '    doors.spare', '--used', join(scratch, 'src'));
test('a text only a test asks for is named', () => { screen(all_asked, { 'doors.spare': 'Spare' })(); source('src', 'A.test.ts', "t('doors.spare')"); }, '    doors.spare', '--used', join(scratch, 'src'));
test('a text only the terminal asks for is found', () => { screen(all_asked, { 'doors.spare': 'Spare' })(); source('cli', 'a.cpp', 'terminal.say("doors.spare");'); }, null, '--used', join(scratch, 'src'));
test('a translation that loses a placeholder is named', () => { mkdirSync(join(copy, 'de')); writeFileSync(join(copy, 'de', 'texts.json'), '{"thanks.send": "Senden"}'); }, 'the same things to fill in');
test('a translation of a key that is none is named', () => { mkdirSync(join(copy, 'de')); writeFileSync(join(copy, 'de', 'texts.json'), '{"thanks.nothing": "Nichts"}'); }, 'de/texts.json: only keys that exist');

rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
