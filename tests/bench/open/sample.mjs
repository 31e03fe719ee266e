// sample.mjs WHAT: one measurement in a process of its own; the last line is its JSON.
//
//   prepare    opens the log once and writes down the rows with the snapshot that the device then keeps; and the document
//              that Yjs is to load
//   log        rows without a snapshot → Today       {ms, bytes: the module's memory, of: the records' bytes}
//   snapshot   the same from the rows of `prepare`
//   yjs, loro, automerge   load a document of the same events in plain and visit each        {ms, bytes: of the process}
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

import { encode_rows, decode_rows } from '../../../web/src/worker/blob.ts';
import { instantiate } from '../../../web/src/worker/wasm.ts';

const folder = new URL('../../../build/bench/open/', import.meta.url);
const module = new URL('../../../build/wasm/attune.wasm', import.meta.url);
const clock = { ms: 1_790_000_000_000, offset: 60 };

/// As the worker of the web app opens it, with rows as the browser's storage hands them out.
async function open(rows) {
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
  const began = performance.now();
  const opened = core.open(clock, rows);
  const opening = performance.now() - began;
  const today = JSON.parse(core.view(clock, 'today', {}));
  const took = performance.now() - began;
  if (opened !== '{"ok":true,"value":null}' || today.ok !== true) throw new Error(`${opened} ${JSON.stringify(today)}`);
  if (today.value.since.length === 0) throw new Error('nothing is new in Today');
  console.error(`opened in ${opening.toFixed(1)} ms, Today ${(took - opening).toFixed(1)} ms, ${today.value.awaiting.length} await`);
  return { core, took, bytes: memory.buffer.byteLength };
}

const of_records = (rows) => rows.filter((row) => row.key.startsWith('r/')).reduce((sum, row) => sum + row.value.length, 0);
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

async function ours(file) {
  const rows = rows_of(file);
  const { took, bytes } = await open(rows);
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
else if (what === 'log') await ours('rows.bin');
else if (what === 'snapshot') await ours('with-snapshot.bin');
else await theirs(what);
