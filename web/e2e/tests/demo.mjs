// The sample couple of ./run --demo: two addresses, two browsers, a year behind them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { follow } from '../world/couple.mjs';
import { Demo } from '../world/demo.mjs';
import { launch } from '../world/phone.mjs';
import { scene } from '../world/scene.mjs';
import { deck, t } from '../world/texts.mjs';

const { people, steps } = JSON.parse(readFileSync(new URL('../../../content/en/demo.json', import.meta.url), 'utf8'));
const thanks_of = (who) => steps.filter((step) => step.who === who && step.thank).map((step) => step.thank[0]);
const kept_of = (who) => steps.filter((step) => step.who === who && step.keep).map((step) => step.keep[0]);
const asked = steps.filter((step) => step.ask).map((step) => deck.find(({ id }) => id === step.ask).text);
const answers = steps.filter((step) => step.answer);
const listened = steps.filter((step) => step.listen);

let demo;
before(async () => {
  demo = await Demo.start();
});
after(() => demo?.end());

/** From the printed address to Today. */
async function come_in(stage, { name, address, origin }) {
  const phone = await stage.phone(name, {}, origin);
  await follow(phone, address);
  await phone.at('before.title');
  assert.equal(await phone.page.evaluate(() => location.href), `${origin}/`, 'the words leave the address bar');
  await phone.tap('before.go');
  await phone.at('before.devices.title');
  await phone.tap('before.devices.go');
  await phone.on_today();
  phone.partner = people.find((other) => other !== name);
  return phone;
}

scene('./run --demo: both addresses lead to a couple with a year behind them, who go on', async (stage) => {
  assert.deepEqual(demo.people.map(({ name }) => name), people);
  const [ada, ben] = [await come_in(stage, demo.people[0]), await come_in(stage, demo.people[1])];

  for (const [phone, who] of [[ada, 0], [ben, 1]]) {
    await phone.thanks();
    for (const did of [...thanks_of(who), ...kept_of(who)]) await phone.reads(did);
    for (const did of kept_of(1 - who)) await phone.reads_nothing_of(did);
    await phone.room('openup');
    for (const question of asked) await phone.reads(question);
    await phone.open_question(asked[0]);
    for (const { answer } of answers.slice(0, 2)) await phone.reads(answer);
    await phone.room('listen');
    for (const { thanks } of listened) await phone.reads(thanks[1 - who]);
    for (const { idea } of listened.filter((session) => session.idea)) await phone.reads(idea);
    await phone.page.getByRole('button').filter({ hasText: listened[0].thanks[1 - who] }).click();
    await phone.at('listen.held.title');
    for (const words of listened[0].thanks) await phone.reads(words);
    await phone.page.getByRole('radio', { name: t('listen.felt.name', { n: listened[0].felt[who], total: 7 }), checked: true }).waitFor();
    await phone.go('us');
    await phone.sees('us.story.title');
    const moments = await phone.page.getByRole('main').getByRole('listitem').count();
    assert.ok(moments >= steps.filter((step) => step.thank).length, `${moments} moments in the story`);
  }

  // What awaits each of them on Today: the note from this morning, the question from yesterday.
  await ben.go('today');
  await ben.open_thanks();
  await ben.reads(thanks_of(0).at(-1));
  await ada.go('today');
  await ada.tap('today.awaits.question.by-other');
  await ada.write('openup.answer.label', 'The meadow behind the mill');
  await ada.tap('openup.answer.seal');
  await ada.tap('openup.ready.go');
  await ada.reads(answers.at(-1).answer);
  await ben.open_question(asked.at(-1));
  await ben.tap('openup.ready.go');
  await ben.reads('The meadow behind the mill');

  await ada.thank({ did: 'You tried this out with me' });
  await ben.open_thanks();
  await ben.reads('You tried this out with me');
});

scene('the words of a sample person do nothing on an address that is not this computer', async (stage) => {
  const { address, origin } = demo.people[0];
  const elsewhere = origin.replace('localhost', 'attune.example');
  const browser = await launch([`--host-resolver-rules=MAP attune.example 127.0.0.1`, `--unsafely-treat-insecure-origin-as-secure=${elsewhere}`]);
  stage.endings.push(() => browser.close());
  const phone = await stage.phone('elsewhere', { browser }, elsewhere);
  await follow(phone, address.replace(origin, elsewhere));
  await phone.at('doors.title');
  assert.equal(await phone.page.evaluate(() => location.href), `${elsewhere}/`);
  await phone.tap('doors.before');
  await phone.at('before.title');
  assert.equal(await phone.field('before.words.label').inputValue(), '', `${t('before.words.label')} is empty`);
});
