// sample.mjs WHAT: one measurement in a process of its own; the last line is its JSON.
//
//   prepare    opens the log once and writes down the rows with the snapshot that the device then keeps; and the document
//              that Yjs is to load
//   log        rows without a snapshot → Today       {ms, bytes: the module's memory, of: the records' bytes}
//   snapshot   the same from the rows of `prepare`, as the worker does it where there is a snapshot: Today is shown from the
//              newest rows, all others are handed over behind it; memory is that of the end
//   yjs, loro, automerge   load a document of the same events in plain and visit each        {ms, bytes: of the process}
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

import { encode_rows, decode_rows } from '../../../web/src/worker/blob.ts';
import { instantiate } from '../../../web/src/worker/wasm.ts';

const folder = new URL('../../../build/bench/open/', import.meta.url);
const module = new URL('../../../build/wasm/attune.wasm', import.meta.url);
const done = '{"ok":true,"value":null}';
const clock = { ms: 1_790_000_000_000, offset: 60 };

async function fresh_core() {
  let memory;
  const original = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...what) => {
    const instance = await original(...what);
    memory = instance.exports.memory;
    return instance;
  };
  const core = await instantiate(await WebAssembly.compile(readFileSync(module)));
  WebAssembly.instantiate = original;
  globalThis.gc();
  return { core, bytes: () => memory.buffer.byteLength };
}

/// As the worker of the web app opens it, with rows as the browser's storage hands them out.
async function open(rows) {
  const { core, bytes } = await fresh_core();
  const began = performance.now();
  const opened = core.open(clock, rows);
  const today = JSON.parse(core.view(clock, 'today', {}));
  const took = performance.now() - began;
  if (opened !== done || today.ok !== true) throw new Error(`${opened} ${JSON.stringify(today)}`);
  if (today.value.since.length === 0) throw new Error('nothing is new in Today');
  return { core, took, bytes: bytes() };
}

/// What the web app's storage reads first (storage.ts): all but the records, the newest of each stream and the very first.
function first_of(rows) {
  const streams = Map.groupBy(rows.filter(is_record), (row) => row.key.slice(0, -16));
  const records = [...streams.values()].flatMap((of) => (of.length > 1_116 ? [...of.slice(0, 16), ...of.slice(-1_100)] : of));
  return [...rows.filter((row) => !is_record(row)), ...records];
}

/// The same where there is a snapshot (loop.ts).
async function open_early(rows) {
  const by_key = new Map(rows.map((row) => [row.key, row]));
  const some = first_of(rows);
  const records = rows.filter(is_record);
  const { core, bytes } = await fresh_core();
  const began = performance.now();
  const opened = core.open_early(some);
  let today = core.view(clock, 'today', {});
  for (let more; (more = JSON.parse(today).rows); today = core.view(clock, 'today', {})) {
    core.hand_over(more.map((key) => by_key.get(key)));
  }
  const took = performance.now() - began;
  for (let at = 0; at < records.length; at += 2_000) core.hand_over(records.slice(at, at + 2_000));
  const whole = core.open(clock, []);
  if (opened !== done || whole !== done || today !== core.view(clock, 'today', {})) throw new Error(`${opened} ${whole} ${today}`);
  if (JSON.parse(today).value.since.length === 0) throw new Error('nothing is new in Today');
  return { took, bytes: bytes() };
}

const is_record = (row) => row.key.startsWith('r/');
const of_records = (rows) => rows.filter(is_record).reduce((sum, row) => sum + row.value.length, 0);
const fixture = (name) => brotliDecompressSync(readFileSync(new URL(`fixtures/${name}.br`, import.meta.url)));
const answer = (result) => console.log(JSON.stringify(result));

const rows_of = (file) => decode_rows(readFileSync(new URL(file, folder))).sort((a, b) => (a.key < b.key ? -1 : 1));

async function prepare() {
  const { core } = await open(rows_of('rows.bin'));
  core.effects();
  core.disconnected(clock);
  const stored = core.effects().flatMap((effect) => (effect.kind === 'store' ? effect.rows : []));
  const snapshot = stored.find((row) => row.key === 'snapshot');
  if (!snapshot) throw new Error('no snapshot was kept');
  writeFileSync(new URL('with-snapshot.bin', folder), Buffer.concat([readFileSync(new URL('rows.bin', folder)), encode_rows([snapshot])]));
  const Y = await import('yjs');
  const doc = new Y.Doc();
  const events = JSON.parse(readFileSync(new URL('plain.json', folder), 'utf8'));
  for (let at = 0; at < events.length; at += 1_000) doc.getArray('events').push(events.slice(at, at + 1_000));
  writeFileSync(new URL('yjs.bin', folder), Y.encodeStateAsUpdate(doc));
  answer({ snapshot: snapshot.value.length });
}

async function ours(file, opening) {
  const rows = rows_of(file);
  const { took, bytes } = await opening(rows);
  answer({ ms: took, bytes, of: of_records(rows) });
}

let visited = 0;
const visit = (event) => {
  visited += String(event.k).length;
};
const others = {
  async yjs() {
    const Y = await import('yjs');
    const bytes = readFileSync(new URL('yjs.bin', folder));
    return () => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, bytes);
      doc.getArray('events').forEach(visit);
    };
  },
  async loro() {
    const { LoroDoc } = await import('loro-crdt');
    const bytes = fixture('loro');
    return () => {
      const doc = new LoroDoc();
      doc.import(bytes);
      doc.getList('events').toJSON().forEach(visit);
    };
  },
  async automerge() {
    const Automerge = await import('@automerge/automerge');
    const bytes = fixture('automerge');
    return () => Automerge.load(bytes).events.forEach(visit);
  },
};

async function theirs(what) {
  const load = await others[what]();
  globalThis.gc();
  const before = process.memoryUsage.rss();
  const began = performance.now();
  load();
  const took = performance.now() - began;
  if (visited === 0) throw new Error('nothing was visited');
  answer({ ms: took, bytes: process.memoryUsage.rss() - before });
}

const what = process.argv[2];
if (what === 'prepare') await prepare();
else if (what === 'log') await ours('rows.bin', open);
else if (what === 'snapshot') await ours('with-snapshot.bin', open_early);
else await theirs(what);
