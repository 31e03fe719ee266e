// versions.mjs: the first issue's core and today's, two people's or one after the other, over a relay of today. Neither
// knows which the other has. Ends with "N passed, N failed".
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { base64url } from '../vectors/src/bytes.mjs';
import { attuned, Relay } from '../../web/e2e/world/relay.mjs';
import { Device, pair } from '../wasm/device.mjs';
import { Hand } from '../wasm/hand.mjs';

const first = brotliDecompressSync(readFileSync(new URL('first-core.wasm.br', import.meta.url)));
const today_at = new URL('../../build/wasm/attune.wasm', import.meta.url);
for (const needed of [attuned, today_at]) {
  if (existsSync(needed)) continue;
  console.log(`${needed} is missing: ./run --build-only makes it.\n0 passed, 1 failed`);
  process.exit(1);
}
const today = readFileSync(today_at);

let passed = 0;
let failed = 0;
const relay = await Relay.start();
const at_work = new Set();

async function scene(sentence, body) {
  const started = performance.now();
  try {
    await body();
    passed += 1;
    console.log(`passed  ${sentence} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${sentence}\n${String(error.stack ?? error).replace(/^/gm, '        ')}`);
  }
  for (const device of at_work) device.end();
  at_work.clear();
}

async function open(module, rows) {
  const device = await Device.open(module, rows);
  at_work.add(device);
  return device;
}
/** The same device later, with another core. */
async function later(device, module) {
  device.end();
  at_work.delete(device);
  return open(module, device.rows);
}
async function couple(...modules) {
  const two = [];
  for (const module of modules) two.push(await open(module));
  await pair(...two, relay.address);
  return two;
}

const codes = (device) => device.view('app').notices.map(({ code }) => code);
const nothing_is_told = (...devices) => devices.forEach((device) => assert.deepEqual(codes(device), []));
const refused = (device, code, name, args) => assert.throws(() => device.command(name, args), { message: code }, `${name} is not refused`);
const thanks_of = (view) => view.thanks.map(({ did }) => did);

/** Thanks from one to the other, opened and answered there. */
async function thanks(from, to, did) {
  const before = to.view('cherish').thanks.length;
  from.command('cherish.thank', { did, says: 'It was late', felt: 'Carried' });
  await from.settled();
  const { thanks: all } = await to.until('cherish', (view) => view.thanks.length > before);
  assert.equal(all[0].did, '', 'it is in its envelope');
  to.command('space.open-item', { item: all[0].item });
  await to.until('cherish', (view) => view.thanks[0].did === did);
  to.command('cherish.answer', { item: all[0].item, words: `Gladly: ${did}` });
  const { thanks: answered } = await from.until('cherish', (view) => view.thanks[0].answer != null);
  assert.deepEqual([answered[0].by_me, answered[0].answer.words, answered[0].answer.by_me], [true, `Gladly: ${did}`, false]);
}

/** A question of one for both, answered sealed by both, open to both. */
async function sealed(from, to, prompt) {
  from.command('openup.offer', { prompt });
  await from.settled();
  const here = (view) => view.questions.find((one) => one.prompt === prompt);
  const question = here(await to.until('openup', (view) => here(view) !== undefined)).item;
  to.command('openup.answer', { question, text: `The answer of the one who was asked ${prompt}` });
  await to.settled();
  // Whether the other has answered is not shown before both have.
  await from.again();
  assert.deepEqual([here(from.view('openup')).state, here(from.view('openup')).theirs ?? null], ['offered', null]);
  from.command('openup.answer', { question, text: `The answer of the one who asked ${prompt}` });
  const [mine, theirs] = [here(await from.until('openup', (view) => here(view).state === 'opened')), here(await to.until('openup', (view) => here(view).state === 'opened'))];
  assert.deepEqual([mine.mine, mine.theirs], [theirs.theirs, theirs.mine]);
  assert.equal(mine.theirs, `The answer of the one who was asked ${prompt}`);
}

/** Something is kept for oneself, taken back and edited: what else there was from the beginning. */
async function small_things(from, to) {
  from.command('cherish.keep', { did: 'Not for sending yet', says: '', felt: '' });
  from.command('cherish.thank', { did: 'You were on time', says: '', felt: '' });
  await from.settled();
  const { item } = from.view('cherish').thanks[0];
  await to.until('cherish', (view) => view.thanks[0].item === item);
  from.command('cherish.edit', { item, did: 'You were early', says: '', felt: '' });
  await from.settled();
  await to.until('cherish', (view) => view.thanks[0].edited.length === 1 || view.thanks[0].did === '');
  to.command('space.open-item', { item });
  await to.until('cherish', (view) => view.thanks[0].did === 'You were early');
  from.command('cherish.thank', { did: 'A slip of the tongue', says: '', felt: '' });
  await from.settled();
  const slip = from.view('cherish').thanks[0].item;
  await to.until('cherish', (view) => view.thanks[0].item === slip);
  from.command('space.take-back', { item: slip });
  await to.until('cherish', (view) => view.thanks.every((one) => one.item !== slip || one.taken_back === 'gone'));
}

/** Everything that an earlier view says stands in this one, which may say more. */
function holds(now, before, where) {
  if (before === null || typeof before !== 'object') return assert.deepEqual(now, before, where);
  for (const [name, value] of Object.entries(before)) holds(now?.[name], value, `${where}.${name}`);
}

async function in_step(a, b) {
  for (const device of [a, b]) await device.again();
  const [mine, theirs] = [a.view('step'), b.view('step')];
  assert.deepEqual([mine.position, mine.words, mine.code], [theirs.position, theirs.words, theirs.code]);
}

// ------------------------------------------------------------------------------------------------------ two people

for (const [who, ...modules] of [['the first core invites today’s', first, today], ['today’s core invites the first', today, first]]) {
  await scene(`${who}: the words are the same, thanks and sealed answers go both ways, and both are in step`, async () => {
    const [a, b] = await couple(...modules);
    await thanks(a, b, 'You kept my plants alive');
    await thanks(b, a, 'You fixed the printer');
    await sealed(a, b, 'ou-001');
    await sealed(b, a, 'ou-002');
    await small_things(a, b);
    await small_things(b, a);
    await in_step(a, b);
    nothing_is_told(a, b);
  });

  await scene(`${who}: the space is closed with today’s, and the first only reads it from then on`, async () => {
    const [a, b] = await couple(...modules);
    await thanks(a, b, 'Before it was over');
    const [old, young] = modules[0] === first ? [a, b] : [b, a];
    young.command('space.close');
    await young.until('app', (view) => view.closed && view.reading_only);
    await old.until('app', (view) => view.reading_only);
    refused(old, 'reading-only', 'openup.offer', { prompt: 'ou-003' });
    assert.deepEqual(thanks_of(old.view('cherish')), ['Before it was over']);
    nothing_is_told(old, young);
    // With today's it is known why, and that another may be invited.
    const after = await later(old, today);
    assert.equal(after.view('app').closed, true);
    after.command('space.invite', { app: relay.address });
  });
}

await scene('the first core goes on with keys of an epoch that today’s began: a second device came and was removed', async () => {
  const [old, young] = await couple(first, today);
  await thanks(old, young, 'Before the tablet came');
  const tablet = await open(today);
  young.command('space.add-device', { app: relay.address });
  const { link } = await young.until('invitation', ({ state, link }) => state === 'waiting' && link !== '');
  await young.settled();
  tablet.command('space.join', { link });
  await tablet.until('joining', ({ ready, own_device }) => ready && own_device);
  tablet.command('space.accept', { name: 'Tablet' });
  const { words } = await young.until('invitation', ({ state }) => state === 'compare');
  await tablet.until('joining', ({ state }) => state === 'compare');
  young.command('space.same-words', { words });
  tablet.command('space.same-words', { words });
  await tablet.until('app', ({ phase }) => phase === 'paired');
  await thanks(tablet, old, 'From the tablet');
  await thanks(old, tablet, 'To whoever reads it first');
  await young.again();
  const { key } = young.view('devices').devices.find((one) => !one.this_one && !one.phrase);
  young.command('space.remove-device', { key });
  await young.until('devices', ({ devices }) => devices.length === 1);
  await young.settled();
  await thanks(old, young, 'Under the new key');
  await sealed(young, old, 'ou-004');
  nothing_is_told(old, young);
});

await scene('the twelve words that were written down with the first core open the space with today’s', async () => {
  const [old, young] = await couple(first, today);
  await thanks(young, old, 'Before the phone was lost');
  old.command('space.phrase-show');
  const { words, ask } = await old.until('recovery', (view) => view.words.length === 12);
  old.command('space.phrase-confirm', { picks: ask.map((place) => ({ place, word: words[place - 1] })) });
  await old.until('app', (view) => view.recovery === 'confirmed');
  await old.again();
  old.end();
  const fresh = await open(today);
  fresh.command('space.recover', { words: words.join(' '), relay: relay.address });
  await fresh.until('recovering', ({ state }) => state === 'devices');
  fresh.command('space.recover-finish', { keep: [] });
  await fresh.until('app', ({ phase }) => phase === 'paired');
  await fresh.settled();
  assert.deepEqual(thanks_of(fresh.view('cherish')), ['Before the phone was lost']);
  await thanks(fresh, young, 'I am here again');
});

// ---------------------------------------------------------------------------------------------- what came later

/** What a later Attune of that person says; the device itself is as it was. */
async function says_later(device, ...events) {
  await device.again();
  device.end();
  const hand = await Hand.of(device.rows, relay.address);
  await hand.say(...events.map((event) => (typeof event === 'function' ? event(hand) : event)));
  hand.close();
}

await scene('the first core passes over what is not needed, and nothing else is touched by it', async () => {
  const [old, young] = await couple(first, today);
  await thanks(young, old, 'Before');
  await says_later(young, { kind: 'cherish.woven', content: { thread: 'red' } }, { kind: 'cherish.thanked', version: 2, content: { did: 'In a new way' } }, { kind: 'garden.planted' });
  const next = await open(today, young.rows);
  next.command('cherish.thank', { did: 'After', says: '', felt: '' });
  await old.until('cherish', (view) => view.thanks.length === 2);
  await next.settled();
  assert.deepEqual(thanks_of(next.view('cherish')), ['After', 'Before']);
  await thanks(old, next, 'As ever');
  await sealed(old, next, 'ou-005');
  nothing_is_told(old);
});

await scene('the first core cannot show a session of listening, says so, goes on with the rest, and shows what was held once it is today’s', async () => {
  const [old, young] = await couple(first, today);
  await thanks(young, old, 'Before');
  young.command('listen.propose', { how: 'table' });
  const { open } = await young.until('listen', (view) => view.open !== null);
  young.command('listen.piece', { session: open.item, step: 0 });
  young.command('listen.stop', { session: open.item });
  await young.settled();
  await thanks(old, young, 'As ever');
  nothing_is_told(young);
  assert.deepEqual(codes(old), ['needs-newer'], 'it says that there is something it cannot show');
  const after = await later(old, today);
  await after.again();
  const { held } = after.view('listen');
  assert.deepEqual(held.map(({ how, end }) => [how, end]), [['table', 'stopped']]);
  assert.deepEqual(held.map(({ item }) => item), [open.item]);
});

await scene('the first core shows a question of a deck it does not know, to be named as one, and answers it', async () => {
  const [old, young] = await couple(first, today);
  await says_later(young, { kind: 'openup.offered', fields: { prompt: 'ou-999' } });
  const { questions } = await old.until('openup', (view) => view.questions.length === 1);
  assert.deepEqual([questions[0].prompt, questions[0].state], ['ou-999', 'offered']);
  old.command('openup.answer', { question: questions[0].item, text: 'To a question I could not read' });
  await old.settled();
  assert.equal(old.view('openup').questions[0].state, 'mine-sealed');
  nothing_is_told(old);
});

await scene('the first core only reads the practice of a needed kind that it does not know, says so, and goes on with the others', async () => {
  const [old, young] = await couple(first, today);
  await thanks(young, old, 'Before');
  await says_later(young, { kind: 'cherish.woven', needed: true });
  await old.until('app', ({ notices }) => notices.some(({ code }) => code === 'needs-newer'));
  refused(old, 'reading-only', 'cherish.thank', { did: 'After', says: '', felt: '' });
  assert.deepEqual(thanks_of(old.view('cherish')), ['Before']);
  const next = await open(today, young.rows);
  await sealed(old, next, 'ou-006');
  // So does today's, for which it is as unknown.
  refused(next, 'reading-only', 'cherish.thank', { did: 'After', says: '', felt: '' });
});

await scene('the first core only reads a space in which space.continued was said, which it does not know and needs, until it is today’s', async () => {
  const [old, young] = await couple(first, today);
  await thanks(young, old, 'Before');
  await old.again(); // that it was opened lies in *mine*, and is known by itself
  await says_later(young, ({ head }) => {
    const [stream, history] = [base64url(head.stream), base64url(head.history)];
    return { kind: 'space.continued', needed: true, fields: { stream, position: head.position, history }, content: { epoch: 0, key: history, at: { ms: Date.now(), offset: 0 } } };
  });
  await old.until('app', ({ notices }) => notices.some(({ code }) => code === 'needs-newer'));
  refused(old, 'reading-only', 'cherish.thank', { did: 'After', says: '', felt: '' });
  refused(old, 'reading-only', 'openup.offer', { prompt: 'ou-007' });
  assert.deepEqual(thanks_of(old.view('cherish')), ['Before']);
  const after = await later(old, today);
  const next = await open(today, young.rows);
  await thanks(after, next, 'After');
});

await scene('mending, which came later, waits for whoever has the first core: they go on where they are, and with today’s they are asked', async () => {
  const two = await couple(first, today);
  await thanks(...two, 'Before it parted');
  for (const device of two) await device.again();
  for (const device of two) device.end();
  const [old_rows, young_rows] = two.map(({ rows }) => rows);
  // The host puts back what it had, and both have said something on top of that.
  await relay.kill();
  const kept = relay.copy();
  await relay.run();
  const before = await open(today, young_rows);
  before.command('cherish.thank', { did: 'On one side', says: '', felt: '' });
  await before.settled();
  before.end();
  await relay.kill();
  relay.put_back(kept);
  await relay.run();
  const old = await open(first, old_rows);
  old.command('cherish.thank', { did: 'On the other', says: '', felt: '' });
  await old.settled();
  const young = await open(today, before.rows);
  await young.until('mending', ({ state }) => state === 'possible');
  young.command('space.mend');
  await young.until('mending', ({ state }) => state === 'waiting');

  await old.again();
  old.command('cherish.thank', { did: 'Still there', says: '', felt: '' });
  await old.settled();
  assert.deepEqual(thanks_of(old.view('cherish')), ['Still there', 'On the other', 'Before it parted']);
  nothing_is_told(old);
  const after = await later(old, today);
  const { stream } = await after.until('mending', ({ state }) => state === 'asked');
  after.command('space.mend-confirm', { stream });
  for (const device of [after, young]) await device.until('mending', ({ state }) => state === 'done');
  await thanks(after, young, 'Together again');
  for (const device of [after, young]) assert.deepEqual(thanks_of(device.view('cherish')), ['Together again', 'Before it parted']);
  const left_out = (device) => device.view('earlier').items.map(({ text }) => text);
  assert.deepEqual([left_out(after), left_out(young)], [['Still there', 'On the other'], ['On one side']]);
});

// ------------------------------------------------------------------------------------------------- one after the other

await scene('a device of the first core is opened by today’s: all is there, what had not left leaves, and it goes on', async () => {
  for (const other of [first, today]) {
    const [ada, ben] = await couple(first, other);
    await thanks(ada, ben, 'You kept my plants alive');
    await sealed(ben, ada, 'ou-008');
    await small_things(ada, ben);
    ben.command('openup.offer', { prompt: 'ou-009' });
    await ben.settled();
    const { questions } = await ada.until('openup', (view) => view.questions.length === 2);
    ada.command('openup.answer', { question: questions[0].item, text: 'Sealed with the first' });
    ada.command('openup.write', { prompt: 'ou-010', text: 'For myself' });
    ada.command('space.draft', { key: 'thank', text: 'Half a sen' });
    await ada.again();
    // Said on a line that is dead, as the phone is about to find out.
    ada.end();
    ada.command('cherish.thank', { did: 'Said in a tunnel', says: '', felt: '' });
    const before = ['cherish', 'openup', 'story', 'step', 'devices'].map((name) => ada.view(name));
    const after = await later(ada, today);
    assert.deepEqual(thanks_of(after.view('cherish')), thanks_of(before[0]));
    ['cherish', 'openup', 'story', 'step', 'devices'].forEach((name, n) => holds(after.view(name), before[n], name));
    assert.equal(after.view('draft', { key: 'thank' }).text, 'Half a sen');
    await ben.until('cherish', (view) => view.thanks.length === before[0].thanks.length);
    // What was sealed with the first is opened by today's.
    ben.command('openup.answer', { question: questions[0].item, text: 'Sealed by the other' });
    const opened = (view) => view.questions[0].state === 'opened';
    const { questions: now } = await ben.until('openup', opened);
    assert.equal(now[0].theirs, 'Sealed with the first');
    await after.until('openup', opened);
    await thanks(after, ben, 'Still here');
    await sealed(ben, after, 'ou-011');
    nothing_is_told(after, ben);
  }
});

await scene('an invitation of the first core that is open, and a sheet that was not confirmed, go on with today’s', async () => {
  const a = await open(first);
  a.command('space.start', { name: 'Ada', relay: relay.address });
  a.command('cherish.thank', { did: 'Written alone', says: '', felt: '' });
  a.command('space.invite', { app: relay.address });
  const { link } = await a.until('invitation', ({ state, link: there }) => state === 'waiting' && there !== '');
  await a.settled();
  const b = await open(first);
  b.command('space.join', { link });
  await b.until('joining', ({ ready }) => ready);
  b.command('space.accept', { name: 'Ben' });
  const { words } = await a.until('invitation', ({ state }) => state === 'compare');
  await b.until('joining', ({ state }) => state === 'compare');
  // In the middle of it both phones get today's.
  const [ada, ben] = [await later(a, today), await later(b, today)];
  assert.deepEqual([ada.view('invitation').words, ben.view('joining').words], [words, words]);
  ada.command('space.same-words', { words });
  ben.command('space.same-words', { words });
  for (const one of [ada, ben]) await one.until('app', ({ phase }) => phase === 'paired');
  assert.equal(ada.view('offers').offers.length, 1);
  await thanks(ben, ada, 'We are here');
  nothing_is_told(ada, ben);
});

await relay.remove();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
