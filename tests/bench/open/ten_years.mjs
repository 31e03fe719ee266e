// ten_years.mjs FOLDER [EVENTS]: what a device of a couple has stored after ten years. Written with the parts that make the
// test vectors (tests/vectors/src), which share no code with the core.
//
//   FOLDER/rows.bin     rows as at the browser's boundary (wasm/main.cpp), in the order of their keys
//   FOLDER/plain.json   the events of *ours* as one JSON list
//
// About 27 events a day: thank-yous and answers to them, a few edited, one in a hundred taken back, a sealed question every
// week; in *mine* that its owner opened each. The same numbers give the same rows.
import { createPrivateKey, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join as path_of } from 'node:path';

import { encode_rows } from '../../../web/src/worker/blob.ts';
import { base64url, chosen, join, u32, utf8, zeros } from '../../vectors/src/bytes.mjs';
import { KDF, device, seal } from '../../vectors/src/crypto.mjs';
import { commitment, keyId, box, oursSize, sealedAnswer, MINE_CONTENT, MINE_SKELETON, SEALED_CONTENT } from '../../vectors/src/space.mjs';
import { CONTROL, EVENT, contentHash, erase, genesis, history, member, skeletonHash } from '../../vectors/src/wire.mjs';

const [folder, asked] = process.argv.slice(2);
const events = Number(asked ?? 100_000);
const began = 1_480_000_000_000;
const between = 53 * 60 * 1_000;
const words = 'you made coffee before I woke listened when it was late and kept quiet about the dent laughed walked with me through that week'.split(' ');

// ---- dice (xorshift32) ----

let state = 1;
function roll() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}
const below = (bound) => roll() % bound;
const chance = (percent) => below(100) < percent;
function random(size) {
  const out = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) out[i] = roll() >>> 24;
  return out;
}
function text(most) {
  let out = words[below(words.length)];
  for (let more = below(most); more > 0; more -= 1) out += ` ${words[below(words.length)]}`;
  return out;
}

// ---- two people and their streams ----

const rows = [];
const plain = [];
let now = began;
const at = () => ({ ms: now, offset: 60 });

const hex16 = (position) => position.toString(16).padStart(16, '0');
function keep(made) {
  rows.push({ key: `r/${base64url(made.stream)}/${hex16(made.position)}`, value: made.record });
  return made;
}
const sam = device(chosen('sam sign'), chosen('sam box'));
const noa = device(chosen('noa sign'), chosen('noa box'));
const people = [sam, noa];
const mine_keys = [chosen('key of mine of sam'), chosen('key of mine of noa')];
const ours_key = chosen('key of ours');

// ---- records, as docs/PROTOCOL.md lays them out; the vectors' own way would take minutes for as many ----

const der = Buffer.from('302e020100300506032b657004220420', 'hex'); // RFC 8410: what stands before the seed
for (const who of people) who.key = createPrivateKey({ key: Buffer.concat([der, who.signSeed]), format: 'der', type: 'pkcs8' });

function finish(who, head, header, skeleton, content) {
  header.set(skeletonHash(skeleton), 144);
  header.set(contentHash(content), 176);
  const here = history(header);
  const signature = sign(null, Buffer.concat([Buffer.from('attune/v1/record'), header]), who.key);
  return {
    stream: head?.stream ?? here, position: head ? head.position + 1 : 0, history: here,
    record: new Uint8Array(Buffer.concat([header, signature, skeleton, content])),
  };
}
function blank(who, cls, head, skeleton_length, content_length) {
  const header = Buffer.alloc(208);
  header[0] = 1;
  header[1] = cls;
  if (head) {
    header.set(head.stream, 4);
    header.writeBigUInt64LE(BigInt(head.position + 1), 36);
    header.set(head.history, 44);
  }
  header.set(who.sign, 80);
  header.writeUInt32LE(skeleton_length, 136);
  header.writeUInt32LE(content_length, 140);
  return header;
}
function control(who, head, skeleton) {
  const header = blank(who, CONTROL, head, skeleton.length, 0);
  header.set(random(24), 112);
  return finish(who, head, header, skeleton, zeros(0));
}
const part_keys = new Map();
function part_key(key, tag, stream) {
  const name = tag + base64url(stream);
  if (!part_keys.has(name)) part_keys.set(name, KDF(key, tag, stream, u32(0)));
  return part_keys.get(name);
}
function event({ author, head, key, skeleton, content, skeletonSize, contentSize }) {
  const padded = (written, size) => {
    const bytes = Buffer.alloc(size - 16);
    bytes.writeUInt32LE(bytes.write(written, 4), 0);
    return bytes;
  };
  const parts = [padded(skeleton, skeletonSize), padded(content, contentSize)];
  const header = blank(author, EVENT, head, skeletonSize, contentSize);
  header.set(random(24), 112); // fresh, which is all that a reader can tell of a nonce
  const [first, second] = ['skeleton', 'content'].map((tag, i) =>
    seal(part_key(key, tag, head.stream), header.subarray(112, 136), parts[i], header.subarray(0, 144)));
  return finish(author, head, header, first, second);
}

const found = (who, kind, pairing, key, adds) =>
  control(who, null, genesis({
    kind, pairing, continues: null, keyId: keyId(zeros(32), 0, key), adds,
    boxes: adds.map((each) => box({ sign: each.sign, box: each.box }, zeros(32), 0, key, random(32))),
  }));
const own = people.map((who, person) => found(who, 0, zeros(32), mine_keys[person], [member(who, 0, 0, zeros(32), zeros(64))]));
let mine = keep(own[0]);
const joins = people.map((who, person) => member(who, person, 0, own[person].stream));
let ours = keep(found(sam, 1, chosen('pairing'), ours_key, joins));

// ---- what is said ----

const item = (id, kind, fields) => `{"f":${JSON.stringify(fields)},"id":"${id}","k":"${kind}","v":1}`;
const new_id = () => base64url(random(16));

/// Fields and contents are named in the order of their names, as the core writes them.
function say(by, id, kind, fields, content, { size, in_plain = content } = {}) {
  const written = JSON.stringify(content);
  ours = keep(event({
    author: people[by], head: ours, key: ours_key,
    skeleton: item(id, kind, fields), content: written, skeletonSize: 256, contentSize: size ?? oursSize(utf8(written).length),
  }));
  plain.push({ id, by, k: kind, v: 1, f: fields, c: in_plain });
  now += between;
  return rows.length - 1;
}

let notes = [];
function note(kind, fields, content = {}) {
  notes.push({ text: item(new_id(), kind, fields), content });
  if (notes.length === 8) write_notes();
}
/// What is private fills a record of *mine*.
function write_notes() {
  const place = `["${base64url(ours.stream)}",${ours.position},"${base64url(ours.history)}"]`;
  mine = keep(event({
    author: sam, head: mine, key: mine_keys[0],
    skeleton: `{"e":[${notes.map((each) => each.text).join(',')}],"o":${place}}`,
    content: JSON.stringify(notes.map((each) => each.content)), skeletonSize: MINE_SKELETON, contentSize: MINE_CONTENT,
  }));
  notes = [];
}

const wording = () => {
  const more = chance(10) ? 40 : 0;
  return { at: at(), did: text(10 + more), felt: text(6 + more), says: text(6 + more) };
};

function thank() {
  const by = below(2);
  const thanks = new_id();
  const position = ours.position + 1;
  const row = say(by, thanks, 'cherish.thanked', { kept: null }, wording());
  if (chance(8)) say(by, new_id(), 'cherish.edited', { of: thanks }, wording());
  if (by === 1) note('space.envelope-opened', { of: thanks });
  if (chance(1)) {
    say(by, new_id(), 'space.taken-back', { of: thanks }, { at: at() });
    ours = keep(control(people[by], ours, erase({ skeletons: 0, positions: [position], blobs: [] })));
    rows[row].value = rows[row].value.subarray(0, 272 + 256);
  } else if (chance(97)) {
    say(1 - by, new_id(), 'cherish.answered', { of: thanks }, { at: at(), tap: 'warmed', words: text(6) });
  }
}

function ask() {
  const question = new_id();
  const q = Buffer.from(question, 'base64url');
  say(0, question, 'openup.offered', { prompt: 'ou-030', written: null }, { at: at() });
  const answers = people.map((_, by) => {
    const r = random(32);
    const said = text(20);
    const answer = utf8(said);
    const nonce = random(24);
    const sealed = sealedAnswer(mine_keys[by], ours.stream, q, by, r, answer, nonce);
    const c = base64url(commitment(ours.stream, q, by, r, answer));
    const content = { at: at(), box: base64url(sealed), epoch: 0, nonce: base64url(nonce) };
    // In plain nothing is sealed.
    say(by, new_id(), 'sealed.committed', { c, q: question }, content, { size: SEALED_CONTENT, in_plain: { answer: said, at: at() } });
    return { r, answer };
  });
  answers.forEach(({ r, answer }, by) => {
    say(by, new_id(), 'sealed.opened', { q: question }, { answer: base64url(answer), at: at(), r: base64url(r) }, { size: SEALED_CONTENT });
  });
  note('space.envelope-opened', { of: question });
}

notes.push({
  text: item(new_id(), 'space.joined', {}),
  content: { at: at(), box: base64url(sam.box), join: base64url(joins[0].join), name: 'Sam', sign: base64url(sam.sign) },
});
write_notes();
people.forEach((_, by) => say(by, new_id(), 'space.named', {}, { at: at(), name: ['Sam', 'Noa'][by] }));
for (let day = 1; plain.length < events; day += 1) {
  for (let i = 0; i < 13 && plain.length < events; i += 1) thank();
  if (day % 7 === 0) ask();
}
write_notes();

// ---- the small rows of a device at which nothing waits ----

const wrap = random(32);
function sealed_row(name, value) {
  const nonce = random(24);
  rows.push({ key: name, value: join(nonce, seal(wrap, nonce, utf8(JSON.stringify(value)), utf8(name))) });
}
rows.push({ key: 'format', value: u32(1) }, { key: 'wrap', value: wrap });
sealed_row('profile', {
  sign_seed: base64url(sam.signSeed), box_secret: base64url(sam.boxSecret), relay: 'https://relay.example', name: 'Sam',
  mine: base64url(mine.stream), ours: base64url(ours.stream), left: [], enrolling: [], removing: null, closing: null, close_said: null,
});
sealed_row('local', { looked: ours.position - 40, step_check: null, forked: [], handed_over: null });
rows.sort((a, b) => (a.key < b.key ? -1 : 1));

mkdirSync(folder, { recursive: true });
writeFileSync(path_of(folder, 'rows.bin'), encode_rows(rows));
writeFileSync(path_of(folder, 'plain.json'), `[${plain.map((each) => JSON.stringify(each)).join(',\n')}]\n`);
console.log(`${plain.length} events in ${rows.length} rows of ${rows.reduce((sum, row) => sum + row.value.length, 0)} bytes`);
