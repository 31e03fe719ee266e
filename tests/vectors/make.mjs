// make.mjs [--check]: writes vectors.json, or says whether it is what this program makes.
//
// Written from docs/PROTOCOL.md and the headers' comments, not from the C++ sources, and over other primitives
// (@noble/*), so that a mistake has to be made twice to pass.
import { readFileSync, writeFileSync } from 'node:fs';
import * as invalid from './src/invalid.mjs';
import { keys, mineChain, oursChain, otherSelf, people, self } from './src/life.mjs';
import * as space from './src/space_sections.mjs';
import { hex } from './src/bytes.mjs';
import * as wire from './src/wire_sections.mjs';

const file = new URL('./vectors.json', import.meta.url);

const mine = mineChain();
const invitations = [space.invitation(0, 'Mara'), space.invitation(1, 'Zoë’s laptop'), space.invitation(1, '', false)];
const ours = Object.assign(oursChain(space.pairingOf(invitations[0])), { self, otherSelf });

const named = (...names) => names.map((name) => people[name].sign);
const mineTables = [
  { epoch: 0, closed: false, members: named('phone') },
  { epoch: 0, closed: false, members: named('phone') },
  { epoch: 0, closed: false, members: named('phone', 'phrase') },
];
const three = named('phone', 'phrase', 'other');
const open = (epoch, members) => ({ epoch, closed: false, members });
const oursTables = [
  open(0, three), open(0, three), open(0, three),
  open(0, [...three, ...named('laptop')]),
  open(0, [...three, ...named('laptop', 'reader')]),
  open(1, [...three, ...named('reader')]), open(1, [...three, ...named('reader')]), open(1, [...three, ...named('reader')]),
  { epoch: 1, closed: true, members: [...three, ...named('reader')] },
  { epoch: 1, closed: true, members: [...three, ...named('reader')] },
];

const frames = wire.frames();
const records = wire.records();
const skeletonOf = (what) => ours.find((record) => record.what === what).skeleton;
/// Whose boxes are opened.
const reader = { reader_seed: hex(people.phone.signSeed), reader_box_secret: hex(people.phone.boxSecret) };
const vectors = {
  protocol: 1,
  wire: {
    ...wire.primitives(),
    joins: wire.joins(),
    records,
    controls: wire.controls(),
    frames,
    auths: wire.auths(),
    chains: [
      { stream: hex(mine[0].stream), ...reader, keys: [keys.mine].map(hex), records: wire.chain(mine, mineTables) },
      { stream: hex(ours[0].stream), ...reader, keys: [keys.ours, keys.oursNext].map(hex), records: wire.chain(ours, oursTables) },
    ],
    invalid: [
      ...invalid.records(records[0]),
      ...invalid.controls(ours[0].skeleton, skeletonOf('removes the laptop'), skeletonOf('erases a skeleton')),
      ...invalid.changes(ours),
      ...invalid.frames(frames),
    ],
  },
  core: {
    sizes: space.sizes(),
    events: space.events(),
    boxes: space.boxes(),
    old_keys: space.oldKeys(),
    phrases: space.phrases(),
    invitations,
    steps: space.steps(),
    successors: space.successors(),
    slots: space.slots(),
    sealed_answers: space.sealedAnswers(),
    invalid: space.invalid(invitations[0]),
  },
};

/// One entry of a list per line: short to store, and a change shows as the line it is in.
function text(value, indent = '') {
  const inner = `${indent} `;
  if (Array.isArray(value) && value.some((item) => typeof item === 'object')) {
    return `[\n${value.map((item) => inner + JSON.stringify(item)).join(',\n')}\n${indent}]`;
  }
  if (value && typeof value === 'object' && !Array.isArray(value)) {
    const lines = Object.entries(value).map(([name, item]) => `${inner}${JSON.stringify(name)}: ${text(item, inner)}`);
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value);
}
const made = `${text(vectors)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== made) {
    console.error('vectors.json is not what make.mjs makes; run it and look at the difference.');
    process.exit(1);
  }
  console.log(`vectors.json is what make.mjs makes (${made.length} bytes)`);
} else {
  writeFileSync(file, made);
  console.log(`${made.length} bytes`);
}
