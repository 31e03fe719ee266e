// Leaving the shared space: alone, at once, without asking. The other sees that it is closed, and nothing else.
import assert from 'node:assert/strict';
import { accept, approve, follow, invite, pair } from '../world/couple.mjs';
import { Keyboard } from '../world/keyboard.mjs';
import { scene } from '../world/scene.mjs';
import { t, what } from '../world/texts.mjs';

async function leave(phone) {
  await phone.go('you');
  await phone.tap('you.leave');
  await phone.sees('leave.they-see');
  await phone.tap('leave.go');
  await phone.on_today();
  await phone.sees('closed.title');
}

scene('one tap closes the space: both see the same words, read what was said, and go on alone', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await a.thank({ did: 'Before it was over' });
  await b.open_thanks();
  await b.reads('Before it was over');
  const question = await a.offer_question();
  await a.open_question(question);
  await a.seal('Sealed by Ada');
  await b.go('today');
  await b.tap('today.awaits.question.by-other');
  await b.write('openup.answer.label', 'Sealed by Ben');
  await b.tap('openup.answer.seal');
  await b.tap('openup.ready.go');
  await b.reads('Sealed by Ada');
  await a.go('today');
  await a.tap('openup.ready.title');
  await a.tap('openup.ready.go');
  await a.reads('Sealed by Ben');

  await a.go('you');
  await a.tap('you.leave');
  await a.tap('leave.stay');
  await a.go('today');
  await a.reads_nothing_of(t('closed.title'));
  await leave(a);
  // Ben stays where he is reading.
  await b.reads('Sealed by Ada');
  await b.go('today');
  for (const phone of [a, b]) {
    for (const key of ['closed.title', 'closed.stays', 'closed.goes-on']) await phone.sees(key);
    await phone.button('today.invite.go').waitFor();
    await phone.tap('closed.read');
    for (const key of ['closed.only-here', 'closed.take-along']) await phone.sees(key);
    await phone.reads(question);
    await phone.letter('Before it was over');
    await phone.reads('Before it was over');
    assert.equal(await phone.button('thanks.edit').count(), 0);
    await phone.open_question(question);
    await phone.go('you');
    assert.equal(await phone.button('you.leave').count(), 0);
  }
  b.partner = null; // nobody is thanked by that name any more
  await b.write_thanks({ did: 'For nobody but me' });
  await b.tap('thanks.keep-later');
  await b.reads('For nobody but me');
  await b.page.reload();
  await b.reads('For nobody but me');
});

scene('without a network the tap counts at once, and the other learns of it later; what was not sent stays', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await a.safe();
  await a.offline();
  await a.thank({ did: 'Not sent any more' });
  await a.go('you');
  await a.tap('you.leave');
  await a.sees('leave.offline');
  await a.tap('leave.go');
  await a.sees('closed.title');
  await a.reads(what('refused-later'));
  await a.tap('unsent.look');
  await a.reads('Not sent any more');
  await a.tap('unsent.let-go');
  await a.tap('unsent.let-go.do');
  await a.sees('unsent.nothing');
  await b.go('today');
  await b.reads_nothing_of(t('closed.title'));
  await a.online();
  await b.sees('closed.title');
  assert.equal(await b.button('today.awaits.thanks').count(), 0);
  await a.thanks();
  await a.sees('thanks.list.jar');
  await a.reads('Not sent any more');
});

scene('after the wrong person came in: left from where that is seen, another invited, and what was written before is offered again', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  const c = await stage.phone('c');
  await a.start('Ada');
  await a.write_thanks({ did: 'Written for my partner' });
  await a.tap('thanks.keep-later');
  await follow(b, await invite(a));
  await accept(b, 'Somebody else');
  await approve(a, b, { a: 'Ada', b: 'Somebody else' });
  await a.tap('pair.done.offers');
  await a.tap('offer.send');
  await a.sees('offer.done');
  await b.tap('pair.done.go');
  await b.open_thanks();
  await b.reads('Written for my partner');
  await leave(a);
  await b.go('today');
  await b.sees('closed.title');

  a.partner = null;
  await follow(c, await invite(a));
  await accept(c, 'Kim');
  await approve(a, c, { a: 'Ada', b: 'Kim' });
  await a.tap('pair.done.offers');
  await a.reads('Written for my partner');
  await a.tap('offer.send');
  await a.sees('offer.done');
  await c.tap('pair.done.go');
  await c.open_thanks();
  await c.reads('Written for my partner');
  await a.tap('common.today');
  await a.reads_nothing_of(t('closed.title'));
  // The one who was left goes on as well, and hears nothing of it.
  await b.sees('closed.title');
  await b.button('today.invite.go').waitFor();
});

scene('the moment in which somebody is seen to be the wrong one has the way out, by keyboard, and it is announced to both', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  const ada = await Keyboard.of(a);
  const ben = await Keyboard.of(b);
  await a.start('Ada');
  await follow(b, await invite(a));
  await accept(b, 'Ben');
  await approve(a, b, { a: 'Ada', b: 'Ben' });
  await a.sees('pair.wrong-person');
  await ada.press('you.leave');
  await ada.press('leave.go');
  await a.on_today();
  for (const one of [ada, ben]) await one.hears('closed.title');
  await a.sees('closed.title');
});
