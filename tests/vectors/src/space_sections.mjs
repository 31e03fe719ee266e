// The sections of vectors.json that the core's crypto and space are checked against.
import { chosen, filled, unhex, utf8, zeros } from './bytes.mjs';
import { keys, otherSelf, people, self } from './life.mjs';
import { plain } from './wire.mjs';
import * as space from './space.mjs';

const lengths = [0, 1, 235, 236, 237, 2027, 2028, 2029, 8171, 8172, 8173, 9000, 12345, 20000, 65000, 100000];

export const sizes = () => ({
  ours_content: lengths.map((text) => ({ text, size: space.oursContentSize(text) })),
  ours_skeleton: [0, 236, 237, 300, 1000].map((text) => ({ text, size: space.oursSkeletonSize(text) })),
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
    make('long event of ours', 3, keys.oursNext, '{"kind":"y"}', long, 256, space.oursContentSize(utf8(long).length)),
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

export function invitation(role, name) {
  const a = people.phone;
  const b = role === 0 ? people.other : people.laptop;
  const s = chosen(`s ${role}`);
  const nA = chosen(`n_A ${role}`);
  const nB = chosen(`n_B ${role}`);
  const m1 = space.m1(a, self, role, nA);
  const m2 = space.m2(b, role === 0 ? otherSelf : self, nB, name, m1);
  const m3 = space.m3(a, nA, m1, m2);
  const m4 = filled(1, 2);
  const nonce = (kind) => chosen(`mail ${role} ${kind}`, 24);
  const mails = [m1, m2, m3, m4].map((body, i) => ({ kind: i + 1, body, nonce: nonce(i + 1), mail: space.mail(s, i + 1, body, nonce(i + 1)) }));
  return plain({
    role, s, nA, nB, name, mailbox: space.mailbox(s), mailKey: space.mailKey(s),
    aSeed: a.signSeed, aBoxSecret: a.boxSecret, aSelf: self,
    bSeed: b.signSeed, bBoxSecret: b.boxSecret, bSelf: role === 0 ? otherSelf : self,
    mails, words: space.invitationWords(m1, m2, nA), pairing: space.pairing(m1, m2, nA),
  });
}

export const pairingOf = (made) => unhex(made.pairing);

export const steps = () => [[0, 'first'], [2 ** 33 + 5, 'later']].map(([position, label]) => {
  const history = chosen(`R ${label}`);
  return plain({ stream: self, position, history, words: space.stepWords(self, position, history), code: space.stepCode(self, position, history) });
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
