// The journey once by keyboard alone, with what a screen reader is told.
import { follow, words } from '../world/couple.mjs';
import { Keyboard } from '../world/keyboard.mjs';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

scene('starting, inviting, comparing, thanking and opening need no pointer, and what changes is announced', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  const ada = await Keyboard.of(a);
  const ben = await Keyboard.of(b);

  await ada.press('doors.start');
  await ada.type('start.name.label', 'Ada');
  await a.page.keyboard.press('Enter'); // a form is sent from its field
  await a.on_today();
  await ada.press('today.invite.go');
  await ada.press('invite.make');
  const link = a.field('invite.link.label');
  await link.waitFor();
  await follow(b, await link.inputValue());
  await ben.type('join.name.label', 'Ben');
  await ben.press('join.accept');

  const four = await words(a);
  await words(b);
  await ada.hears('a11y.invite.answered');
  for (const person of [ada, ben]) await person.hears('a11y.words', { words: four.join(', ') });
  await ada.press('pair.same');
  await ben.press('pair.same');
  a.partner = 'Ben';
  b.partner = 'Ada';
  for (const person of [ada, ben]) {
    await person.hears('a11y.connected');
    await person.press('pair.done.go');
  }

  await ada.press('today.suggest.go');
  await a.at('thanks.title');
  await ada.type('thanks.step.did', 'You taught me the knot');
  await ada.press('thanks.send');
  await ada.hears('thanks.sent');
  await ada.hears('a11y.undo');
  await ben.hears('a11y.new');
  await ben.press('today.awaits.thanks');
  await ben.press('thanks.open');
  await ben.hears('a11y.envelope.open');
  await b.reads('You taught me the knot');
  await ben.to(b.page.getByRole('button', { name: t('thanks.answer.smiled') }));
  await b.page.keyboard.press('Space');
  await ben.press('thanks.answer.send');

  // A sealed question: chosen with the arrow keys, answered, opened.
  await ada.press('common.back'); // to Today, where the thank-you was begun
  await ada.press('nav.practices');
  await ada.press('practices.openup');
  await ada.press('openup.empty.go');
  await ada.to(a.page.getByRole('radio').first());
  await a.page.keyboard.press('ArrowDown');
  const question = await a.page.getByRole('main').locator('p.prompt').innerText();
  await ada.press('openup.offer');
  await ada.hears('openup.offered');
  await ada.to(a.page.getByRole('button').filter({ hasText: question }));
  await a.page.keyboard.press('Enter');
  await ada.type('openup.answer.label', 'Ada, sealed');
  await ada.press('openup.answer.seal');
  await ada.hears('a11y.sealed');

  await ben.press('common.today');
  await ben.press('today.awaits.question.by-other');
  await ben.type('openup.answer.label', 'Ben, sealed');
  await ben.press('openup.answer.seal');
  await ben.press('openup.ready.go');
  await ben.hears('a11y.reveal');
  await b.reads('Ada, sealed');

  // Never the private words aloud.
  for (const person of [ada, ben]) {
    const aloud = person.heard.join('\n');
    for (const own of ['Ada, sealed', 'Ben, sealed', 'You taught me the knot']) {
      if (aloud.includes(own)) throw new Error(`"${own}" was read aloud`);
    }
  }
});
