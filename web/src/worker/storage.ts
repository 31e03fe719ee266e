// This device's rows in IndexedDB. One Store of the core is one transaction, flushed before it counts; in the same
// transaction the generation is compared, so that a worker which has lost the lock writes nothing (PROTOCOL.md 12).
import type { Row } from './blob.ts';

const kName = 'attune';
const kVersion = 1;
const kRows = 'rows'; // key → bytes, what the core stores
const kShell = 'shell'; // 'generation' → number, 'receipts' → ids of the last commands, 'probe' → room to write
const kReceiptsKept = 32;
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

function fault(error: unknown): Error {
  if (error instanceof Superseded || error instanceof StorageFault) return error;
  const named = error instanceof DOMException ? error.name : '';
  if (named === 'QuotaExceededError') return new StorageFault('disk-full', error);
  if (named === 'VersionError') return new StorageFault('data-newer', error);
  if (named === 'DataError' || named === 'NotReadableError' || named === 'DataCloneError') return new StorageFault('storage-corrupt', error);
  return new StorageFault('storage-unavailable', error);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Storage {
  #generation = 0;
  #receipts: string[] = [];

  private constructor(readonly database: IDBDatabase) {}

  static async open(factory: IDBFactory = indexedDB): Promise<Storage> {
    try {
      const request = factory.open(kName, kVersion);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(kRows);
        request.result.createObjectStore(kShell);
      };
      const database = await settled(request);
      database.onversionchange = () => database.close(); // a newer Attune in another tab, or "clear site data"
      return new Storage(database);
    } catch (error) {
      throw fault(error);
    }
  }

  /** Makes this worker the one that may write; whoever could before no longer can. */
  async take_over(): Promise<void> {
    await this.#transaction(async (store) => {
      const shell = store(kShell);
      this.#generation = 1 + (((await settled(shell.get('generation'))) as number | undefined) ?? 0);
      this.#receipts = ((await settled(shell.get('receipts'))) as string[] | undefined) ?? [];
      shell.put(this.#generation, 'generation');
    });
  }

  get generation(): number {
    return this.#generation;
  }

  /** All rows, in the order of their keys. */
  async read(): Promise<Row[]> {
    try {
      const rows = this.database.transaction(kRows, 'readonly').objectStore(kRows);
      const [keys, values] = await Promise.all([settled(rows.getAllKeys()), settled(rows.getAll())]);
      return keys.map((key, index) => {
        const value: unknown = values[index];
        if (typeof key !== 'string' || !(value instanceof Uint8Array)) throw new StorageFault('storage-corrupt');
        return { key, value: value as Uint8Array<ArrayBuffer> };
      });
    } catch (error) {
      throw fault(error);
    }
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
    this.database.close();
  }

  #mine(act: (store: (name: string) => IDBObjectStore) => void): Promise<void> {
    return this.#transaction(async (store) => {
      if ((await settled(store(kShell).get('generation'))) !== this.#generation) throw new Superseded();
      act(store);
    });
  }

  async #transaction(act: (store: (name: string) => IDBObjectStore) => Promise<void>): Promise<void> {
    try {
      const transaction = this.database.transaction([kRows, kShell], 'readwrite', { durability: 'strict' });
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
      // A refusal of our own says more than the abort it leads to; a request that failed is told by the abort.
      const results = await Promise.allSettled([acted, ended]);
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    } catch (error) {
      throw fault(error);
    }
  }
}
