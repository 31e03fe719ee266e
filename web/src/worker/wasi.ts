// The five WASI calls the module imports, and no more: another import makes instantiation fail.
// The core asks for no clock and writes no file; libc wants these names to exist. What it prints (a failed
// assertion, in builds that have them) goes to the console.

const kSuccess = 0;
const kBadDescriptor = 8;
const kInputOutputError = 29;
const kBytesAtOnce = 65_536; // the most crypto.getRandomValues gives in one call

export type Imports = { wasi_snapshot_preview1: Record<string, (...args: never[]) => number> };

/** `memory` is asked at every call: growing the memory replaces its buffer. */
export function wasi(memory: () => WebAssembly.Memory): Imports {
  const bytes = (at: number, length: number) => new Uint8Array(memory().buffer, at >>> 0, length >>> 0);
  const words = () => new DataView(memory().buffer);
  return {
    wasi_snapshot_preview1: {
      random_get(at: number, length: number): number {
        for (let done = 0; done < length; done += kBytesAtOnce) {
          crypto.getRandomValues(bytes(at + done, Math.min(kBytesAtOnce, length - done)));
        }
        return kSuccess;
      },
      clock_time_get(_clock: number, _precision: bigint, at: number): number {
        words().setBigUint64(at >>> 0, BigInt(Date.now()) * 1_000_000n, true);
        return kSuccess;
      },
      fd_write(descriptor: number, vectors: number, count: number, written_at: number): number {
        if (descriptor !== 1 && descriptor !== 2) return kBadDescriptor;
        const text = new TextDecoder();
        let line = '';
        let written = 0;
        for (let index = 0; index < count; index += 1) {
          const at = words().getUint32((vectors >>> 0) + 8 * index, true);
          const length = words().getUint32((vectors >>> 0) + 8 * index + 4, true);
          line += text.decode(bytes(at, length), { stream: true });
          written += length;
        }
        console.error(line);
        words().setUint32(written_at >>> 0, written, true);
        return kSuccess;
      },
      fd_close: () => kBadDescriptor,
      fd_seek: () => kInputOutputError,
    },
  };
}
