// The whole way of two people, alone first.
import assert from 'node:assert/strict';
import { accept, approve, follow, invite, pair } from '../world/couple.mjs';
import { until } from '../world/patience.mjs';
import { scene } from '../world/scene.mjs';
import { t, tn } from '../world/texts.mjs';
import { keep_phrase } from '../world/phrase.mjs';

/** Everything lies with the relay, seen in another tab, where one may look round: the screen one is on stays. */
async function safe_meanwhile(phone, look_round = async () => {}) {
  const { page } = phone;
  await phone.open();
  await phone.safe();
  await look_round();
  await phone.page.close();
  phone.page = page;
}

scene('alone first, then invited and joined by the same four words, and what was written before goes one by one', async (stage) => {
  const a = await stage.phone('a');
  await a.sees('doors.nothing-asked');
  await a.start('Ada');

  // Three first steps of a minute each.
  await a.tap('today.first.thanks.title');
  await a.write('thanks.step.did', 'You filled the kettle for me');
  await a.tap('thanks.keep-later');
  await a.reads('You filled the kettle for me');
  await a.go('today');
  await a.tap('today.first.question.title');
  await a.write('question.answer.label', 'The smell of rain on the balcony');
  await a.tap('question.keep');
  await a.go('today');
  await a.sees('today.at-risk');
  await a.tap('today.first.recovery.title');
  await a.sees('recovery.why.alone');
  await keep_phrase(a);
  await a.go('today');
  assert.equal(await a.text('today.at-risk').count(), 0, 'nothing is at risk any more');

  const link = await invite(a);
  assert.match(link, new RegExp(`^${a.origin}/#join=1\\.[\\w-]{43}\\.`));
  const b = await stage.phone('b');
  await follow(b, link);
  await b.at('join.look.title');
  assert.equal(await b.page.evaluate(() => location.hash), '', 'the invitation has left the address bar');
  await b.reads(a.origin); // whose server, and whose code
  await accept(b, 'Ben');
  await approve(a, b, { a: 'Ada', b: 'Ben' });

  // Nothing has moved by itself, now that both phones have met.
  await a.reads(tn('today.awaits.offer', 2));
  await b.tap('pair.done.go');
  await b.button('today.new.connected').waitFor();
  await safe_meanwhile(a);
  await b.safe();
  await b.sees('today.suggest.go');
  assert.equal(await b.page.getByRole('heading', { name: t('today.awaits.title') }).count(), 0);
  await a.tap('pair.done.offers');
  await a.at('offer.title');
  const kettle = a.page.getByText('You filled the kettle for me');
  await kettle.or(a.page.getByText('The smell of rain on the balcony')).waitFor();
  const first = (await kettle.isVisible()) ? 'thanks' : 'answer';
  await a.tap(first === 'thanks' ? 'offer.send' : 'offer.keep');
  await a.reads(first === 'thanks' ? 'The smell of rain on the balcony' : 'You filled the kettle for me');
  await a.tap(first === 'thanks' ? 'offer.keep' : 'offer.send');
  await a.sees('offer.done');

  await b.open_thanks();
  await b.reads('You filled the kettle for me');
  for (const phone of [a, b]) await phone.safe();
  await b.sees('today.suggest.go');
  await b.reads_nothing_of('The smell of rain on the balcony');
  assert.equal(await b.button('today.awaits.question.by-other').count(), 0, 'the answer kept to herself offers nothing');
});

scene('somebody who had started alone and joins keeps what they wrote, is offered it, and the other sees nothing of it', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await a.start('Ada');
  await b.start('Ben');
  await b.write_thanks({ did: 'You waited for me in the cold' });
  await b.tap('thanks.keep-later');
  await b.reads('You waited for me in the cold');
  await follow(b, await invite(a));
  await b.at('join.look.title');
  await b.sees('join.existing');
  await accept(b);
  await approve(a, b, { a: 'Ada', b: 'Ben' });

  await b.reads(tn('today.awaits.offer', 1));
  await a.tap('pair.done.go');
  await safe_meanwhile(b, async () => {
    await b.thanks();
    await b.sees('thanks.list.jar');
    await b.reads('You waited for me in the cold');
  });
  await a.safe();
  await a.sees('today.suggest.go');
  assert.equal(await a.page.getByRole('heading', { name: t('today.awaits.title') }).count(), 0);
  await a.thanks();
  await a.at('thanks.empty.title');

  // It goes when he says so.
  await b.tap('pair.done.offers');
  await b.at('offer.title');
  await b.reads('You waited for me in the cold');
  await b.tap('offer.send');
  await a.open_thanks();
  await a.reads('You waited for me in the cold');
});

scene('thanks there and back, edited with the earlier wording readable, undone, and taken back', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);

  await a.thank({ did: 'You rang back when I had no words left', says: 'You are patient', felt: 'I could breathe again' });
  await b.button('today.awaits.thanks').waitFor(); // pushed to the open screen
  await b.reads_nothing_of('You rang back when I had no words left');
  await b.open_thanks();
  await b.reads('You are patient');
  await b.tap('thanks.answer.landed');
  await b.tap('thanks.answer.words');
  await b.write('thanks.answer.words.label', 'I was glad you rang');
  await b.tap('thanks.answer.send');

  await a.go('today');
  await a.button('today.new.answered').waitFor();
  await a.tap('today.new.answered');
  await a.reads('I was glad you rang');
  await a.tap('thanks.edit');
  await a.write('thanks.step.did', 'You rang back at midnight');
  await a.tap('thanks.edit.save');

  await b.go('today');
  await b.tap('today.new.edited');
  await b.reads('You rang back at midnight');
  await b.page.getByText(t('thanks.edited'), { exact: true }).click();
  await b.reads('You rang back when I had no words left');

  // Undone within five seconds: the words are back where they were written, and nothing has left.
  await a.write_thanks({ did: 'You said it too early' });
  await a.tap('thanks.send');
  await a.tap('undo.undo');
  await a.at('thanks.title');
  assert.equal(await a.field('thanks.step.did').inputValue(), 'You said it too early');
  await a.write('thanks.step.did', '');

  // Opened before it was taken back: a copy stays, and its author is not told.
  await a.letter('You rang back at midnight');
  await a.tap('thanks.take-back');
  await a.page.getByRole('dialog').getByRole('button', { name: t('thanks.take-back'), exact: true }).click();
  await a.sees('thanks.taken-back.by-you');
  await b.letter('You rang back at midnight');
  await b.sees('thanks.taken-back.copy');

  // Not opened: it is gone.
  await b.thank({ did: 'You left the light on for me' });
  await a.go('today');
  await a.button('today.awaits.thanks').waitFor();
  await b.letter('You left the light on for me');
  await b.tap('thanks.take-back');
  await b.page.getByRole('dialog').getByRole('button', { name: t('thanks.take-back'), exact: true }).click();
  await a.button('today.awaits.thanks').waitFor({ state: 'detached' });
  await a.thanks();
  await a.sees('thanks.taken-back.by-other');
  await a.reads_nothing_of('You left the light on for me');
  await a.reads_nothing_of('You said it too early');
  await b.thanks();
  await b.reads('You rang back at midnight');
  await b.reads_nothing_of('You said it too early');
});

scene('either offers a sealed question, both answer, and both envelopes open together', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);

  const question = await a.offer_question();
  await a.open_question(question);
  await a.seal('Mine: the harbour at six in the morning');
  await b.tap('today.awaits.question.by-other');
  await b.at_prompt(question);
  await b.reads_nothing_of('Mine: the harbour at six in the morning');
  await b.write('openup.answer.label', 'His: the kitchen after everyone has gone');
  await b.tap('openup.answer.seal');

  for (const phone of [a, b]) {
    await phone.go('today');
    await phone.tap('openup.ready.title');
    await phone.button('openup.ready.go').waitFor();
    await phone.reads_nothing_of(/Mine: the harbour|His: the kitchen/);
    await phone.tap('openup.ready.go');
    await phone.reads('Mine: the harbour at six in the morning');
    await phone.reads('His: the kitchen after everyone has gone');
  }

  // A pass is silent: the other sees the same as if nobody had looked.
  const second = await b.offer_question();
  assert.notEqual(second, question);
  await a.go('today');
  await a.tap('today.awaits.question.by-other');
  await b.open_question(second);
  await b.at_prompt(second);
  await b.field('openup.answer.label').waitFor();
  const before = await b.page.getByRole('main').innerText();
  await a.tap('openup.pass');
  await a.safe();
  await a.sees('today.suggest.go');
  assert.equal(await a.button('today.awaits.question.by-other').count(), 0);
  assert.equal(await b.page.getByRole('main').innerText(), before);

  // A sealed answer comes back unread while the other's place is empty.
  await b.seal('Too much of me');
  await b.tap('openup.take-back');
  await b.page.getByRole('dialog').getByRole('button', { name: t('openup.take-back'), exact: true }).click();
  await b.field('openup.answer.label').waitFor();
});

scene('are we in step: both phones show the same four words for the same entry', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await a.thank({ did: 'You carried the heavy bag' });
  await b.button('today.awaits.thanks').waitFor();
  for (const phone of [a, b]) {
    await phone.go('us');
    await phone.tap('us.step');
  }
  const four = (phone) => phone.page.getByRole('list', { name: t('step.words.label') }).getByRole('listitem');
  const numbered = new RegExp(`^${t('step.number', { position: '\\d+' })}$`);
  const shown = async (phone) => [await phone.page.getByText(numbered).first().innerText(), ...(await four(phone).allInnerTexts())].join(' ');
  let both;
  await until(
    async () => {
      both = await Promise.all([shown(a), shown(b)]);
      return both[0] === both[1];
    },
    () => `not in step: ${both.join(' and ')}`,
  );
  assert.equal(await four(a).count(), 4);
});
