// fixtures.mjs: writes fixtures/{loro,automerge}.br, two of the documents that the bench opens its log beside: the same
// 100,000 events, in plain, each library's in the form it loads fastest that is small enough: Loro as it stands, without the
// way there; Automerge with strings that are values, not texts to be edited letter by letter. Making them takes these
// libraries minutes, so it is done once and they are committed; run again after the program ten_years makes other events.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

import * as Automerge from '@automerge/automerge';
import { LoroDoc } from 'loro-crdt';

const events = JSON.parse(readFileSync(new URL('../../../build/bench/open/plain.json', import.meta.url), 'utf8'));
const most = 8_000_000;
const folder = new URL('fixtures/', import.meta.url);
mkdirSync(folder, { recursive: true });

function write(name, bytes) {
  const packed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  if (packed.length > most) throw new Error(`${name} takes ${packed.length} bytes`);
  writeFileSync(new URL(`${name}.br`, folder), packed);
  console.log(`${name}: ${bytes.length} bytes, ${packed.length} packed`);
}

const loro = new LoroDoc();
const list = loro.getList('events');
for (const event of events) list.push(event);
loro.commit();
write('loro', loro.export({ mode: 'shallow-snapshot', frontiers: loro.frontiers() }));

const values = (part) =>
  typeof part === 'string' ? new Automerge.ImmutableString(part)
  : part === null || typeof part !== 'object' ? part
  : Object.fromEntries(Object.entries(part).map(([name, each]) => [name, values(each)]));
write('automerge', Automerge.save(Automerge.from({ events: events.map(values) })));
