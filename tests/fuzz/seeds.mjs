// seeds.mjs: writes the corpora's first files from vectors.json and the golden events, named by their content.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url)));
const { wire, core } = read('../vectors/vectors.json');
const { events } = read('../core/golden/events.json');
const skeletonOf = (record) => {
  const bytes = Buffer.from(record, 'hex');
  return bytes[1] === 1 ? bytes.subarray(272, 272 + bytes.readUInt32LE(136)).toString('hex') : null;
};
const chained = wire.chains.flatMap((chain) => chain.records.map(({ record }) => record));
const invalid = (...on) => wire.invalid.filter((entry) => on.includes(entry.on)).map(({ bytes }) => bytes);
const frames = (from) => wire.frames.filter((frame) => frame.from === from).map(({ bytes }) => bytes);

const text = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('hex');
const byte = (value) => value.toString(16).padStart(2, '0');
const short = (length) => byte(length & 255) + byte(length >> 8);
const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const item = ({ kind, version, needed, fields }) => ({ id, k: kind, v: version, ...(needed ? { n: true } : {}), f: fields });
const shared = events.filter(({ stream }) => stream === 'ours');
const own = events.filter(({ stream }) => stream === 'mine');
const said = (hex) => short(hex.length / 2) + hex;
const thanks = { did: 'You rang', says: '', felt: '' };

const seeds = {
  record: [...wire.records.map(({ record }) => record), ...invalid('record')],
  control: [...wire.controls.map(({ bytes }) => bytes), ...chained.map(skeletonOf), ...invalid('change').map(skeletonOf), ...invalid('control')],
  'from-device': [...frames('device'), ...invalid('device')],
  'from-relay': [...frames('relay'), ...invalid('relay')],
  link: ['https://app.example/#join=1.BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc.https%3A%2F%2Frelay.example', 'join=2.x.y',
    'https://relay.example:8420/path', 'http://[::1]:8420', 'http://localhost', ''].map(text),
  phrase: [...core.phrases.map(({ words }) => (Array.isArray(words) ? words.join(' ') : String(words))), 'abandon '.repeat(12), 'zoo', ''].map(text),
  'step-code': [...core.steps.map(({ code }) => String(code)), 'attune-step.', 'attune-step.AAAA', ''].map(text),
  mail: core.invitations.flatMap(({ mails }) => mails.map(({ kind, body }) => byte(kind) + body)),
  skeleton: [...shared.map((event) => '01' + text(item(event))), ...own.map((event) => '00' + text({ o: null, e: [item(event)] })),
    '00' + text({ o: null, e: [{ id, p: [0, 2] }, { id, k: 'space.copied', v: 1, f: { of: id }, p: [1, 2] }] })],
  content: [...shared.map(({ content }) => '01' + text(content)), ...own.map(({ content }) => '00' + text([content]))],
  json: [...events.map(({ content }) => text(content)), text('[[[[[[[[[[]]]]]]]]]]'), text('"\\ud83d\\ude00"'), text('1e999')],
  settings: ['port = 8420\norigins = ["https://attune.example"]\n', 'listen = "127.0.0.1"\nthreads = 2\n', 'store-mib = 0\n[table]\n',
    'port = "x"', 'trusted-proxies = ["10.0.0.0/8", "::1/128"]', ''].map(text),
  'web-path': ['/en/texts.json\0br, gzip', '/', '/../secret', '/en/..%2f', '/en/decks', '//x', '/en/errors.json?x=1\0gzip;q=0'].map(text),
  command: [...Array(48).keys()].map((number) => byte(number) + text(number % 3 === 0 ? {} : number % 3 === 1 ? thanks : { item: id, name: 'x', text: 'x' })),
  event: shared.map((event) => said(text(item(event))) + text(event.content)),
  row: [0, 1, 2, 3, 4, 5, 6, 7].map((number) => byte(number) + byte(number) + '000001' + '100080'),
  'device-session': [frames('relay').map(said).join(''), ...frames('relay').map(said)],
  'relay-session': [0, 1].flatMap((first) => [frames('device').map(said).join(''), ...frames('device').map(said)].map((all) => byte(first) + all)),
  day: [0, 1, 2, 3].map((number) => byte(number * 37).repeat(120)),
};

for (const [name, inputs] of Object.entries(seeds)) {
  const folder = new URL(`./corpus/${name}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const input of inputs.filter((text) => text !== null)) {
    const bytes = Buffer.from(input, 'hex');
    writeFileSync(new URL(createHash('sha256').update(bytes).digest('hex').slice(0, 16), folder), bytes);
  }
}
