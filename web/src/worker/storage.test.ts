// @vitest-environment node
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { Storage, StorageFault, Superseded } from './storage.ts';

let factory: IDBFactory;
const bytes = (...values: number[]) => new Uint8Array(values);

async function opened(): Promise<Storage> {
  const storage = await Storage.open(factory);
  await storage.take_over();
  return storage;
}

beforeEach(() => {
  factory = new IDBFactory();
});

describe('storage', () => {
  test('is empty on a fresh device', async () => {
    expect(await (await opened()).read()).toEqual([]);
  });

  test('keeps what was written, over a restart', async () => {
    const before = await opened();
    await before.write([{ key: 'b', value: bytes(2) }, { key: 'a', value: bytes(1) }, { key: 'c', value: bytes(3) }]);
    await before.write([{ key: 'b', value: null }, { key: 'a', value: bytes(9) }]);
    before.close();
    expect(await (await opened()).read()).toEqual([{ key: 'a', value: bytes(9) }, { key: 'c', value: bytes(3) }]);
  });

  test('asks for a flushed transaction each time', async () => {
    const storage = await opened();
    const asked: unknown[] = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (stores: string | string[], mode?: IDBTransactionMode, options?: object) {
      asked.push([mode, options]);
      return transaction.call(this, stores, mode, options);
    };
    try {
      await storage.write([{ key: 'a', value: bytes(1) }]);
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(asked).toEqual([['readwrite', { durability: 'strict' }]]);
  });

  test('lets a worker that was superseded write nothing at all', async () => {
    const loser = await opened();
    await loser.write([{ key: 'a', value: bytes(1) }]);
    const winner = await opened();
    await expect(loser.write([{ key: 'a', value: bytes(2) }])).rejects.toBeInstanceOf(Superseded);
    await expect(loser.probe()).rejects.toBeInstanceOf(Superseded);
    await winner.write([{ key: 'b', value: bytes(3) }]);
    expect(await winner.read()).toEqual([{ key: 'a', value: bytes(1) }, { key: 'b', value: bytes(3) }]);
  });

  test('remembers the last commands done, across workers', async () => {
    const before = await opened();
    await before.write([{ key: 'a', value: bytes(1) }], 'first');
    expect(before.done('first')).toBe(true);
    const after = await opened();
    expect(after.done('first')).toBe(true);
    for (let index = 0; index < 32; index += 1) await after.write([], `later ${index}`);
    expect(after.done('first')).toBe(false);
    expect(after.done('later 0')).toBe(true);
  });

  test('out of its quota fails the whole write and is named', async () => {
    const storage = await opened();
    await storage.write([{ key: 'a', value: bytes(1) }]);
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
      if (key === 'full') throw new DOMException('no room', 'QuotaExceededError');
      return put.call(this, value, key);
    };
    try {
      await expect(storage.write([{ key: 'a', value: bytes(2) }, { key: 'full', value: bytes(3) }], 'r')).rejects.toMatchObject({
        code: 'disk-full',
      });
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect(await storage.read()).toEqual([{ key: 'a', value: bytes(1) }]);
    expect(storage.done('r')).toBe(false);
  });

  test('on a full disk, as Chromium has it: closed, not to be opened, until there is room', async () => {
    const storage = await opened();
    await storage.write([{ key: 'a', value: bytes(1) }]);
    const { transaction } = IDBDatabase.prototype;
    const open = factory.open.bind(factory);
    IDBDatabase.prototype.transaction = function () {
      this.close();
      throw new DOMException('Connection is closing because of: IO error: 000003.log: FILE_ERROR_NO_SPACE', 'UnknownError');
    };
    factory.open = () => {
      throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
    };
    await expect(storage.write([{ key: 'a', value: bytes(2) }])).rejects.toMatchObject({ code: 'disk-full' });
    await expect(storage.probe()).rejects.toMatchObject({ code: 'disk-full' });
    await expect(storage.read()).rejects.toMatchObject({ code: 'disk-full' });
    IDBDatabase.prototype.transaction = transaction;
    factory.open = open;
    await storage.probe();
    await storage.write([{ key: 'b', value: bytes(3) }]);
    expect(await storage.read()).toEqual([{ key: 'a', value: bytes(1) }, { key: 'b', value: bytes(3) }]);
  });

  test('rows that are no bytes are named as damage, and stay as they are', async () => {
    const storage = await opened();
    await new Promise((resolve) => {
      const request = factory.open('attune');
      request.onsuccess = () => {
        const transaction = request.result.transaction('rows', 'readwrite');
        transaction.objectStore('rows').put('not bytes', 'a');
        transaction.oncomplete = () => {
          request.result.close();
          resolve(null);
        };
      };
    });
    await expect(storage.read()).rejects.toMatchObject({ code: 'storage-corrupt' });
    await expect(storage.read()).rejects.toBeInstanceOf(StorageFault);
  });

  test('of a newer Attune is named and not touched', async () => {
    await new Promise((resolve) => {
      const request = factory.open('attune', 99);
      request.onsuccess = () => {
        request.result.close();
        resolve(null);
      };
    });
    await expect(Storage.open(factory)).rejects.toMatchObject({ code: 'data-newer' });
  });

  test('that a browser refuses is named', async () => {
    const refusing = { open: () => { throw new DOMException('private window', 'SecurityError'); } } as unknown as IDBFactory;
    await expect(Storage.open(refusing)).rejects.toMatchObject({ code: 'storage-unavailable' });
  });
});

describe('a log of ten years', () => {
  const key = (stream: string, position: number) => `r/${stream}/${position.toString(16).padStart(16, '0')}`;
  const value = bytes(1);

  test('gives its newest records first, the very first with them, and all that is small', async () => {
    const storage = await opened();
    await storage.write(
      ['local', 'snapshot', 'wrap', ...Array.from({ length: 3_000 }, (_, n) => key('long', n)), ...[0, 1, 2].map((n) => key('short', n))].map(
        (each) => ({ key: each, value }),
      ),
    );
    const rows = ((await storage.read_early()) ?? []).map((row) => row.key);
    expect(rows.slice(0, 3)).toEqual(['local', 'snapshot', 'wrap']);
    expect(rows.slice(3)).toEqual([
      ...[0, 1, 2].map((n) => key('short', n)),
      ...Array.from({ length: 1_100 }, (_, n) => key('long', 1_900 + n)),
      ...Array.from({ length: 16 }, (_, n) => key('long', n)),
    ]);
  });

  test('is waited for as long as there is no snapshot', async () => {
    const storage = await opened();
    await storage.write([{ key: 'local', value }, { key: key('a', 0), value }]);
    expect(await storage.read_early()).toBeNull();
  });

  test('comes in thousands, and record by record', async () => {
    const storage = await opened();
    const keys = Array.from({ length: 4_100 }, (_, n) => key('long', n));
    await storage.write([...keys, 'local', 'snapshot'].map((each) => ({ key: each, value })));
    const read: string[] = [];
    const sizes: number[] = [];
    for (let behind: string | null = null; ; ) {
      const rows = await storage.read_records(behind);
      behind = rows.at(-1)?.key ?? null;
      if (behind === null) break;
      sizes.push(rows.length);
      read.push(...rows.map((row) => row.key));
    }
    expect(sizes).toEqual([2_000, 2_000, 100]);
    expect(read).toEqual(keys);
    expect(await storage.read_some([key('long', 7), key('none', 1)])).toEqual([{ key: key('long', 7), value }]);
  });
});
