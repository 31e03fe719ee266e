// The two byte layouts of the module's boundary (wasm/): a list of rows, and a list of effects. Little-endian.

/** One row of this device's storage; `null`: delete it. */
export type Row = { key: string; value: Uint8Array<ArrayBuffer> | null };

export type Effect =
  | { kind: 'store'; rows: Row[] }
  | { kind: 'dial'; relay: string }
  | { kind: 'hang-up' }
  | { kind: 'send'; frame: Uint8Array<ArrayBuffer> }
  | { kind: 'changed' }
  | { kind: 'alarm'; at: number };

const kDeleted = 0xffff_ffff;
const text = new TextEncoder();

/** The most bytes that `write_rows` may write: in UTF-8 a character of a key takes at most three. */
export function room_for_rows(rows: readonly Row[]): number {
  let room = 0;
  for (const { key, value } of rows) room += 6 + 3 * key.length + (value?.length ?? 0);
  return room;
}

/** key length u16 ‖ key ‖ value length u32 ‖ value, again and again. Returns how many bytes that are. */
export function write_rows(rows: readonly Row[], into: Uint8Array): number {
  const words = new DataView(into.buffer, into.byteOffset, into.byteLength);
  let at = 0;
  for (const { key, value } of rows) {
    // The keys of nearly all rows are ASCII, which needs no encoder; there are as many as a log of ten years has records.
    let length = 0;
    for (; length < key.length; length += 1) {
      const unit = key.charCodeAt(length);
      if (unit > 0x7f) {
        length = text.encodeInto(key, into.subarray(at + 2)).written;
        break;
      }
      into[at + 2 + length] = unit;
    }
    words.setUint16(at, length, true);
    at += 2 + length;
    words.setUint32(at, value ? value.length : kDeleted, true);
    if (value) into.set(value, at + 4);
    at += 4 + (value?.length ?? 0);
  }
  return at;
}

export function encode_rows(rows: readonly Row[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(room_for_rows(rows));
  return bytes.slice(0, write_rows(rows, bytes));
}

/** Reads forward; running past the end throws, since the module never writes such a blob. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #words: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }
  u8(): number {
    return this.#words.getUint8(this.#advance(1));
  }
  u16(): number {
    return this.#words.getUint16(this.#advance(2), true);
  }
  u32(): number {
    return this.#words.getUint32(this.#advance(4), true);
  }
  i64(): number {
    return Number(this.#words.getBigInt64(this.#advance(8), true));
  }
  /** A copy: the module's memory may be freed or moved at the next call. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const at = this.#advance(length);
    return this.#bytes.slice(at, at + length) as Uint8Array<ArrayBuffer>;
  }
  text(length: number): string {
    const at = this.#advance(length);
    return new TextDecoder('utf-8', { fatal: true }).decode(this.#bytes.subarray(at, at + length));
  }
  #advance(length: number): number {
    if (this.#at + length > this.#bytes.length) throw new RangeError('a blob ends too early');
    const at = this.#at;
    this.#at += length;
    return at;
  }
}

export function decode_rows(bytes: Uint8Array): Row[] {
  const reader = new Reader(bytes);
  const rows: Row[] = [];
  while (!reader.ended) {
    const key = reader.text(reader.u16());
    const length = reader.u32();
    rows.push({ key, value: length === kDeleted ? null : reader.take(length) });
  }
  return rows;
}

/** count u32 ‖ (type u8 ‖ length u32 ‖ body)… */
export function decode_effects(bytes: Uint8Array): Effect[] {
  const reader = new Reader(bytes);
  const effects: Effect[] = [];
  for (let left = reader.u32(); left > 0; left -= 1) {
    const type = reader.u8();
    const body = reader.take(reader.u32());
    switch (type) {
      case 1: effects.push({ kind: 'store', rows: decode_rows(body) }); break;
      case 2: effects.push({ kind: 'dial', relay: new TextDecoder().decode(body) }); break;
      case 3: effects.push({ kind: 'hang-up' }); break;
      case 4: effects.push({ kind: 'send', frame: body }); break;
      case 5: effects.push({ kind: 'changed' }); break;
      case 6: effects.push({ kind: 'alarm', at: new Reader(body).i64() }); break;
      default: throw new RangeError(`an effect of unknown type ${type}`);
    }
  }
  return effects;
}
