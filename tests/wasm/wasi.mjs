// wasi.mjs: opens one of our modules in Node with the five calls of WASI it imports, as the web app's worker has them.
import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';

const OK = 0;
const BAD_DESCRIPTOR = 8;

/// The exports of a module, given as its bytes or its address, ready to be called.
export async function open_module(module) {
  let memory;
  const view = () => new DataView(memory.buffer);
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
  const { instance } = await WebAssembly.instantiate(module instanceof URL ? readFileSync(module) : module, { wasi_snapshot_preview1: wasi });
  memory = instance.exports.memory;
  instance.exports._initialize();
  return instance.exports;
}

/// Copies bytes into the module; the place is the caller's to free.
export function give(exports, bytes) {
  const at = exports.attune_alloc(bytes.length);
  new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  return at;
}
