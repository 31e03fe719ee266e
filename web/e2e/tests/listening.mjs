// Two people listen to each other: on two phones, with one phone on the table, and in writing by keyboard alone.
import assert from 'node:assert/strict';
import { pair } from '../world/couple.mjs';
import { Keyboard } from '../world/keyboard.mjs';
import { begin, choose, press, settled, stage_of, step, turn } from '../world/listening.mjs';
import { mark } from '../world/marks.mjs';
import { held_by, held_by_relay, records_of, sealed_forms } from '../world/rows.mjs';
import { until } from '../world/patience.mjs';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

const kMinute = 60_000;

async function couple(stage) {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  return { a, b };
}

const nothing_to_write_in = async (phone) => assert.equal(await phone.page.getByRole('textbox').count(), 0, 'who listens has a field');

scene('on two phones: only yes moves on, a time-out comes back to the same piece, and a line that breaks loses nothing', async (stage) => {
  const { a, b } = await couple(stage);
  await begin(a, b, { topic: 'The week with your parents' });
  await nothing_to_write_in(b);
  assert.equal(await b.button('listen.room.do.back').count(), 0, 'nothing is there to be said back yet');

  await step.piece(a);
  await step.back(b);
  await nothing_to_write_in(a);
  await step.heard(a, 'not-yet');
  await b.sees('listen.room.spoken.mine.again.lead');
  await step.back(b);
  await step.heard(a, 'almost');
  await step.back(b);

  // The line of the one who has the floor breaks: what they tap goes out when it is back.
  await a.offline();
  await step.heard(a, 'yes');
  await a.at('listen.room.more.mine.title');
  await b.at('listen.room.given-back.theirs.title');
  await a.online();
  await b.at('listen.room.more.theirs.title');
  await press(a, 'listen.room.do.more');
  await step.piece(a);

  // A time-out, and both come back to the same piece.
  await b.at('listen.room.spoken.mine.title');
  await press(b, 'listen.room.moment');
  await choose(b, 'listen.room.moment.quarter');
  await b.page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${t('listen.room.moment.go', { when: '' }).trim()} `) }).click();
  for (const phone of [a, b]) await phone.sees(phone === b ? 'listen.room.time-out.lead.mine' : 'listen.room.time-out.lead.theirs');
  for (const phone of [a, b]) await phone.page.clock.setFixedTime(Date.now() + 16 * kMinute);
  for (const phone of [a, b]) {
    await phone.page.reload();
    await phone.at('listen.room.time-out.due');
    await press(phone, 'listen.room.do.ready');
  }
  await b.at('listen.room.spoken.mine.title');
  await a.at('listen.room.spoken.theirs.title');
  for (const phone of [a, b]) await phone.page.clock.resume();

  await step.back(b);
  await step.heard(a, 'yes');
  await step.all(a);
  await step.empathy(a, b);
  await turn(b, a);
  await step.thank(a, 'For staying with it');
  await step.thank(b);
  for (const phone of [a, b]) await phone.at('listen.held.title');
  await b.reads('For staying with it');
  await a.sees('listen.felt');
  await a.go('us');
  await a.sees('us.story.listened');
});

scene('a phone that is put away pauses both screens, kindly, and leaves no record', async (stage) => {
  const { a, b } = await couple(stage);
  await begin(a, b);
  const before = records_of(stage.the_relay);
  await press(a, 'listen.room.pause');
  await a.sees('listen.room.paused.mine');
  await b.sees('listen.room.paused.theirs');
  await press(a, 'listen.room.go-on');
  await b.at('listen.room.speaking.theirs.title');

  // Another app comes up on the other's phone.
  const other_app = await b.context.newPage();
  await other_app.bringToFront();
  await b.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await a.sees('listen.room.paused.away');
  await other_app.close();
  await b.page.evaluate(() => {
    delete document.visibilityState;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await a.at('listen.room.speaking.mine.title');
  assert.equal(records_of(stage.the_relay), before, 'a pause has left a record');
});

scene('one phone on the table: both halves, without a network, and it is told as held together', async (stage) => {
  const { a, b } = await couple(stage);
  await a.room('listen');
  await a.tap('listen.ask.title');
  await a.tap('listen.gate.go');
  await choose(a, 'listen.how.table');
  await a.offline();
  await a.tap('listen.ask.table');
  for (const half of await a.page.getByRole('button', { name: t('listen.ready'), exact: true }).all()) await half.click();
  const mine = a.page.getByRole('region', { name: t('listen.room.table.yours') });
  const across = a.page.getByRole('region', { name: t('listen.room.table.side', { name: 'Ben' }) });
  const on = async (half, key) => {
    const before = await stage_of(a);
    await press(a, key, half);
    await until(async () => (await a.title('listen.held.title').count()) > 0 || (await stage_of(a)) !== before, () => `${key} moves nothing on`);
  };
  for (const [speaker, listener] of [[mine, across], [across, mine]]) {
    await on(speaker, 'listen.room.do.piece');
    await on(listener, 'listen.room.do.back');
    await on(speaker, 'listen.room.do.yes');
    await on(speaker, 'listen.room.do.all');
    await on(listener, 'listen.room.do.said');
    await on(listener, 'listen.room.do.said');
    await on(speaker, 'listen.room.do.right');
  }
  await on(mine, 'listen.room.table.do.thank');
  await on(across, 'listen.room.table.do.thank');
  await a.at('listen.held.title');
  await a.online();
  await b.go('us');
  await b.sees('us.story.listened');
});

scene('in writing, by keyboard alone: turns are announced, and afterwards no piece is left anywhere', async (stage) => {
  const { a, b } = await couple(stage);
  const texts = Object.fromEntries(['piece-a', 'back-b', 'missed-a', 'again-b', 'sense-b', 'feeling-b', 'piece-b', 'back-a', 'sense-a', 'feeling-a'].map((one) => [one, mark(one)]));
  await begin(a, b, { how: 'typed' });
  const ada = await Keyboard.of(a);
  const ben = await Keyboard.of(b);
  const choose_key = async (who, button) => {
    await settled(who.phone, who.phone.page.getByRole('button', { name: t(button, who.phone.other), exact: true }));
    await who.press(button, who.phone.other);
  };
  const write = async (who, field, words, button) => {
    await who.type(field, words);
    await choose_key(who, button);
  };
  await write(ada, 'listen.room.field.piece', texts['piece-a'], 'listen.room.do.piece');
  await b.reads(texts['piece-a']);
  await ben.hears_words(`${t('listen.room.wrote', b.other)}. ${t('listen.room.spoken.mine.title')}`);
  await nothing_to_write_in(a);
  await write(ben, 'listen.room.field.back', texts['back-b'], 'listen.room.do.back.typed');
  await a.reads(texts['back-b']);
  await ada.hears_words(`${t('listen.room.heard', a.other)}. ${t('listen.room.given-back.mine.typed')}`);
  await choose_key(ada, 'listen.room.do.almost');
  await write(ada, 'listen.room.field.missed', texts['missed-a'], 'listen.room.do.tell');
  await b.reads(texts['missed-a']);
  await write(ben, 'listen.room.field.back', texts['again-b'], 'listen.room.do.back.typed');
  await a.reads(texts['again-b']);
  await choose_key(ada, 'listen.room.do.yes');
  await choose_key(ada, 'listen.room.do.all');
  await write(ben, 'listen.room.field.sense', texts['sense-b'], 'listen.room.do.tell');
  await write(ben, 'listen.room.field.feeling', texts['feeling-b'], 'listen.room.do.tell');
  await choose_key(ada, 'listen.room.do.right');
  await ben.hears_words(`${t('listen.room.speaking.mine.title')}. ${t('listen.room.swap.mine', b.other)}`);
  await write(ben, 'listen.room.field.piece', texts['piece-b'], 'listen.room.do.piece');
  await write(ada, 'listen.room.field.back', texts['back-a'], 'listen.room.do.back.typed');
  await choose_key(ben, 'listen.room.do.yes');
  await choose_key(ben, 'listen.room.do.all');
  await write(ada, 'listen.room.field.sense', texts['sense-a'], 'listen.room.do.tell');
  await write(ada, 'listen.room.field.feeling', texts['feeling-a'], 'listen.room.do.tell');
  await choose_key(ben, 'listen.room.do.right');
  await write(ada, 'listen.room.field.thanks', 'For the careful words', 'listen.room.do.thank');
  await choose_key(ben, 'listen.room.do.thank');
  for (const who of [ada, ben]) await who.phone.at('listen.room.keeping.title');
  const pieces = Object.values(texts);
  for (const phone of [a, b]) assert.deepEqual(await held_by(phone, pieces), pieces, 'while it runs the pieces are there');
  const forms = await sealed_forms(a, pieces);
  assert.deepEqual(held_by_relay(stage.the_relay, forms), pieces);
  await choose_key(ada, 'listen.room.do.keep');
  await choose_key(ben, 'listen.room.do.let-go');
  for (const phone of [a, b]) await phone.at('listen.held.title');
  await b.reads('For the careful words');
  for (const phone of [a, b]) {
    await phone.safe();
    await until(async () => (await held_by(phone, pieces)).length === 0, () => 'pieces are left in a browser');
  }
  assert.deepEqual(held_by_relay(stage.the_relay, forms), []);
});
