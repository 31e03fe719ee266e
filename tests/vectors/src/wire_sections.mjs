// The sections of vectors.json that wire/ is checked against.
import { chosen, hex, join, u8, utf8, zeros } from './bytes.mjs';
import { H, KDF, sign } from './crypto.mjs';
import { mine, otherSelf, people, self } from './life.mjs';
import { CONTROL, EVENT, auth, close, erase, genesis, member, members, messages, plain, record } from './wire.mjs';

export function primitives() {
  const key = chosen('a key');
  const inputs = [['history', zeros(0)], ['key-id', chosen('x')], ['skeleton-hash', chosen('long', 300)], ['a', utf8('bc')], ['ab', utf8('c')]];
  const { phone } = people;
  return {
    hash: inputs.map(([tag, x]) => plain({ tag, x, out: H(tag, x) })),
    kdf: inputs.map(([tag, x]) => plain({ key, tag, x, out: KDF(key, tag, x) })),
    sign: inputs.map(([tag, x]) => plain({ seed: phone.signSeed, key: phone.sign, tag, x, signature: sign(phone.signSeed, tag, x) })),
  };
}

export const joins = () =>
  [['device', people.laptop, 0], ['phrase', people.phrase, 1], ['reader', people.reader, 2]].map(([what, who, role]) =>
    plain({ what, seed: who.signSeed, ...member(who, 0, role, self) }));

export function records() {
  const { phone, other } = people;
  const head = { stream: mine.stream, position: 0, history: mine.history };
  const far = { stream: mine.stream, position: 2 ** 40, history: chosen('far') };
  const nonce = chosen('a nonce', 24);
  const make = (what, author, on, cls, epoch, skeleton, content) => {
    const made = record({ author, head: on, cls, epoch, nonce, skeleton, content });
    const { header, signature, history, stream, record: whole } = made;
    return plain({
      what, seed: author.signSeed, ...made.fields, skeleton, content, header, signature, history, streamOf: stream, record: whole,
    });
  };
  return [
    make('event', phone, head, EVENT, 0, chosen('skeleton', 40), chosen('content', 50)),
    make('event far into a stream, in a late epoch', other, far, EVENT, 4294967295, chosen('s', 33), chosen('c', 64)),
    make('event without content', phone, head, EVENT, 1, chosen('s', 17), zeros(0)),
    make('event of nothing', phone, head, EVENT, 1, zeros(0), zeros(0)),
    make('control record', phone, head, CONTROL, 0, close(), zeros(0)),
    make('genesis', phone, null, CONTROL, 0, mine.skeleton, zeros(0)),
  ];
}

export function controls() {
  const { phone, laptop, other, phrase } = people;
  const boxed = (label) => ({ recipient: phone.sign, sealed: chosen(`box ${label}`, 112) });
  const two = [member(phone, 0, 0, self), member(other, 1, 0, otherSelf)];
  const pairing = chosen('pairing');
  const keyId = chosen('key id');
  const made = (control, write, fields) => ({ control, fields: plain(fields), bytes: hex(write(fields)) });
  return [
    made('genesis', genesis, { kind: 1, pairing, continues: null, keyId, adds: two, boxes: [boxed(1), boxed(2)] }),
    made('genesis', genesis, {
      kind: 1, pairing, continues: { stream: self, position: 77, history: chosen('history') }, keyId, adds: two, boxes: [boxed(3)],
    }),
    made('members', members, { pairing: zeros(32), adds: [member(phrase, 0, 1, self)], removes: [], boxes: [boxed(4)], epoch: null }),
    made('members', members, {
      pairing, adds: [], removes: [laptop.sign, phone.sign], boxes: [], epoch: { epoch: 7, keyId, oldKey: chosen('old key', 72) },
    }),
    made('erase', erase, { skeletons: 1, positions: [1, 2, 2 ** 33], blobs: [chosen('blob 1'), chosen('blob 2')] }),
    made('close', close, {}),
  ];
}

/// 65 bytes that begin as an uncompressed point does.
const point = (label) => join(u8(4), chosen(`point ${label}`, 64));

export function frames() {
  const known = { stream: self, kind: 1, head: 41, history: chosen('R') };
  const mailbox = chosen('a mailbox');
  const device = {
    hello: { key: people.phone.sign, nonce: chosen('device nonce') },
    prove: { signature: chosen('a signature', 64) },
    append: { request: 7, stream: self, wake: 1, records: [chosen('r1', 5), chosen('r2', 64), zeros(0)], ahead: [chosen('a1', 7)] },
    follow: { stream: self, from: 2 ** 35 },
    'mail-put': { request: 8, mailbox, create: 1, mail: chosen('mail', 20) },
    'mail-follow': { mailbox },
    'mail-burn': { mailbox },
    'push-key-ask': {},
    'push-set': { request: 12, endpoint: 'https://push.example/a?b=c', p256dh: point('a subscription'), auth: chosen('auth', 16) },
    'push-clear': { request: 13 },
    'wake-at': { request: 14, times: [1790000000, 2 ** 40 - 1] },
    'slot-put': { request: 15, stream: self, id: chosen('a snapshot'), piece: 2, count: 64, bytes: chosen('a piece', 30) },
    'slot-get': { request: 16, stream: self, piece: 63 },
    signal: { stream: self, bytes: chosen('a signal', 256) },
  };
  const relay = {
    challenged: { nonce: chosen('relay nonce') },
    welcome: { streams: [known, { ...known, kind: 0, head: 0 }] },
    stored: { request: 9, head: 42, history: chosen('R') },
    moved: { request: 10, head: 43, history: chosen('R') },
    refused: { request: 11, code: 27 },
    records: { stream: self, head: 44, history: chosen('R'), records: [chosen('r3', 9)] },
    mail: { mailbox, state: 2, mails: [chosen('m', 12), chosen('n', 3)] },
    joined: known,
    fault: { code: 77 },
    'push-key': { available: 1, key: point('the relay') },
    slot: { request: 17, id: chosen('a snapshot'), piece: 0, count: 1, bytes: chosen('a piece', 30) },
    signalled: { stream: self, from: people.other.sign, bytes: chosen('a signal', 64) },
  };
  const made = (from) => ([type, fields]) => ({ from, type, fields: plain(fields), bytes: hex(messages[type](fields)) });
  return [...Object.entries(device).map(made('device')), ...Object.entries(relay).map(made('relay'))];
}

export function auths() {
  const relay = chosen('relay nonce');
  const device = chosen('device nonce');
  const { phone } = people;
  return ['https://attune.example', 'http://localhost:8420'].map((origin) =>
    plain({ seed: phone.signSeed, key: phone.sign, relay, device, origin, signature: auth(phone, relay, device, origin) }));
}

/// A stream from its genesis on: after each record the epoch, who is a member, and whether it is closed. `texts` is what
/// an event says, for the core.
export const chain = (made, after) =>
  made.map((r, i) => plain({ what: r.what, record: r.record, history: r.history, ...after[i], texts: r.texts ?? null }));
