// The room Cherish on two phones: what one noticed, the jar, the gesture menu, letters until a day.
import assert from 'node:assert/strict';
import { accept, approve, follow, invite, pair } from '../world/couple.mjs';
import { day, efforts, gestures, seal_letter } from '../world/everyday.mjs';
import { until } from '../world/patience.mjs';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

const seen = efforts.find(({ invisible }) => invisible);

async function couple(stage) {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  return [a, b];
}
const row = (phone, words) => phone.page.getByRole('main').getByRole('button').filter({ hasText: words, visible: true }).first();
async function into(phone, key) {
  await phone.room('cherish');
  await phone.tap(key);
  await phone.at(key);
}
scene('what one noticed goes with two taps, is answered with one, and lies in the jar until a time is left out', async (stage) => {
  const [a, b] = await couple(stage);
  await a.go('today');
  await a.tap('today.noticed');
  await row(a, seen.text).click();
  await a.at('practices.cherish');

  await b.go('today');
  await b.button('today.awaits.noticed').waitFor();
  await b.reads_nothing_of(seen.text);
  await b.tap('today.awaits.noticed');
  await b.reads(seen.text);
  await b.page.getByRole('button', { name: t('thanks.answer.smiled'), exact: true }).click();
  await b.tap('thanks.answer.send');
  await a.go('today');
  await a.tap('today.new.noticed-answered');
  await a.sees('thanks.answer.theirs', { answer: t('thanks.answer.smiled') });

  // And back, in own words, from a phone without a network.
  await b.offline();
  await b.go('today');
  await b.tap('today.noticed');
  await b.write('noticed.words', 'You hummed in the queue');
  await b.page.getByRole('main').getByRole('button', { name: t('thanks.send', b.other), exact: true }).click();
  await b.online();
  await a.go('today');
  await a.tap('today.awaits.noticed');
  await a.reads('You hummed in the queue');

  await into(a, 'jar.title');
  await a.button('jar.shake').last().click();
  await a.reads('You hummed in the queue');
  await a.write('jar.search', 'hummed');
  await a.reads('You hummed in the queue');
  await a.write('jar.search', 'whistled');
  await a.sees('jar.found.none');
  await a.write('jar.search', '');
  await a.tap('jar.hide');
  await a.write('jar.hide.from', day(-1));
  await a.write('jar.hide.to', day(0));
  await a.page.getByRole('dialog').getByRole('button', { name: t('jar.hide.do'), exact: true }).click();
  await a.sees('jar.all-hidden');
  await into(b, 'jar.title');
  await b.reads(seen.text); // what Ada leaves out for herself is hers alone
});

scene('a gesture menu is filled in alone, shown when one says so, and changed without a word', async (stage) => {
  const [a, b] = [await stage.phone('a'), await stage.phone('b')];
  const [first, second] = gestures;
  const choose = async (phone, gesture, key) => {
    await phone.page.getByRole('group', { name: gesture.text }).getByRole('button', { name: t(key), exact: true }).click();
    await phone.arrived();
  };
  await a.start('Ada');
  await into(a, 'gestures.title');
  await a.sees('gestures.alone');
  await choose(a, first, 'gestures.love');
  const link = await invite(a);
  await follow(b, link);
  await accept(b, 'Ben');
  await approve(a, b, { a: 'Ada', b: 'Ben' });
  for (const phone of [a, b]) await phone.tap('pair.done.go');

  await into(b, 'gestures.title');
  await b.page.getByRole('main').getByRole('button', { name: t('gestures.theirs', b.other), exact: true }).click();
  await b.sees('gestures.theirs.empty');
  await into(a, 'gestures.title');
  await a.tap('gestures.show');
  await choose(a, second, 'gestures.not-now');
  await b.reads(first.text);
  await b.reads(second.text);
  await b.go('today');
  assert.equal(await b.button('gestures.title').count(), 0, 'nothing of it is announced');
});

scene('a letter held by its author is nowhere else; one held by the app waits closed, and can be taken back', async (stage) => {
  const [a, b] = await couple(stage);
  await seal_letter(a, 'For the morning after', 'me');
  await seal_letter(a, 'For the train home', 'app');

  await b.go('today');
  await b.tap('today.new.letter-closed');
  await b.sees('letters.closed.text');
  await b.reads_nothing_of('For the train home');
  assert.equal(await b.button('thanks.open').count(), 0, 'there is nothing to open yet');
  await into(b, 'letters.title');
  assert.equal(await b.page.getByRole('main').getByText(t('letters.held.name')).count(), 0);

  await into(a, 'letters.title');
  await row(a, t('letters.held.name')).click();
  await a.tap('letters.withdraw');
  await a.page.getByRole('dialog').getByRole('button', { name: t('letters.withdraw'), exact: true }).click();
  await a.sees('letters.withdrawn');
  await a.room('cherish');
  await a.tap('letters.title');
  await a.tap('letters.write');
  await a.field('letters.text').waitFor();
  await until(async () => (await a.field('letters.text').inputValue()) === 'For the morning after', () => 'its words are a draft again');
});
