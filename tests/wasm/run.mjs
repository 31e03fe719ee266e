// run.mjs: the vectors and the invalid table inside WebAssembly. Ends with "N passed, N failed".
import { readFileSync } from 'node:fs';

import { give, open_module } from './wasi.mjs';

const exports = await open_module(new URL('../../build/wasm/attune_tests.wasm', import.meta.url));
const vectors = readFileSync(new URL('../vectors/vectors.json', import.meta.url));

const counts = exports.attune_run(give(exports, vectors), vectors.length);
const view = new DataView(exports.memory.buffer);
const passed = view.getUint32(counts, true);
const failed = view.getUint32(counts + 4, true);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
