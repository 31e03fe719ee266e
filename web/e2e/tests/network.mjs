// Flight mode, a server that is killed, one that was set back to an older copy of itself, and tabs that close.
import assert from 'node:assert/strict';
import { pair } from '../world/couple.mjs';
import { scene } from '../world/scene.mjs';
import { t, what } from '../world/texts.mjs';

scene('in flight mode the app opens and everything goes on; back on the ground it catches up', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await a.thank({ did: 'To be put better' });
  await a.thank({ did: 'Better not said' });
  await b.thank({ did: 'From the ground' });
  await a.open_thanks();
  const question = await a.offer_question();
  await a.safe();
  await b.go('today');
  await b.button('today.awaits.thanks').nth(1).waitFor();
  await a.page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.active.state));

  await a.offline();
  await a.sees('sync.offline');
  await a.thank({ did: 'Written above the clouds' });
  await a.open_question(question);
  await a.seal('Sealed above the clouds');
  await a.letter('To be put better');
  await a.tap('thanks.edit');
  await a.write('thanks.step.did', 'Put better above the clouds');
  await a.tap('thanks.edit.save');
  await a.letter('Better not said');
  await a.tap('thanks.take-back');
  await a.sees('thanks.take-back.pending');
  await a.page.getByRole('dialog').getByRole('button', { name: t('thanks.take-back'), exact: true }).click();
  await a.sees('thanks.taken-back.by-you');
  await a.letter('From the ground');
  await a.tap('thanks.answer.warmed');
  await a.tap('thanks.answer.send');
  await a.sees('thanks.answer.yours', { answer: t('thanks.answer.warmed') });
  await a.page.reload(); // from what the phone keeps
  await a.go('today');
  await a.button('sync.on-phone').waitFor();
  await a.letter('Written above the clouds');
  await a.go('today');

  // Meanwhile the other answers.
  await b.go('today');
  await b.tap('today.awaits.question.by-other');
  await b.write('openup.answer.label', 'Sealed on the ground');
  await b.tap('openup.answer.seal');

  await a.online();
  await a.safe();
  for (const phone of [a, b]) {
    await phone.go('today');
    await phone.tap('openup.ready.title');
    await phone.tap('openup.ready.go');
    await phone.reads('Sealed above the clouds');
    await phone.reads('Sealed on the ground');
  }
  for (let envelope = 0; envelope < 2; envelope += 1) {
    await b.open_thanks();
    await b.button('thanks.answer.landed').waitFor();
  }
  await b.go('today');
  await b.sees('today.suggest.go');
  assert.equal(await b.button('today.awaits.thanks').count(), 0);
  await b.thanks();
  await b.reads('Written above the clouds');
  await b.reads('Put better above the clouds');
  await b.sees('thanks.taken-back.by-other');
  await b.reads_nothing_of('Better not said');
  await b.letter('From the ground');
  await b.sees('thanks.answer.theirs', { answer: t('thanks.answer.warmed') });
});

scene('a server killed in the middle loses nothing that was called safe', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await a.thank({ did: 'Safe before the power cut' });
  await a.safe();
  await stage.the_relay.kill();
  await a.go('today');
  await a.sees('sync.unreachable');
  await a.thank({ did: 'Written while the server was gone' });
  await a.go('today');
  await a.button('sync.on-phone').waitFor();
  await stage.the_relay.run();
  await a.safe();
  await b.safe(); // its next try of its own may be a minute away by now
  await b.button('today.awaits.thanks').nth(1).waitFor();
  for (const words of ['Written while the server was gone', 'Safe before the power cut']) {
    await b.go('today');
    await b.open_thanks();
    await b.reads(words);
  }
});

scene('a server set back to an older copy of itself is healed by the phones, and nobody is accused', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await a.thank({ did: 'Before the backup was made' });
  await b.open_thanks();
  await a.safe();
  await b.safe();
  await stage.the_relay.kill();
  const backup = stage.the_relay.copy();
  await stage.the_relay.run();

  await a.thank({ did: 'After the backup was made' });
  await b.go('today');
  await b.open_thanks();
  await b.reads('After the backup was made');
  await b.safe();
  await stage.the_relay.kill();
  stage.the_relay.put_back(backup);
  await stage.the_relay.run();

  await a.go('today');
  await b.go('today');
  await Promise.any([a, b].map((phone) => phone.reads(what('relay-behind'))));
  await a.safe();
  await b.safe();
  await b.thank({ did: 'And on it goes' });
  await a.open_thanks();
  await a.reads('And on it goes');
  for (const phone of [a, b]) {
    await phone.go('today');
    await phone.reads_nothing_of(what('fork'));
    await phone.reads_nothing_of(t('sync.reading-only'));
    await phone.letter('After the backup was made');
  }
});

scene('a tab closed in the middle of a sentence keeps the sentence', async (stage) => {
  const a = await stage.phone('a');
  await a.start('Ada');
  await a.write_thanks({ did: 'You went out in the rain for' });
  await a.field('thanks.step.felt').pressSequentially('Warm, as if');
  await a.page.close();

  await a.open();
  await a.thanks();
  await a.button('thanks.empty.go').or(a.button('thanks.title')).first().click();
  await a.field('thanks.step.did').waitFor();
  assert.equal(await a.field('thanks.step.did').inputValue(), 'You went out in the rain for');
  assert.equal(await a.field('thanks.step.felt').inputValue(), 'Warm, as if');
});
