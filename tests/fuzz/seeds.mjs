// seeds.mjs: writes the corpora's first files from vectors.json, named by their content.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const { wire } = JSON.parse(readFileSync(new URL('../vectors/vectors.json', import.meta.url)));
const skeletonOf = (record) => {
  const bytes = Buffer.from(record, 'hex');
  return bytes[1] === 1 ? bytes.subarray(272, 272 + bytes.readUInt32LE(136)).toString('hex') : null;
};
const chained = wire.chains.flatMap((chain) => chain.records.map(({ record }) => record));
const invalid = (...on) => wire.invalid.filter((entry) => on.includes(entry.on)).map(({ bytes }) => bytes);
const frames = (from) => wire.frames.filter((frame) => frame.from === from).map(({ bytes }) => bytes);

const seeds = {
  record: [...wire.records.map(({ record }) => record), ...invalid('record')],
  control: [...wire.controls.map(({ bytes }) => bytes), ...chained.map(skeletonOf), ...invalid('change').map(skeletonOf), ...invalid('control')],
  'from-device': [...frames('device'), ...invalid('device')],
  'from-relay': [...frames('relay'), ...invalid('relay')],
};

for (const [name, inputs] of Object.entries(seeds)) {
  const folder = new URL(`./corpus/${name}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const input of inputs.filter((text) => text !== null)) {
    const bytes = Buffer.from(input, 'hex');
    writeFileSync(new URL(createHash('sha256').update(bytes).digest('hex').slice(0, 16), folder), bytes);
  }
}
