// views.mjs FOLDER: what devices of the simulator show natively, they show in WebAssembly, byte for byte. FOLDER holds
// one folder for each device, as sim/dump.h writes them. Ends with "N passed, N failed".
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { give, open_module } from './wasi.mjs';

const OPEN = 1;
const VIEW = 3;
const module = new URL('../../build/wasm/attune.wasm', import.meta.url);
const folder = process.argv[2];
let passed = 0;
let failed = 0;

function call(exports, op, { now, offset }, body) {
  const input = Buffer.alloc(12 + body.length);
  input.writeBigInt64LE(BigInt(now), 0);
  input.writeInt32LE(offset, 8);
  body.copy(input, 12);
  const at = give(exports, input);
  const answer = exports.attune_call(op, at, input.length);
  exports.attune_free(at);
  const length = new DataView(exports.memory.buffer).getUint32(answer, true);
  const text = Buffer.from(exports.memory.buffer, answer + 4, length).toString('utf8');
  exports.attune_free(answer);
  return text;
}

function expect(what, native, wasm) {
  if (native === wasm) {
    passed += 1;
    return;
  }
  failed += 1;
  const at = [...native].findIndex((letter, i) => letter !== wasm[i]);
  console.log(`${what} differs at ${at}:\n  native ${native.slice(at, at + 200)}\n  wasm   ${wasm.slice(at, at + 200)}`);
}

for (const device of readdirSync(folder)) {
  const shown = JSON.parse(readFileSync(join(folder, device, 'views.json'), 'utf8'));
  const exports = await open_module(module);
  const opened = call(exports, OPEN, shown, readFileSync(join(folder, device, 'rows.bin')));
  expect(`${device}: opening`, '{"ok":true,"value":null}', opened);
  for (const { name, args, reply } of shown.views) {
    expect(`${device}: ${name}`, reply, call(exports, VIEW, shown, Buffer.from(JSON.stringify({ name, args }))));
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
