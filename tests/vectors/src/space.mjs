// What travels inside records and mails: sealing, keys, phrase, invitation, steps, sealed answers (PROTOCOL.md 2, 5, 8-10).
import { sha256 } from '@noble/hashes/sha2';
import { base64url, join, pad, u16, u32, u64, u8, utf8, zeros } from './bytes.mjs';
import { H, KDF, blake192, boxSeal, device, seal, sign } from './crypto.mjs';
import { EVENT, header, record, signJoin } from './wire.mjs';

const TAG = 16;

// ---- sizes of parts on the wire, the tag of the sealing included ----

export function padme(length) {
  const e = Math.floor(Math.log2(length));
  const s = Math.floor(Math.log2(e)) + 1;
  const step = 2 ** (e - s);
  return Math.ceil(length / step) * step;
}
/// Of a content of *ours*, and of a skeleton.
export function oursSize(text) {
  const need = 4 + text + TAG;
  return [256, 2048, 8192].find((size) => need <= size) ?? padme(need);
}
export const MINE_SKELETON = 1024;
export const MINE_CONTENT = 3072;
export const SEALED_CONTENT = 8192;

// ---- an event ----

/// An event record with both parts sealed; texts are JSON.
export function event({ author, head, epoch, key, entropy, skeleton, content, skeletonSize, contentSize }) {
  const plainOf = (text, size) => pad(join(u32(utf8(text).length), utf8(text)), size - TAG);
  const plainSkeleton = plainOf(skeleton, skeletonSize);
  const plainContent = plainOf(content, contentSize);
  const fields = {
    class: EVENT, stream: head.stream, position: head.position + 1, prev: head.history, epoch, author: author.sign,
    nonce: zeros(24), skeletonLength: skeletonSize, contentLength: contentSize,
    skeletonHash: zeros(32), contentHash: zeros(32),
  };
  const nonce = blake192(entropy, header(fields).subarray(0, 112), plainSkeleton, plainContent);
  const associated = header({ ...fields, nonce }).subarray(0, 144);
  const part = (tag, plain) => seal(KDF(key, tag, head.stream, u32(epoch)), nonce, plain, associated);
  const made = record({
    author, head, cls: EVENT, epoch, nonce,
    skeleton: part('skeleton', plainSkeleton),
    content: part('content', plainContent),
  });
  return { ...made, texts: { skeleton, content } };
}

// ---- stream keys ----

export const keyId = (stream, epoch, key) => H('key-id', stream, u32(epoch), key);
export const box = (who, stream, epoch, key, ephemeral) => ({
  recipient: who.sign,
  sealed: boxSeal(who.box, ephemeral, join(key, H('box', stream, u32(epoch), who.sign))),
});
export const oldKey = (newKey, stream, oldEpoch, oldKeyBytes, nonce) =>
  join(nonce, seal(KDF(newKey, 'prev-key', stream, u32(oldEpoch)), nonce, oldKeyBytes));

// ---- recovery phrase ----

/// `size` bytes as numbers of 11 bits, big-endian.
export function elevenBits(bytes, count) {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const spare = BigInt(bytes.length * 8 - count * 11);
  bits >>= spare;
  return Array.from({ length: count }, (_, i) => Number((bits >> BigInt(11 * (count - 1 - i))) & 2047n));
}

/// BIP-39: 128 bits and the first 4 of their SHA-256.
export const phraseWords = (seed) => elevenBits(join(seed, sha256(seed).subarray(0, 1)), 12);
export function phraseKeys(seed) {
  const key = H('phrase', seed);
  return device(KDF(key, 'phrase-sign'), KDF(key, 'phrase-box'));
}

// ---- invitation ----

export const mailbox = (s) => KDF(s, 'mailbox');
export const mailKey = (s) => KDF(s, 'mail');
export const mail = (s, kind, body, nonce) =>
  join(nonce, seal(mailKey(s), nonce, pad(join(u8(kind), u16(body.length), body), 1024), mailbox(s)));

export const m1 = (a, self, role, nA) => join(u8(role), a.sign, a.box, self, signJoin(a, self, 0), H('nonce', nA));
export function m2(b, self, nB, name, first) {
  const text = utf8(name);
  const body = join(b.sign, b.box, self, signJoin(b, self, 0), nB, H('m1', first), u8(text.length), pad(text, 80));
  return join(body, sign(b.signSeed, 'm2', body));
}
export function m3(a, nA, first, second) {
  const body = join(nA, H('m1m2', first, second));
  return join(body, sign(a.signSeed, 'm3', body));
}
/// Where two streams stand; without a second, zeros.
export function m5(a, pairingHash, mine, ours) {
  const body = join(u64(mine.position), mine.history, u8(ours ? 1 : 0),
    ours ? join(ours.stream, u64(ours.position), ours.history) : zeros(72));
  return join(body, sign(a.signSeed, 'm5', join(pairingHash, body)));
}
/// The snapshot that is left for an own device: what it is, and the key it is sealed under.
export function m6(a, pairingHash, state, epoch, id, sealed) {
  const body = join(state, u32(epoch), id, sealed);
  return join(body, sign(a.signSeed, 'm6', join(pairingHash, body)));
}
export const invitationWords = (first, second, nA) => elevenBits(H('words', first, second, nA).subarray(0, 6), 4);
export const pairing = (first, second, nA) => H('pairing', first, second, nA);

/// BIP-39 of the link's 256 bits: 24 words.
export const linkWords = (s) => elevenBits(join(s, sha256(s).subarray(0, 1)), 24);
export const link = (app, s, relay) => `${app}/#join=1.${base64url(s)}.${encodeURIComponent(relay)}`;

// ---- the slot ----

export const stateHash = (state) => H('state', state);
export const slotKey = (mineKey, stream, epoch) => KDF(mineKey, 'snapshot', stream, u32(epoch));
/// Sealed in pieces of 64 KiB: the random bytes, then each piece under them, its number, and whether it is the last.
export function slot(author, mineKey, stream, epoch, state, random) {
  const text = join(author.sign, sign(author.signSeed, 'snapshot', stream, stateHash(state)), state);
  const plain = pad(join(u32(text.length), text), oursSize(text.length) - TAG);
  const pieces = [];
  for (let at = 0; at < plain.length; at += 65536) {
    const last = at + 65536 >= plain.length ? 1 : 0;
    pieces.push(seal(slotKey(mineKey, stream, epoch), join(random, u32(at / 65536), u32(last)), plain.subarray(at, at + 65536), utf8('slot')));
  }
  return join(random, ...pieces);
}

// ---- what continues a stream ----

export const successorPairing = (earlier, stream, position, history) => H('successor', earlier, stream, u64(position), history);

// ---- are we in step? ----

export const stepWords = (stream, position, history) => elevenBits(H('step', stream, u64(position), history).subarray(0, 6), 4);
export const stepCode = (stream, position, history) => `attune-step.${base64url(join(stream, u64(position), history))}`;

// ---- sealed answer ----

export const commitment = (stream, q, p, r, answer) => H('sealed', stream, q, u8(p), r, answer);
export function sealedAnswer(mineKey, stream, q, p, r, answer, nonce) {
  const plain = pad(join(r, u16(answer.length), answer), 4130);
  return seal(KDF(mineKey, 'sealed-box', stream, q, u8(p)), nonce, plain, commitment(stream, q, p, r, answer));
}
