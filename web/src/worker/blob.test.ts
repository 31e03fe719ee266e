// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { decode_effects, decode_rows, encode_rows, type Row } from './blob.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('rows', () => {
  test('come back as they went, deletions and empty values told apart', () => {
    const rows: Row[] = [
      { key: 'a', value: bytes(1, 2, 3) },
      { key: 'draft/été', value: bytes() },
      { key: 'gone', value: null },
    ];
    expect(decode_rows(encode_rows(rows))).toEqual(rows);
  });
  test('lie in the bytes as the module reads them', () => {
    expect(encode_rows([{ key: 'k', value: bytes(9) }, { key: 'd', value: null }])).toEqual(
      bytes(1, 0, 0x6b, 1, 0, 0, 0, 9, 1, 0, 0x64, 0xff, 0xff, 0xff, 0xff),
    );
  });
  test('that end too early are refused', () => {
    const whole = encode_rows([{ key: 'key', value: bytes(1, 2, 3) }]);
    for (let length = 1; length < whole.length; length += 1) {
      expect(() => decode_rows(whole.subarray(0, length))).toThrow(RangeError);
    }
  });
});

describe('effects', () => {
  const one = (type: number, body: Uint8Array) => [type, ...new Uint8Array(new Uint32Array([body.length]).buffer), ...body];

  test('of each kind are read in their order', () => {
    const at = new Uint8Array(new BigInt64Array([1_700_000_000_123n]).buffer);
    const blob = bytes(
      6, 0, 0, 0,
      ...one(1, encode_rows([{ key: 'k', value: bytes(7) }])),
      ...one(2, new TextEncoder().encode('https://relay.example')),
      ...one(4, bytes(1, 2)),
      ...one(3, bytes()),
      ...one(6, at),
      ...one(5, bytes()),
    );
    expect(decode_effects(blob)).toEqual([
      { kind: 'store', rows: [{ key: 'k', value: bytes(7) }] },
      { kind: 'dial', relay: 'https://relay.example' },
      { kind: 'send', frame: bytes(1, 2) },
      { kind: 'hang-up' },
      { kind: 'alarm', at: 1_700_000_000_123 },
      { kind: 'changed' },
    ]);
  });
  test('of a kind nobody knows are refused', () => {
    expect(() => decode_effects(bytes(1, 0, 0, 0, ...one(99, bytes())))).toThrow(RangeError);
  });
});
