// run.mjs: the vectors and the invalid table inside WebAssembly. Ends with "N passed, N failed".
import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';

const module = new URL('../../build/wasm/attune_tests.wasm', import.meta.url);
const vectors = readFileSync(new URL('../vectors/vectors.json', import.meta.url));

let memory;
const view = () => new DataView(memory.buffer);
const OK = 0;
const BAD_DESCRIPTOR = 8;

/// The five calls of WASI that the module imports, as the web app's worker has them.
const wasi = {
  random_get(at, size) {
    randomFillSync(new Uint8Array(memory.buffer, at, size));
    return OK;
  },
  clock_time_get(_clock, _precision, at) {
    view().setBigUint64(at, BigInt(Date.now()) * 1_000_000n, true);
    return OK;
  },
  fd_write(descriptor, pieces, count, written) {
    if (descriptor !== 1 && descriptor !== 2) return BAD_DESCRIPTOR;
    let total = 0;
    for (let i = 0; i < count; i += 1) {
      const at = view().getUint32(pieces + 8 * i, true);
      const size = view().getUint32(pieces + 8 * i + 4, true);
      process.stderr.write(Buffer.from(memory.buffer.slice(at, at + size)));
      total += size;
    }
    view().setUint32(written, total, true);
    return OK;
  },
  fd_close: () => BAD_DESCRIPTOR,
  fd_seek: () => BAD_DESCRIPTOR,
};

const { instance } = await WebAssembly.instantiate(readFileSync(module), { wasi_snapshot_preview1: wasi });
const { exports } = instance;
memory = exports.memory;
exports._initialize();

function run(bytes) {
  const at = exports.attune_alloc(bytes.length);
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
  const counts = exports.attune_run(at, bytes.length);
  return [view().getUint32(counts, true), view().getUint32(counts + 4, true)];
}

const [passed, failed] = run(vectors);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
