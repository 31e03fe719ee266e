// The small things of every day, from phone to phone and back: how I am, good news, touches.
import assert from 'node:assert/strict';
import { pair } from '../world/couple.mjs';
import { choice, families, loves, news, pick, touches } from '../world/everyday.mjs';
import { Keyboard } from '../world/keyboard.mjs';
import { scene } from '../world/scene.mjs';
import { t, tn } from '../world/texts.mjs';

const said = (phone, kind) => touches.find(({ id }) => id === kind).arrives.replace('{Other}', phone.partner);

async function couple(stage) {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  return [a, b];
}

scene('how one is: for oneself it reaches nobody; shared it is opened, answered, and taken back', async (stage) => {
  const [a, b] = await couple(stage);
  const [family] = families;
  const [first, second] = family.feelings;

  await pick(a, family, first);
  await a.tap('feelings.for-me');
  await a.sees('feelings.noted');

  await pick(a, family, second);
  await a.tap('feelings.go-on');
  await choice(a, new RegExp(`^${t('feelings.wish.hold-me')}`)).click();
  await a.write('feelings.line', 'The whole train sang');
  await a.tap('feelings.share');
  await a.sees('feelings.shared');

  await b.go('today');
  await b.tap('feelings.closed');
  await b.reads_nothing_of('The whole train sang');
  await b.tap('thanks.open');
  await b.reads('The whole train sang');
  await b.sees('feelings.wished.hold-me');
  await b.reads_nothing_of(first.name); // what was kept is nowhere
  await b.page.getByRole('button', { name: t('feelings.answer.holding'), exact: true }).click();
  await b.tap('thanks.answer.send');
  await b.sees('thanks.answer.yours', { answer: t('feelings.answer.holding') });

  await a.go('today');
  await a.tap('today.new.feeling-answered');
  await a.sees('thanks.answer.theirs', { answer: t('feelings.answer.holding') });
  await a.tap('thanks.take-back');
  await a.page.getByRole('dialog').getByRole('button', { name: t('thanks.take-back'), exact: true }).click();
  await a.sees('thanks.taken-back.by-you');
  await b.sees('thanks.taken-back.by-other');
  await b.reads('The whole train sang'); // what one has opened stays one's own
});

scene('good news: two questions, an answer, tonight for both, and a mark that nobody else sees; offline, too', async (stage) => {
  const [a, b] = await couple(stage);
  const luck = news.find(({ id }) => id === 'luck');

  await a.room('cherish');
  await a.tap('goodnews.room');
  await a.at('goodnews.title');
  await a.offline();
  await a.page.getByRole('radio', { name: luck.name }).click();
  await a.write('goodnews.text', 'They found my ring');
  await a.tap('thanks.send');
  await a.go('today');
  assert.equal(await b.button('goodnews.closed').count(), 0);
  await a.online();

  await b.go('today');
  await b.tap('goodnews.closed');
  await b.tap('thanks.open');
  await b.reads('They found my ring');
  const offered = [];
  for (const question of luck.questions) {
    if (await b.page.getByText(question.text, { exact: true }).count()) offered.push(question.text);
  }
  assert.equal(offered.length, 2, 'two of our questions for this kind');
  await choice(b, offered[0]).click();
  await b.tap('goodnews.ask.go');
  await b.sees('goodnews.asked.by-you');
  await b.tap('goodnews.tonight');
  await b.sees('goodnews.tonight.hear');

  await a.go('today');
  await a.button('today.new.good-news-asked').waitFor();
  await a.tap('today.awaits.tonight.by-you');
  await a.reads(offered[0]);
  await a.write('goodnews.tell.label', 'Behind the bread bin');
  await a.tap('thanks.answer.send');
  await a.sees('goodnews.told.by-you');
  await a.tap('goodnews.felt-good');
  await a.sees('goodnews.felt-good.done');
  await b.reads('Behind the bread bin');
  await b.reads_nothing_of(t('goodnews.felt-good'));

  // It stands in Today for both, until either says that they talked.
  await b.go('today');
  await b.button('today.awaits.tonight.by-other').waitFor();
  await a.tap('goodnews.talked');
  await a.sees('goodnews.talked.done');
  await b.button('today.awaits.tonight.by-other').waitFor({ state: 'detached' });
});

scene('touches: one is felt as a moment, a minute lies between two, quiet keeps them in the list, and the sender learns nothing', async (stage) => {
  const [a, b] = await couple(stage);
  await b.go('today');
  await a.go('today');
  await a.page.getByRole('button', { name: t('touches.love'), exact: true }).click();
  await a.page.getByRole('dialog').getByRole('radio', { name: loves[1].text }).click();
  const send = a.page.getByRole('dialog').getByRole('button', { name: t('thanks.send', a.other), exact: true });
  if (await send.count()) await send.click();

  const pulse = b.page.getByRole('region', { name: t('touches.pulse.label', b.other) });
  await pulse.waitFor();
  await pulse.getByText(loves[1].text, { exact: true }).waitFor();
  await b.page.keyboard.press('Escape');
  await pulse.waitFor({ state: 'detached' });
  await b.page.reload();
  await b.on_today();
  await b.safe();
  assert.equal(await pulse.count(), 0, 'it is felt once');

  // A second within the minute is met with a kind sentence, and not sent.
  await a.go('today');
  await a.page.getByRole('button', { name: t('touches.hug'), exact: true }).click({ force: true }); // it says itself that it waits
  await a.sees('touches.next');

  // Ben wants quiet: what comes waits in the list.
  await b.room('cherish');
  await b.tap('cherish.touch');
  await b.tap('touches.quiet.hour');
  await b.page.getByText(/^Quiet until /).first().waitFor();
  await b.page.getByRole('button', { name: t('touches.squeeze'), exact: true }).click();
  const back = a.page.getByRole('region', { name: t('touches.pulse.label', a.other) });
  await back.waitFor();
  await back.getByText(said(a, 'squeeze'), { exact: true }).waitFor();
  await a.page.keyboard.press('Escape');
  await back.waitFor({ state: 'detached' });
  await a.reads_nothing_of(/Quiet/);
});

scene('how one is and a touch need no pointer, and no feeling is read aloud to the room', async (stage) => {
  const [a, b] = await couple(stage);
  const ada = await Keyboard.of(a);
  const ben = await Keyboard.of(b);
  const [family] = families;
  const [feeling] = family.feelings;
  await ada.to(a.page.getByRole('button').filter({ hasText: t('feelings.room') }));
  await a.page.keyboard.press('Enter');
  await a.at('feelings.title');
  await ada.to(choice(a, new RegExp(`^${family.name}`)));
  await a.page.keyboard.press('Space');
  await ada.to(choice(a, new RegExp(`^${feeling.name}`)));
  await a.page.keyboard.press('Space');
  await ada.press('feelings.go-on');
  await ada.type('feelings.line', 'Quite by myself');
  await ada.press('feelings.for-me');
  await ada.hears('feelings.noted');
  await ada.press('common.back');
  await ada.to(a.page.getByRole('button', { name: t('touches.squeeze'), exact: true }));
  await a.page.keyboard.press('Enter');
  await ben.hears_words(said(b, 'squeeze'));
  await b.page.keyboard.press('Tab');
  await b.page.keyboard.press('Enter');
  await b.page.getByRole('region', { name: t('touches.pulse.label', b.other) }).waitFor({ state: 'detached' });
  assert.ok(!ben.heard.join('\n').includes('Quite by myself'));
  assert.equal(await b.page.getByText(tn('touches.pulse.more', 1)).count(), 0);
});
