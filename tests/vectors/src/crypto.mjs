// The primitives of PROTOCOL.md 1, over @noble/*: nothing here is shared with libsodium.
import { xchacha20poly1305 } from '@noble/ciphers/chacha';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa';
import { ed25519, x25519 } from '@noble/curves/ed25519';
import { blake2b } from '@noble/hashes/blake2b';
import { join, u8, utf8, zeros } from './bytes.mjs';

const front = (tag) => {
  const full = utf8(`attune/v1/${tag}`);
  return join(u8(full.length), full);
};

/// H(tag; x) = BLAKE2b-256(len8(tag) ‖ tag ‖ x)
export const H = (tag, ...x) => blake2b(join(front(tag), ...x), { dkLen: 32 });
/// KDF(K, tag; x) = the same keyed with K
export const KDF = (key, tag, ...x) => blake2b(join(front(tag), ...x), { dkLen: 32, key });
/// BLAKE2b-192, no key, no tag.
export const blake192 = (...x) => blake2b(join(...x), { dkLen: 24 });

/// sign(tag; x) = Ed25519 over len8(tag) ‖ tag ‖ x
export const sign = (seed, tag, ...x) => ed25519.sign(join(front(tag), ...x), seed);
/// Ed25519 over the bytes as they are.
export const signPlain = (seed, bytes) => ed25519.sign(bytes, seed);

export const signKey = (seed) => ed25519.getPublicKey(seed);
export const boxKey = (secret) => x25519.getPublicKey(secret);

/// XChaCha20-Poly1305, tag behind.
export const seal = (key, nonce, plain, associated = zeros(0)) => xchacha20poly1305(key, nonce, associated).encrypt(plain);
export const open = (key, nonce, sealed, associated = zeros(0)) => xchacha20poly1305(key, nonce, associated).decrypt(sealed);

/// XSalsa20-Poly1305 under HSalsa20(X25519), nonce BLAKE2b-192(ephemeral public ‖ recipient).
function boxCipher(secret, other, ephemeral, recipient) {
  const words = (bytes) => new Uint32Array(Uint8Array.from(bytes).buffer);
  const key = new Uint32Array(8);
  hsalsa(words(utf8('expand 32-byte k')), words(x25519.getSharedSecret(secret, other)), new Uint32Array(4), key);
  return xsalsa20poly1305(new Uint8Array(key.buffer), blake192(ephemeral, recipient));
}

/// crypto_box_seal with this ephemeral secret: public 32 ‖ the sealed.
export function boxSeal(recipient, secret, message) {
  const ephemeral = boxKey(secret);
  return join(ephemeral, boxCipher(secret, recipient, ephemeral, recipient).encrypt(message));
}
export function boxOpen(secret, sealed) {
  const ephemeral = sealed.subarray(0, 32);
  return boxCipher(secret, ephemeral, ephemeral, boxKey(secret)).decrypt(sealed.subarray(32));
}

/// The keys of a device: an Ed25519 seed and an X25519 secret.
export function device(signSeed, boxSecret) {
  return { signSeed, boxSecret, sign: signKey(signSeed), box: boxKey(boxSecret) };
}
