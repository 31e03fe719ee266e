// Byte strings: little-endian numbers, joining, hex and base64url.
import { blake2b } from '@noble/hashes/blake2b';

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const unhex = (text) => Uint8Array.from(Buffer.from(text, 'hex'));
export const base64url = (bytes) => Buffer.from(bytes).toString('base64url');
export const utf8 = (text) => new Uint8Array(new TextEncoder().encode(text));
export const zeros = (n) => new Uint8Array(n);
export const filled = (n, value) => new Uint8Array(n).fill(value);

export function number(value, size) {
  const out = new Uint8Array(size);
  let rest = BigInt(value);
  for (let i = 0; i < size; i += 1, rest >>= 8n) out[i] = Number(rest & 255n);
  if (rest !== 0n) throw new Error(`${value} does not fit into ${size} bytes`);
  return out;
}
export const u8 = (value) => number(value, 1);
export const u16 = (value) => number(value, 2);
export const u32 = (value) => number(value, 4);
export const u64 = (value) => number(value, 8);

export function join(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/// Padded with zeros to exactly `size`.
export function pad(bytes, size) {
  if (bytes.length > size) throw new Error(`${bytes.length} bytes do not fit into ${size}`);
  return join(bytes, zeros(size - bytes.length));
}

/// "Random" bytes of the vectors: the same for the same label, so that the file is the same at every run.
export function chosen(label, size = 32) {
  const blocks = [];
  for (let i = 0; i * 64 < size; i += 1) blocks.push(blake2b(utf8(`attune vectors: ${label} ${i}`), { dkLen: 64 }));
  return join(...blocks).subarray(0, size);
}

export function flip(bytes, bit) {
  const out = Uint8Array.from(bytes);
  out[bit >> 3] ^= 1 << (bit & 7);
  return out;
}
