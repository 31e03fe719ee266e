// demo.mjs ADDRESS FOLDER: a sample couple with a year behind them, made by two terminal clients on the real core at
// the relay of that address. Prints a line for each of the two: the name and the twelve words they can be tried out with.
//
// Meant for an empty relay on this computer. The words stand on the screen: nobody's space is to be one of these.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [address, folder] = process.argv.slice(2);
const { people, steps } = JSON.parse(readFileSync(join(root, 'content/en/demo.json'), 'utf8'));
const day_ms = 24 * 60 * 60 * 1000;
const midnight = new Date().setHours(0, 0, 0, 0);

/** The moment of a step: so many days ago, at that hour here, and never later than now. */
function moment({ day, at }) {
  const [hours, minutes] = at.split(':').map(Number);
  const then = new Date(midnight - day * day_ms);
  then.setHours(hours, minutes);
  const ms = Math.min(then.getTime(), Date.now());
  return `${ms}${-new Date(ms).getTimezoneOffset() < 0 ? '' : '+'}${-new Date(ms).getTimezoneOffset()}`;
}

/** Runs one verb; `reply` may answer what it prints, as a person at the terminal would. Resolves with what it printed. */
function attune(home, words, clock, reply) {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'build/bin/attune'), ['--home', join(folder, home), '--json', ...(clock ? ['--clock', clock] : []), ...words]);
    let out = '';
    let said = '';
    child.stdout.on('data', (text) => {
      out += text;
      const answer = reply?.(out);
      if (answer) child.stdin.write(answer);
    });
    child.stderr.on('data', (text) => (said += text));
    if (!reply) child.stdin.end();
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`attune ${words.join(' ')} ended with ${code}: ${said}${out}`))));
  });
}
const last_json = (out) => JSON.parse(out.trim().split('\n').filter((line) => line.startsWith('{')).at(-1));
const view = async (home, name, clock) => last_json(await attune(home, ['show', name], clock)).value;
const act = (home, name, args, clock) => attune(home, ['do', name, JSON.stringify(args)], clock);

const begin = moment({ ...steps[0], at: '18:00' });
const [a, b] = people;
mkdirSync(folder, { recursive: true, mode: 0o700 });
await attune(a, ['start', '--name', a, '--relay', address], begin);
await attune(a, ['invite'], begin);
await attune(b, ['join', '--yes', '--name', b, (await view(a, 'invitation', begin)).link], begin);
await attune(a, ['words'], begin);
await attune(b, ['words'], begin);
for (const home of [a, b]) await attune(home, ['approve', '--yes'], begin);
for (const home of [b, a]) await attune(home, ['sync'], begin);

// What a command writes first has the command's own id.
const wrote = (out) => last_json(out).value.command;
const wording = ([did, says, felt]) => ({ did, says, felt });
const questions = [];
let thanks;

/** One turn: a piece that is understood at once. Who speaks does what has true. */
const turn = [
  [true, 'listen.piece'], [false, 'listen.say-back'], [true, 'listen.confirm', { heard: 'yes' }], [true, 'listen.more', { more: false }],
  [false, 'listen.make-sense'], [false, 'listen.imagine'], [true, 'listen.name-feeling', { right: true }],
];

/** A session from asking to the thank-yous; on one phone its owner's device writes for both. */
async function listen({ who, listen: how, about, words, thanks: said, felt, idea }, clock) {
  const table = how === 'table';
  const device = (person) => people[table ? who : person];
  const act_on = async (person, name, args) => {
    if (!table) await attune(device(person), ['sync'], clock);
    return act(device(person), name, args, clock);
  };
  const session = wrote(await act_on(who, 'listen.propose', { how }));
  if (!table) {
    if (about) await act_on(who, 'listen.topic', { session, about, words });
    await act_on(1 - who, 'listen.agree', { session, asked: session, now: true });
    await act_on(who, 'listen.ready', { session, asked: session });
  }
  let step = 0;
  for (const speaker of [who, 1 - who]) {
    for (const [speaks, name, more] of turn) {
      await act_on(speaks ? speaker : 1 - speaker, name, { session, step, ...more });
      step += 1;
    }
  }
  if (idea) await act_on(who, 'listen.idea', { session, text: idea });
  for (const person of [who, 1 - who]) await act_on(person, 'listen.thank', { session, text: said[person], ...(table && person !== who && { across: true }) });
  for (const person of [0, 1]) {
    if (!felt[person]) continue;
    await attune(people[person], ['sync'], clock);
    await act(people[person], 'listen.understood', { session, score: felt[person] }, clock);
  }
}
/** Where the small things of every day are found: view, list, and whether the item is one's own. */
const places = {
  'feelings.shared': ['feelings', 'shared', false], 'noticed.noticed': ['noticed', 'noticed', false],
  'goodnews.news': ['goodnews', 'news', false], 'goodnews.mine': ['goodnews', 'news', true], 'letters.letters': ['letters', 'letters', false],
};

/** A command as it is; with `open` about the newest item of that place, which is opened first if it is the other's. */
async function everyday({ who, open, do: name, args, opens_in }, clock) {
  const home = people[who];
  const about = {};
  if (open) {
    const [shown, list, by_me] = places[open];
    const newest = (await view(home, shown, clock))[list].find((one) => one.by_me === by_me);
    about.item = newest.item;
    if (!newest.opened) await act(home, 'space.open-item', about, clock);
  }
  if (name === 'letters.read') return;
  const opens = opens_in && { opens: { ms: Number.parseInt(clock, 10) + opens_in * day_ms, offset: -new Date().getTimezoneOffset() } };
  await act(home, name, { ...args, ...about, ...opens }, clock);
}

for (const step of steps) {
  const home = people[step.who];
  const clock = moment(step);
  await attune(home, ['sync'], clock);
  if (step.thank) thanks = wrote(await act(home, 'cherish.thank', wording(step.thank), clock));
  if (step.keep) await act(home, 'cherish.keep', wording(step.keep), clock);
  if (step.ask) questions.push(wrote(await act(home, 'openup.offer', { prompt: step.ask }, clock)));
  if (step.reply) {
    await act(home, 'space.open-item', { item: thanks }, clock);
    await act(home, 'cherish.answer', { item: thanks, tap: step.reply }, clock);
  }
  if (step.listen) await listen(step, clock);
  if (step.do) await everyday(step, clock);
  if (step.answer) await act(home, 'openup.answer', { question: questions.at(-1), text: step.answer }, clock);
}
// Envelopes open when both devices have met the relay once more.
for (const home of [...people, people[0]]) await attune(home, ['sync']);

for (const home of people) {
  // What opened was looked at; the newest still awaits.
  for (const item of questions.slice(0, -2)) await act(home, 'space.open-item', { item });
  await act(home, 'space.looked', {});

  let sheet = null;
  let answered = 0;
  await attune(home, ['words', '--recovery'], null, (out) => {
    const lines = out.trim().split('\n');
    if (sheet === null && lines[0].startsWith('{') && out.includes('\n')) sheet = JSON.parse(lines[0]);
    if (sheet === null || answered > 0) return null;
    answered = 1;
    const { words, ask } = sheet.value ?? sheet;
    return ask.map((place) => `${words[place - 1]}\n`).join('');
  });
  process.stdout.write(`${home} ${(sheet.value ?? sheet).words.join('-')}\n`);
}
