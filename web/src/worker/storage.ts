// This device's rows in IndexedDB. One Store of the core is one transaction, flushed before it counts; in the same
// transaction the generation is compared, so that a worker which has lost the lock writes nothing (PROTOCOL.md 12).
import type { Row } from './blob.ts';
import { kDatabase } from './messages.ts';

const kVersion = 1;
const kRows = 'rows'; // key → bytes, what the core stores
const kShell = 'shell'; // 'generation' → number, 'receipts' → ids of the last commands, 'probe' → room to write
const kReceiptsKept = 32;
// Of a record's key, r/<stream>/<position in 16 hex digits>, the core tells (client/rows.h); all else is small.
const kRecords = { from: 'r/', to: 'r0' };
const kPlace = 16;
/** A snapshot is at most 1,024 records old; and what a first screen shows is mostly new, or the names, which are old. */
const kNewest = 1_100;
const kOldest = 16;
/** What is read at once of a long log. */
const kRowsAtOnce = 2_000;
const kProbeBytes = 64 * 1024;

/** Another worker has taken over. Not a fault: this one stops. */
export class Superseded extends Error {
  override name = 'Superseded';
}

/** `code` is one of content/en/errors.json. */
export class StorageFault extends Error {
  override name = 'StorageFault';
  constructor(readonly code: 'disk-full' | 'storage-unavailable' | 'storage-corrupt' | 'data-newer', cause?: unknown) {
    super(code, { cause });
  }
}

/** What went wrong, by its name; a full disk, in Chromium, only by what the message says. */
function fault(error: unknown): Error {
  if (error instanceof Superseded || error instanceof StorageFault) return error;
  const { name: named, message } = error instanceof Error || error instanceof DOMException ? error : { name: '', message: '' };
  if (named === 'QuotaExceededError' || /NO_SPACE|no space|disk full/i.test(message)) return new StorageFault('disk-full', error);
  if (named === 'VersionError') return new StorageFault('data-newer', error);
  if (named === 'DataError' || named === 'NotReadableError') return new StorageFault('storage-corrupt', error);
  return new StorageFault('storage-unavailable', error);
}

const place = (position: number) => position.toString(16).padStart(kPlace, '0');

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Storage {
  readonly #factory: IDBFactory;
  #database: IDBDatabase | null = null;
  #full = false;
  #generation = 0;
  #receipts: string[] = [];

  private constructor(factory: IDBFactory) {
    this.#factory = factory;
  }

  static async open(factory: IDBFactory = indexedDB): Promise<Storage> {
    const storage = new Storage(factory);
    await storage.#attempt(() => storage.#opened());
    return storage;
  }

  /** Makes this worker the one that may write; whoever could before no longer can. */
  async take_over(): Promise<void> {
    await this.#attempt(() => this.#transaction(async (store) => {
      const shell = store(kShell);
      this.#generation = 1 + (((await settled(shell.get('generation'))) as number | undefined) ?? 0);
      this.#receipts = ((await settled(shell.get('receipts'))) as string[] | undefined) ?? [];
      shell.put(this.#generation, 'generation');
    }));
  }

  get generation(): number {
    return this.#generation;
  }

  /** All rows, in the order of their keys. */
  read(): Promise<Row[]> {
    return this.#reading((rows) => rows());
  }

  /**
   * What views can be read from before the rest is here: all but the records, and of each stream the newest and the very
   * first. Null: there is no snapshot that would make them enough.
   */
  read_early(): Promise<Row[] | null> {
    return this.#reading(async (rows, last_key) => {
      const { from, to } = kRecords;
      const small = await Promise.all([rows(IDBKeyRange.upperBound(from, true)), rows(IDBKeyRange.lowerBound(to))]);
      const out = small.flat();
      if (!out.some((row) => row.key === 'snapshot')) return null;
      for (let end = to; ; ) {
        const newest = await last_key(IDBKeyRange.bound(from, end, false, true));
        if (newest === null) return out;
        const stream = newest.slice(0, -kPlace);
        const old = Math.max(0, parseInt(newest.slice(-kPlace), 16) + 1 - kNewest);
        out.push(...(await rows(IDBKeyRange.bound(stream + place(old), newest))));
        if (old > 0) out.push(...(await rows(IDBKeyRange.bound(stream + place(0), stream + place(Math.min(old, kOldest) - 1)))));
        end = stream;
      }
    });
  }

  /** Those of these rows that there are. */
  read_some(keys: readonly string[]): Promise<Row[]> {
    return this.#reading(async (rows) => (await Promise.all(keys.map((key) => rows(IDBKeyRange.only(key))))).flat());
  }

  /** The records behind this key, some thousands; none: there are no more. Null begins. */
  read_records(behind: string | null): Promise<Row[]> {
    const { from, to } = kRecords;
    return this.#reading((rows) => rows(IDBKeyRange.bound(behind ?? from, to, true, true), kRowsAtOnce));
  }

  /** Reads in one transaction; rows come in the order of their keys. */
  #reading<T>(
    read: (rows: (range?: IDBKeyRange, most?: number) => Promise<Row[]>, last_key: (range: IDBKeyRange) => Promise<string | null>) => Promise<T>,
  ): Promise<T> {
    return this.#attempt(async () => {
      const store = (await this.#opened()).transaction(kRows, 'readonly').objectStore(kRows);
      const named = (key: unknown): string => {
        if (typeof key !== 'string') throw new StorageFault('storage-corrupt');
        return key;
      };
      return read(
        async (range, most) => {
          const [keys, values] = await Promise.all([settled(store.getAllKeys(range, most)), settled(store.getAll(range, most))]);
          return keys.map((key, index) => {
            const value: unknown = values[index];
            if (!(value instanceof Uint8Array)) throw new StorageFault('storage-corrupt');
            return { key: named(key), value: value as Uint8Array<ArrayBuffer> };
          });
        },
        async (range) => {
          const cursor = await settled(store.openKeyCursor(range, 'prev'));
          return cursor ? named(cursor.key) : null;
        },
      );
    });
  }

  /** Whole and flushed, or not at all. `receipt` marks a command of another tab as done, for `done()`. */
  async write(rows: readonly Row[], receipt?: string): Promise<void> {
    const receipts = receipt ? [...this.#receipts, receipt].slice(-kReceiptsKept) : null;
    await this.#mine((store) => {
      const table = store(kRows);
      for (const row of rows) {
        if (row.value) table.put(row.value, row.key);
        else table.delete(row.key);
      }
      if (receipts) store(kShell).put(receipts, 'receipts');
    });
    if (receipts) this.#receipts = receipts;
  }

  /** Whether a command was done before, perhaps by a worker that could not say so any more. */
  done(receipt: string): boolean {
    return this.#receipts.includes(receipt);
  }

  /** Fails as a write would: whether there is room again. */
  async probe(): Promise<void> {
    await this.#mine((store) => {
      store(kShell).put(crypto.getRandomValues(new Uint8Array(kProbeBytes)), 'probe');
    });
    await this.#mine((store) => {
      store(kShell).delete('probe');
    });
  }

  close(): void {
    this.#database?.close();
    this.#database = null;
  }

  #mine(act: (store: (name: string) => IDBObjectStore) => void): Promise<void> {
    return this.#attempt(() =>
      this.#transaction(async (store) => {
        if ((await settled(store(kShell).get('generation'))) !== this.#generation) throw new Superseded();
        act(store);
      }),
    );
  }

  /** Chromium closes a database it could not write to, and opens none on a full disk without saying why. */
  async #attempt<T>(act: () => Promise<T>): Promise<T> {
    try {
      const result = await act();
      this.#full = false;
      return result;
    } catch (error) {
      let named = fault(error);
      if (named instanceof StorageFault) {
        this.#full ||= named.code === 'disk-full';
        if (this.#full && named.code === 'storage-unavailable') named = new StorageFault('disk-full', error);
        this.close(); // the next attempt opens it anew
      }
      throw named;
    }
  }

  async #opened(): Promise<IDBDatabase> {
    if (this.#database) return this.#database;
    const request = this.#factory.open(kDatabase, kVersion);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(kRows);
      request.result.createObjectStore(kShell);
    };
    const database = await settled(request);
    const gone = () => {
      if (this.#database === database) this.#database = null;
    };
    database.onclose = gone;
    database.onversionchange = () => {
      database.close(); // "clear site data", or a newer Attune in another tab
      gone();
    };
    this.#database = database;
    return database;
  }

  async #transaction(act: (store: (name: string) => IDBObjectStore) => Promise<void>): Promise<void> {
    const transaction = (await this.#opened()).transaction([kRows, kShell], 'readwrite', { durability: 'strict' });
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
    });
    const acted = act((store) => transaction.objectStore(store)).catch((error: unknown) => {
      try {
        transaction.abort();
      } catch {
        // it has ended by itself
      }
      throw error;
    });
    const [acting, ending] = await Promise.allSettled([acted, ended]);
    // What the transaction says of its end tells more than the request that failed with it; but a refusal of ours is
    // what ended it.
    if (acting.status === 'rejected' && (ending.status === 'fulfilled' || is_cause(acting.reason))) throw acting.reason;
    if (ending.status === 'rejected') throw ending.reason;
  }
}

function is_cause(error: unknown): boolean {
  return error instanceof Superseded || !(error instanceof DOMException) || error.name !== 'AbortError';
}
