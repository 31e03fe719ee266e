// The sections of vectors.json that the core's crypto and space are checked against.
import { chosen, filled, join, unhex, utf8, zeros } from './bytes.mjs';
import { keys, otherSelf, people, self } from './life.mjs';
import { plain } from './wire.mjs';
import * as space from './space.mjs';

const lengths = [0, 1, 235, 236, 237, 2027, 2028, 2029, 8171, 8172, 8173, 9000, 12345, 20000, 65000, 100000];

export const sizes = () => ({
  ours: lengths.map((text) => ({ text, size: space.oursSize(text) })),
  sealed_content: space.SEALED_CONTENT, mine_skeleton: space.MINE_SKELETON, mine_content: space.MINE_CONTENT,
});

export function events() {
  const head = { stream: chosen('a stream'), position: 11, history: chosen('history') };
  const make = (what, epoch, key, skeleton, content, skeletonSize, contentSize) => {
    const entropy = chosen(`entropy of ${what}`);
    const r = space.event({ author: people.phone, head, epoch, key, entropy, skeleton, content, skeletonSize, contentSize });
    return plain({
      what, authorSeed: people.phone.signSeed, authorBoxSecret: people.phone.boxSecret, stream: head.stream, position: r.position,
      prev: head.history, epoch, key, entropy, skeleton, content, skeletonSize, contentSize, nonce: r.fields.nonce, record: r.record,
    });
  };
  const long = '{"text":"' + 'ü'.repeat(1200) + '"}';
  return [
    make('small event of ours', 0, keys.ours, '{"kind":"x"}', '{"text":"thank you"}', 256, 256),
    make('long event of ours', 3, keys.oursNext, '{"kind":"y"}', long, 256, space.oursSize(utf8(long).length)),
    make('event of mine', 0, keys.mine, '{"events":[]}', '{}', space.MINE_SKELETON, space.MINE_CONTENT),
  ];
}

export function boxes() {
  const ephemeral = chosen('ephemeral');
  const make = (what, stream, epoch, key) => plain({
    what, stream, epoch, key, keyId: space.keyId(stream, epoch, key), ephemeral,
    recipientSeed: people.other.signSeed, recipientBoxSecret: people.other.boxSecret, recipient: people.other.sign,
    recipientBox: people.other.box, sealed: space.box(people.other, stream, epoch, key, ephemeral).sealed,
  });
  return [make('in a genesis', zeros(32), 0, keys.ours), make('of a later epoch', self, 5, keys.oursNext)];
}

export function oldKeys() {
  const nonce = chosen('old key nonce', 24);
  return [0, 4].map((oldEpoch) => plain({
    stream: self, oldEpoch, newKey: keys.oursNext, oldKey: keys.ours, nonce,
    sealed: space.oldKey(keys.oursNext, self, oldEpoch, keys.ours, nonce),
  }));
}

/// The words of the first four are published with BIP-39, so that the list itself is checked, too.
export function phrases() {
  const published = [
    [zeros(16), 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about'],
    [filled(16, 0x7f), 'legal winner thank year wave sausage worth useful legal winner thank yellow'],
    [filled(16, 0x80), 'letter advice cage absurd amount doctor acoustic avoid letter advice cage above'],
    [filled(16, 0xff), 'zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong'],
  ];
  const entry = (seed, words) => {
    const made = space.phraseKeys(seed);
    return plain({ seed, indices: space.phraseWords(seed), words, signSeed: made.signSeed, sign: made.sign, boxSecret: made.boxSecret, box: made.box });
  };
  return [...published.map(([seed, words]) => entry(seed, words.split(' '))), entry(chosen('phrase', 16), null)];
}

/// `ours`: whether the inviter of an own device shares a stream with somebody.
export function invitation(role, name, ours = true) {
  const app = 'https://app.example';
  const relay = 'https://attune.example:8443';
  const a = people.phone;
  const b = role === 0 ? people.other : people.laptop;
  const label = ours ? role : `${role} alone`;
  const s = chosen(`s ${label}`);
  const nA = chosen(`n_A ${label}`);
  const nB = chosen(`n_B ${label}`);
  const m1 = space.m1(a, self, role, nA);
  const m2 = space.m2(b, role === 0 ? otherSelf : self, nB, name, m1);
  const m3 = space.m3(a, nA, m1, m2);
  const m4 = filled(1, 2);
  const nonce = (kind) => chosen(`mail ${label} ${kind}`, 24);
  const pairing = space.pairing(m1, m2, nA);
  const mine = { position: 2 ** 33 + 7, history: chosen('R of mine') };
  const shared = ours ? { stream: chosen('a stream'), position: 300, history: chosen('R of ours') } : undefined;
  const left = { state: chosen('a state'), epoch: 5, keyId: space.keyId(self, 5, keys.mine), sealed: space.box(b, self, 5, keys.mine, chosen('ephemeral of m6')).sealed };
  const m6 = space.m6(a, pairing, left.state, left.epoch, left.keyId, left.sealed);
  const bodies = role === 0 ? [[1, m1], [2, m2], [3, m3], [4, m4]] : [[1, m1], [2, m2], [3, m3], [5, space.m5(a, pairing, mine, shared)], [6, m6]];
  const mails = bodies.map(([kind, body]) => ({ kind, body, nonce: nonce(kind), mail: space.mail(s, kind, body, nonce(kind)) }));
  return plain({
    role, s, nA, nB, name, mailbox: space.mailbox(s), mailKey: space.mailKey(s),
    aSeed: a.signSeed, aBoxSecret: a.boxSecret, aSelf: self,
    bSeed: b.signSeed, bBoxSecret: b.boxSecret, bSelf: role === 0 ? otherSelf : self,
    app, relay, link: space.link(app, s, relay), linkWords: space.linkWords(s),
    ...(role === 1 ? { minePosition: mine.position, mineHistory: mine.history, state: left.state, stateEpoch: left.epoch, stateKeyId: left.keyId, stateKey: keys.mine, stateBox: left.sealed } : {}),
    ...(role === 1 && shared ? { ours: shared.stream, oursPosition: shared.position, oursHistory: shared.history } : {}),
    mails, words: space.invitationWords(m1, m2, nA), pairing,
  });
}

export const pairingOf = (made) => unhex(made.pairing);

export const steps = () => [[0, 'first'], [2 ** 33 + 5, 'later']].map(([position, label]) => {
  const history = chosen(`R ${label}`);
  return plain({ stream: self, position, history, words: space.stepWords(self, position, history), code: space.stepCode(self, position, history) });
});

export const successors = () => [[0, 'first'], [2 ** 33 + 5, 'later']].map(([position, label]) => {
  const earlier = chosen(`pairing ${label}`);
  const history = chosen(`R ${label}`);
  return plain({ earlier, stream: self, position, history, pairing: space.successorPairing(earlier, self, position, history) });
});

export const slots = () => [['short', 100], ['of two pieces', 66_000]].map(([what, size]) => {
  const begins = chosen(`state ${what}`);
  const state = join(begins, filled(size, 7)); // long ones are said, not shown
  const random = chosen(`slot ${what}`, 16);
  return plain({
    what, stream: self, epoch: 3, mineKey: keys.mine, authorSeed: people.phone.signSeed, authorBoxSecret: people.phone.boxSecret,
    random, begins, sevens: size, hash: space.stateHash(state), key: space.slotKey(keys.mine, self, 3),
    sealedHash: space.stateHash(space.slot(people.phone, keys.mine, self, 3, state, random)),
    sealed: size < 1000 ? space.slot(people.phone, keys.mine, self, 3, state, random) : null,
  });
});

export function sealedAnswers() {
  const stream = chosen('a stream');
  const make = (what, p, answer) => {
    const q = chosen(`question ${what}`, 16);
    const r = chosen(`r ${what}`);
    const nonce = chosen(`sealed nonce ${what}`, 24);
    const key = p === 0 ? keys.mine : keys.otherMine;
    return plain({
      what, stream, q, p, r, answer, mineKey: key, nonce,
      commitment: space.commitment(stream, q, p, r, utf8(answer)),
      sealed: space.sealedAnswer(key, stream, q, p, r, utf8(answer), nonce),
    });
  };
  return [make('short', 0, 'When you sang in the kitchen.'), make('longest', 1, 'y'.repeat(4096))];
}

/// Texts that people type or scan, each with the refusal it must meet.
export function invalid(invited) {
  const row = (on, what, code, text) => ({ on, what, code, text });
  const good = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
  const { link } = invited;
  const step = space.stepCode(self, 3, chosen('R'));
  return [
    row('phrase', 'eleven words', 'word-count', good.replace(' yellow', '')),
    row('phrase', 'thirteen words', 'word-count', `${good} zoo`),
    row('phrase', 'no words', 'word-count', ''),
    row('phrase', 'a word of no list', 'unknown-word', good.replace('sausage', 'sausages')),
    row('phrase', 'two words swapped', 'word-checksum', good.replace('legal winner thank', 'winner legal thank')),
    row('phrase', 'another last word', 'word-checksum', good.replace('yellow', 'zoo')),
    row('link', 'its end is missing', 'link-short', link.slice(0, link.indexOf('=') + 30)),
    row('link', 'no relay', 'link-short', link.slice(0, link.lastIndexOf('.', link.indexOf('%')) + 1)),
    row('link', 'a newer version', 'link-newer', link.replace('join=1.', 'join=2.')),
    row('link', 'a letter no link has', 'link-altered', link.replace('join=1.', 'join=1.!').replace(/.(?=\.https)/, '')),
    row('link', 'a relay that is none', 'bad-address', link.replace('https%3A', 'ftp%3A')),
    row('step', 'cut short', 'bad-step-code', step.slice(0, -1)),
    row('step', 'too long', 'bad-step-code', `${step}AAAA`),
    row('step', 'something else', 'bad-step-code', step.replace('attune-step', 'attune-join')),
  ];
}
