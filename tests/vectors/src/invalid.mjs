// Broken inputs and the name of the refusal each must meet. `on` says what reads the bytes.
import { chosen, flip, hex, join, u8, unhex, zeros } from './bytes.mjs';
import { CONTROL, record } from './wire.mjs';
import { keys, people } from './life.mjs';
import * as space from './space.mjs';
import * as wire from './wire.mjs';

const cut = (bytes, n) => bytes.subarray(0, bytes.length - n);
const set = (bytes, at, ...values) => {
  const out = Uint8Array.from(bytes);
  values.forEach((value, i) => { out[at + i] = value; });
  return out;
};

/// Single records: layout, hashes and signature, in the order a reader looks.
export function records(sample) {
  const r = unhex(sample.record);
  const row = (what, code, bytes) => ({ on: 'record', what, code, bytes: hex(bytes) });
  return [
    row('shorter than a header', 'record-truncated', r.subarray(0, 207)),
    row('half a content', 'record-truncated', cut(r, 1)),
    row('a byte left over', 'record-trailing-bytes', join(r, u8(0))),
    row('version 2', 'record-version', set(r, 0, 2)),
    row('class 2', 'record-class', set(r, 1, 2)),
    row('a reserved bit', 'record-reserved-bits', flip(r, 2 * 8 + 3)),
    row('a skeleton of 2^24 bytes', 'too-large', set(r, 136, 0, 0, 0, 1)),
    row('a bit of the stream', 'bad-signature', flip(r, 4 * 8)),
    row('a bit of the position', 'bad-signature', flip(r, 36 * 8)),
    row('a bit of the predecessor', 'bad-signature', flip(r, 50 * 8 + 7)),
    row('a bit of the epoch', 'bad-signature', flip(r, 76 * 8)),
    row('a bit of the author', 'bad-signature', flip(r, 80 * 8)),
    row('a bit of the nonce', 'bad-signature', flip(r, 112 * 8)),
    row('a bit of the skeleton hash', 'skeleton-hash', flip(r, 144 * 8)),
    row('a bit of the content hash', 'content-hash', flip(r, 207 * 8)),
    row('a bit of the signature', 'bad-signature', flip(r, 208 * 8)),
    row('a bit of the skeleton', 'skeleton-hash', flip(r, 272 * 8)),
    row('a bit of the content', 'content-hash', flip(r, (r.length - 1) * 8)),
  ];
}

export function controls(founding, change, erasing) {
  const row = (what, bytes) => ({ on: 'control', what, code: 'bad-control', bytes: hex(bytes) });
  return [
    row('nothing', zeros(0)),
    row('kind 0', set(founding, 0, 0)),
    row('a third kind of stream', set(founding, 1, 2)),
    row('a byte left over', join(founding, u8(0))),
    row('a byte short', cut(change, 1)),
    row('a third person', set(founding, 67 + 1 + 64, 2)),
    row('an unknown role', set(founding, 67 + 1 + 65, 3)),
    row('positions that do not rise', set(erasing, 4, 9)),
  ];
}

/// Records that stand rightly on the chain, are signed, and are forbidden all the same.
export function changes(chain) {
  const { phone, other, phrase, stranger, laptop } = people;
  const after = (name) => chain.findIndex((r) => r.what === name);
  const row = (what, code, at, author, epoch, skeleton, cls = CONTROL) => {
    const head = chain[at];
    const made = record({ author, head, cls, epoch, nonce: chosen(`nonce ${what}`, 24), skeleton, content: zeros(0) });
    return { on: 'change', what, code, after: at, bytes: hex(made.record) };
  };
  const device = (who, person, self) => wire.member(who, person, 0, self);
  const self = chain.self;
  const otherSelf = chain.otherSelf;
  const adds = (member, box) => wire.members({ pairing: zeros(32), adds: [member], removes: [], boxes: box ? [box] : [], epoch: null });
  const boxFor = (who) => space.box(who, chain[0].stream, 0, keys.ours, chosen('ephemeral of a change'));
  const founded = after('event of person 1');
  const removed = after('removes the laptop');
  const ended = after('the end');
  const epoch1 = { epoch: 1, keyId: chosen('key id'), oldKey: zeros(72) };
  return [
    row('a stranger ends the stream', 'not-a-writer', founded, stranger, 0, wire.close()),
    row('a removed device ends the stream', 'not-a-writer', removed, laptop, 1, wire.close()),
    row('the phrase ends the stream', 'phrase-writes-members-only', founded, phrase, 0, wire.close()),
    row('an old epoch', 'old-epoch', removed, other, 0, wire.close()),
    row('after the end', 'stream-closed', ended, phone, 1, wire.close()),
    row('adds for the other person', 'other-persons-key', founded, other, 0, adds(device(laptop, 0, self), boxFor(laptop))),
    row('adds under the other self', 'wrong-self', founded, phone, 0, adds(device(laptop, 0, otherSelf), boxFor(laptop))),
    row('adds without a box', 'boxes', founded, phone, 0, adds(device(laptop, 0, self), null)),
    row('adds what is there', 'key-used-before', founded, phone, 0, adds(device(phone, 0, self), boxFor(phone))),
    row('adds what was removed', 'key-used-before', removed, phone, 1, adds(device(laptop, 0, self), boxFor(laptop))),
    row('adds with the join of another role', 'bad-join', founded, phone, 0,
      adds({ ...device(laptop, 0, self), join: wire.signJoin(laptop, self, 1) }, boxFor(laptop))),
    row('removes without an epoch', 'removal-needs-epoch', founded, phone, 0,
      wire.members({ pairing: zeros(32), adds: [], removes: [phrase.sign], boxes: [], epoch: null })),
    row('removes the other person', 'other-persons-key', founded, phone, 0,
      wire.members({ pairing: zeros(32), adds: [], removes: [other.sign], boxes: [boxFor(phone), boxFor(phrase)], epoch: epoch1 })),
    row('removes the last key of a person', 'last-member', founded, other, 0,
      wire.members({ pairing: zeros(32), adds: [], removes: [other.sign], boxes: [boxFor(phone), boxFor(phrase)], epoch: epoch1 })),
    row('jumps over an epoch', 'epoch-step', founded, phone, 0,
      wire.members({ pairing: zeros(32), adds: [], removes: [], boxes: [boxFor(phone), boxFor(phrase), boxFor(other)], epoch: { ...epoch1, epoch: 2 } })),
    row('leaves the other person without the new key', 'boxes', founded, phone, 0,
      wire.members({ pairing: zeros(32), adds: [], removes: [], boxes: [boxFor(phone), boxFor(phrase)], epoch: epoch1 })),
    row('changes nothing', 'nothing-changes', founded, phone, 0,
      wire.members({ pairing: zeros(32), adds: [], removes: [], boxes: [], epoch: null })),
    row('erases what the other wrote', 'erase-target', founded, phone, 0, wire.erase({ skeletons: 0, positions: [2], blobs: [] })),
    row('erases the genesis', 'erase-target', founded, phone, 0, wire.erase({ skeletons: 0, positions: [0], blobs: [] })),
    row('erases a skeleton before the end', 'erase-skeletons', founded, phone, 0, wire.erase({ skeletons: 1, positions: [1], blobs: [] })),
    row('founds a second time', 'second-genesis', founded, phone, 0, chain[0].skeleton),
  ];
}

export function frames(made) {
  const bytes = (type) => unhex(made.find((frame) => frame.type === type).bytes);
  const row = (on, what, code, value) => ({ on, what, code, bytes: hex(value) });
  return [
    row('device', 'nothing', 'bad-frame', zeros(0)),
    row('device', 'an unknown type', 'bad-frame', u8(0x05)),
    row('device', 'a relay speaking as a device', 'bad-frame', bytes('stored')),
    row('device', 'another protocol', 'other-protocol', set(bytes('hello'), 1, 2)),
    row('device', 'an append of nothing', 'batch-size', set(bytes('append').subarray(0, 39), 38, 0)),
    row('device', 'more records than bytes', 'bad-frame', set(bytes('append'), 38, 4)),
    row('device', 'a record of 2^24 bytes', 'too-large', set(bytes('append'), 39, 0, 0, 0, 1)),
    row('device', 'an append that ends with its records', 'bad-frame', bytes('append').subarray(0, -12)),
    row('device', 'more records ahead than bytes', 'bad-frame', set(bytes('append'), bytes('append').length - 12, 4)),
    row('device', 'a byte left over', 'bad-frame', join(bytes('mail-burn'), u8(0))),
    row('device', 'a push address of 513 characters', 'too-large', set(bytes('push-set'), 5, 1, 2)),
    row('device', 'a push address of two lines', 'bad-frame', set(bytes('push-set'), 9, 10)),
    row('device', 'a compressed push key', 'bad-frame', set(bytes('push-set'), 7 + 26, 2)),
    row('device', 'wake-up times that fall', 'bad-frame', set(bytes('wake-at'), 6 + 8, 0, 0, 0, 0, 0, 0, 0, 0)),
    row('device', '17 wake-up times', 'too-large', set(bytes('wake-at'), 5, 17)),
    row('device', 'a piece behind the last', 'bad-frame', set(bytes('slot-put'), 69, 64)),
    row('device', 'a piece of nothing', 'bad-frame', set(bytes('slot-put').subarray(0, -30), 71, 0)),
    row('device', 'a piece of 2^24 bytes', 'too-large', set(bytes('slot-put'), 71, 0, 0, 0, 1)),
    row('device', 'a signal of 257 bytes', 'too-large', join(set(bytes('signal'), 33, 1, 1), u8(0))),
    row('device', 'a signal of nothing', 'bad-frame', set(bytes('signal').subarray(0, 35), 33, 0, 0)),
    row('device', 'a signal with a byte behind it', 'bad-frame', join(bytes('signal'), u8(0))),
    row('relay', 'a device speaking as a relay', 'bad-frame', bytes('follow')),
    row('relay', 'a mailbox in no known state', 'bad-frame', set(bytes('mail'), 33, 4)),
    row('relay', 'nine mails', 'too-large', set(bytes('mail'), 34, 9)),
    row('relay', 'half a push key', 'bad-frame', set(bytes('push-key'), 1, 0)),
    row('relay', 'a slot of no piece with bytes', 'bad-frame', set(bytes('slot'), 38, 0)),
    row('relay', 'a signal handed on and cut short', 'bad-frame', bytes('signalled').subarray(0, -1)),
    row('relay', 'a signal of 257 bytes handed on', 'too-large', join(set(bytes('signalled'), 65, 1, 1), zeros(257 - 64))),
    row('relay', 'more streams than bytes', 'bad-frame', set(bytes('welcome'), 1, 3)),
  ];
}
