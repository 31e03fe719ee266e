// hand.mjs: whatever one likes to say, such as a later Attune might, written by the second program (tests/vectors) with the
// keys of a device. The device itself is left as it was.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { base64url, u32 } from '../vectors/src/bytes.mjs';
import { H, KDF, boxOpen, device, open } from '../vectors/src/crypto.mjs';
import { event, oursSize } from '../vectors/src/space.mjs';
import { auth, CONTROL, history, messages } from '../vectors/src/wire.mjs';

const HEADER = 208;
const SIGNATURE = 64;
const EPOCH = 76; // where it stands in a header
const MEMBER = 162; // sign 32, box 32, person, role, self 32, join 64
const BOX = 112; // crypto_box_seal of a key 32 and its binding 32
const NONCE = 24;
const LENGTHS = 136; // of the two parts, u32 each, where they stand in a header
const ASSOCIATED = 144;
const bytes = (text) => Uint8Array.from(Buffer.from(text, 'base64url'));

/** Keys, *ours* and its newest place, from the rows of a device (core/attune/client/rows.h). */
function inside(rows) {
  const sealed = Uint8Array.from(rows.get('profile'));
  const text = open(Uint8Array.from(rows.get('wrap')), sealed.subarray(0, NONCE), sealed.subarray(NONCE), Buffer.from('profile'));
  const profile = JSON.parse(Buffer.from(text).toString('utf8'));
  const who = device(bytes(profile.sign_seed), bytes(profile.box_secret));
  const records = [...rows.keys()].filter((key) => key.startsWith(`r/${profile.ours}/`)).sort();
  const newest = Uint8Array.from(rows.get(records.at(-1)));
  const head = { stream: bytes(profile.ours), position: records.length - 1, history: history(newest.subarray(0, HEADER)) };
  const given = records.map((key) => key_given(who, head.stream, rows.get(key))).findLast((one) => one !== null);
  assert.ok(given, 'no box for this device');
  return { who, head, ...given };
}

/** The key that a record hands this device, and its epoch (PROTOCOL.md 5); null: none. */
function key_given(who, stream, record) {
  const control = record.subarray(HEADER + SIGNATURE);
  const [genesis, members] = [control[0] === 1, control[0] === 2];
  if (record[1] !== CONTROL || !(genesis || members)) return null;
  let at = 1 + (genesis ? 1 : 0) + 32;
  if (genesis) {
    assert.equal(control[at], 0, 'this space continues no other');
    at += 1 + 32;
  }
  at += 1 + control[at] * MEMBER;
  if (members) at += 1 + control[at] * 32;
  const count = control[at];
  const behind = at + 1 + count * (32 + BOX);
  const epoch = members && control[behind] === 1 ? control.readUInt32LE(behind + 1) : record.readUInt32LE(EPOCH);
  for (let n = 0, box = at + 1; n < count; n += 1, box += 32 + BOX) {
    if (Buffer.compare(control.subarray(box, box + 32), who.sign) !== 0) continue;
    const opened = boxOpen(who.boxSecret, Uint8Array.from(control.subarray(box + 32, box + 32 + BOX)));
    assert.deepEqual(opened.subarray(32), H('box', genesis ? new Uint8Array(32) : stream, u32(epoch), who.sign));
    return { key: opened.subarray(0, 32), epoch };
  }
  return null;
}

/** What people wrote in *ours*, as it lies in the rows of a device: the content of each event whose content is there. */
export const contents = (rows) => sealed_contents(rows).map(({ said }) => said);

/** The same, each with the bytes it is sealed in. */
export function sealed_contents(rows) {
  const { head, key, epoch } = inside(rows);
  const out = [];
  for (const [name, row] of rows) {
    const record = Buffer.from(row);
    if (!name.startsWith(`r/${base64url(head.stream)}/`) || record[1] === CONTROL) continue;
    const [skeleton, content] = [record.readUInt32LE(LENGTHS), record.readUInt32LE(LENGTHS + 4)];
    const begins = HEADER + SIGNATURE + skeleton;
    if (record.length !== begins + content) continue; // erased
    assert.equal(record.readUInt32LE(EPOCH), epoch, 'of another epoch');
    const nonce = record.subarray(LENGTHS - NONCE, LENGTHS);
    const plain = Buffer.from(open(KDF(key, 'content', head.stream, u32(epoch)), nonce, record.subarray(begins), record.subarray(0, ASSOCIATED)));
    out.push({ said: plain.subarray(4, 4 + plain.readUInt32LE(0)).toString('utf8'), sealed: record.subarray(begins) });
  }
  return out;
}

const most = 64; // records of one append

/** A connection of its own, with the keys and on top of the history that lie in the rows of a device. */
export class Hand {
  #heard = [];
  #more = () => {};
  #requests = 0;

  static async of(rows, relay) {
    const hand = new Hand();
    Object.assign(hand, inside(rows));
    const socket = new WebSocket(`${relay.replace(/^http/, 'ws')}/relay`);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => {
      hand.#heard.push(new Uint8Array(data));
      hand.#more();
    };
    hand.socket = socket;
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error('no connection'));
    });
    socket.onclose = () => hand.#more();
    const nonce = randomBytes(32);
    socket.send(messages.hello({ key: hand.who.sign, nonce }));
    const challenge = (await hand.#hear(0x81)).subarray(1, 33);
    socket.send(messages.prove({ signature: auth(hand.who, challenge, nonce, relay) }));
    await hand.#hear(0x82);
    return hand;
  }

  /** The first message of one of these types that has not been taken yet. */
  async #hear(...types) {
    for (;;) {
      const found = this.#heard.findIndex(([type]) => types.includes(type));
      if (found >= 0) return this.#heard.splice(found, 1)[0];
      assert.ok(this.socket.readyState < WebSocket.CLOSING, `the relay hung up instead of saying ${types}: ${this.#heard.map(base64url)}`);
      await new Promise((resolve) => (this.#more = resolve));
    }
  }

  /** Says events of *ours*; the relay has stored them when this resolves. */
  async say(...events) {
    for (let at = 0; at < events.length; at += most) {
      const { stream } = this.head;
      const records = events.slice(at, at + most).map((said) => this.record(said));
      this.#requests += 1;
      this.socket.send(messages.append({ request: this.#requests, stream, wake: 0, records, ahead: [] }));
      const [answer, ...rest] = await this.#hear(0x83, 0x84, 0x85);
      assert.equal(answer, 0x83, `not stored: ${base64url(Uint8Array.from(rest))}`);
    }
  }

  /** An event of *ours* as a record on top of what was said before, told to nobody. */
  record({ kind, version = 1, needed = false, fields = {}, content = {} }) {
    const skeleton = JSON.stringify({ id: base64url(randomBytes(16)), k: kind, v: version, f: fields, ...(needed ? { n: true } : {}) });
    const written = JSON.stringify(content);
    const made = event({
      author: this.who, head: this.head, epoch: this.epoch, key: this.key, entropy: randomBytes(32), skeleton, content: written,
      skeletonSize: oursSize(skeleton.length), contentSize: oursSize(Buffer.byteLength(written)),
    });
    this.head = { stream: this.head.stream, position: made.position, history: made.history };
    return made.record;
  }

  close() {
    this.socket.close();
  }
}
