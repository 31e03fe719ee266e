// Records, control records and messages, written from the layouts in wire/*.h and PROTOCOL.md 2-7.
import { H, sign, signPlain } from './crypto.mjs';
import { hex, join, u16, u32, u64, u8, utf8, zeros } from './bytes.mjs';

export const EVENT = 0;
export const CONTROL = 1;

export const header = (h) =>
  join(
    u8(1), u8(h.class), u16(0), h.stream, u64(h.position), h.prev, u32(h.epoch), h.author,
    h.nonce, u32(h.skeletonLength), u32(h.contentLength), h.skeletonHash, h.contentHash,
  );

export const history = (headerBytes) => H('history', headerBytes);
export const skeletonHash = (bytes) => H('skeleton-hash', bytes);
export const contentHash = (bytes) => H('content-hash', bytes);
export const signHeader = (seed, headerBytes) => signPlain(seed, join(utf8('attune/v1/record'), headerBytes));

/// A finished record on top of `head` ({stream, position, history}, or null for a genesis).
export function record({ author, head, cls, epoch, nonce, skeleton, content }) {
  const fields = {
    class: cls,
    stream: head ? head.stream : zeros(32),
    position: head ? head.position + 1 : 0,
    prev: head ? head.history : zeros(32),
    epoch,
    author: author.sign,
    nonce,
    skeletonLength: skeleton.length,
    contentLength: content.length,
    skeletonHash: skeletonHash(skeleton),
    contentHash: contentHash(content),
  };
  const bytes = header(fields);
  const signature = signHeader(author.signSeed, bytes);
  const here = history(bytes);
  return {
    fields, header: bytes, signature, history: here, skeleton, content,
    stream: head ? head.stream : here,
    position: fields.position,
    record: join(bytes, signature, skeleton, content),
  };
}

// ---- control records ----

export const signJoin = (who, self, role) => sign(who.signSeed, 'join', self, u8(role), who.sign, who.box);

/// A member as it stands in a control record.
export const member = (who, person, role, self, join_ = signJoin(who, self, role)) => ({
  sign: who.sign, box: who.box, person, role, self, join: join_,
});

const writeMember = (m) => join(m.sign, m.box, u8(m.person), u8(m.role), m.self, m.join);
const writeBox = (b) => join(b.recipient, b.sealed);
const few = (items, write) => join(u8(items.length), ...items.map(write));
const several = (items, write) => join(u16(items.length), ...items.map(write));

export const genesis = (g) =>
  join(
    u8(1), u8(g.kind), g.pairing,
    g.continues ? join(u8(1), g.continues.stream, u64(g.continues.position), g.continues.history) : u8(0),
    g.keyId, few(g.adds, writeMember), few(g.boxes, writeBox),
  );
export const members = (m) =>
  join(
    u8(2), m.pairing, few(m.adds, writeMember), few(m.removes, (key) => key), few(m.boxes, writeBox),
    m.epoch ? join(u8(1), u32(m.epoch.epoch), m.epoch.keyId, m.epoch.oldKey) : u8(0),
  );
export const erase = (e) => join(u8(3), u8(e.skeletons), several(e.positions, u64), several(e.blobs, (blob) => blob));
export const close = () => u8(4);

// ---- messages ----

const sized = (bytes) => join(u32(bytes.length), bytes);
const known = (k) => join(k.stream, u8(k.kind), u64(k.head), k.history);

export const messages = {
  hello: (m) => join(u8(0x01), u8(1), m.key, m.nonce),
  prove: (m) => join(u8(0x02), m.signature),
  append: (m) => join(u8(0x03), u32(m.request), m.stream, u8(m.wake), few(m.records, sized), few(m.ahead, sized)),
  follow: (m) => join(u8(0x04), m.stream, u64(m.from)),
  'mail-put': (m) => join(u8(0x06), u32(m.request), m.mailbox, u8(m.create), sized(m.mail)),
  'mail-follow': (m) => join(u8(0x07), m.mailbox),
  'mail-burn': (m) => join(u8(0x08), m.mailbox),
  'push-key-ask': () => u8(0x09),
  'push-set': (m) => join(u8(0x0a), u32(m.request), u16(m.endpoint.length), utf8(m.endpoint), m.p256dh, m.auth),
  'push-clear': (m) => join(u8(0x0b), u32(m.request)),
  'wake-at': (m) => join(u8(0x0c), u32(m.request), few(m.times, u64)),
  'slot-put': (m) => join(u8(0x0d), u32(m.request), m.stream, m.id, u8(m.piece), u8(m.count), sized(m.bytes)),
  'slot-get': (m) => join(u8(0x0e), u32(m.request), m.stream, u8(m.piece)),
  signal: (m) => join(u8(0x0f), m.stream, u16(m.bytes.length), m.bytes),
  challenged: (m) => join(u8(0x81), m.nonce),
  welcome: (m) => join(u8(0x82), several(m.streams, known)),
  stored: (m) => join(u8(0x83), u32(m.request), u64(m.head), m.history),
  moved: (m) => join(u8(0x84), u32(m.request), u64(m.head), m.history),
  refused: (m) => join(u8(0x85), u32(m.request), u16(m.code)),
  records: (m) => join(u8(0x86), m.stream, u64(m.head), m.history, several(m.records, sized)),
  mail: (m) => join(u8(0x87), m.mailbox, u8(m.state), few(m.mails, sized)),
  joined: (m) => join(u8(0x88), known(m)),
  fault: (m) => join(u8(0x89), u16(m.code)),
  'push-key': (m) => join(u8(0x8a), u8(m.available), m.key),
  slot: (m) => join(u8(0x8b), u32(m.request), m.id, u8(m.piece), u8(m.count), sized(m.bytes)),
  signalled: (m) => join(u8(0x8c), m.stream, m.from, u16(m.bytes.length), m.bytes),
};

export const auth = (who, relay, device, origin) => sign(who.signSeed, 'auth', relay, device, who.sign, utf8(origin));

/// Byte strings as hex, however deep, with the names the C++ side reads.
export function plain(value) {
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), plain(inner)]));
  }
  return value;
}
