// Every screen, empty and full, by day and in the evening: nothing that axe finds. And what a first visit costs.
import assert from 'node:assert/strict';
import { accept, approve, follow, invite, words } from '../world/couple.mjs';
import { assert_accessible } from '../world/looks.mjs';
import { keep_phrase } from '../world/phrase.mjs';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';
import { Wire } from '../world/wire.mjs';

const budget = 350 * 1024; // bytes over the wire until one can pair

for (const [theme, scheme] of [['day', 'light'], ['evening', 'dark']]) {
  scene(`every screen is accessible, empty and full: ${theme}`, async (stage) => {
    const context = { colorScheme: scheme };
    const a = await stage.phone('a', { context });
    const b = await stage.phone('b', { context });
    const look = (phone, where) => assert_accessible(phone.page, `${where}, ${theme}`);
    const look_at = async (phone, open, where) => {
      await open();
      await look(phone, where);
    };

    await look_at(a, () => a.at('doors.title'), 'three doors');
    await a.tap('doors.before');
    await look_at(a, () => a.at('before.title'), 'I was here before');
    await a.write('before.words.label', 'one two');
    await a.tap('before.go');
    await look_at(a, () => a.page.getByRole('alert').or(a.page.getByText(t('error.do'))).or(a.text('before.words.count', { n: 2 })).first().waitFor(), 'wrong words');
    await a.tap('common.back');
    await a.tap('doors.invited');
    await look_at(a, () => a.at('join.title'), 'I have an invitation');
    await a.tap('common.back');
    await a.tap('nav.safety');
    await look_at(a, () => a.at('safety.title'), 'safety');
    await a.tap('common.back');
    await a.tap('doors.start');
    await look_at(a, () => a.at('start.title'), 'start');
    await a.write('start.name.label', 'Ada');
    await a.tap('start.go');
    await look_at(a, () => a.on_today(), 'Today, alone and empty');

    for (const place of ['practices', 'us', 'you']) await look_at(a, () => a.go(place), `${place}, empty`);
    await a.tap('you.devices');
    await look_at(a, () => a.at('devices.title'), 'devices');
    await a.go('you');
    await a.tap('you.about');
    await look_at(a, () => a.at('about.title'), 'about');
    await a.room('cherish');
    await look_at(a, () => a.at('thanks.empty.title'), 'thanks, empty');
    await a.tap('thanks.empty.go');
    await look_at(a, () => a.at('thanks.title'), 'thanks, being written');
    await a.write('thanks.step.did', 'You filled the kettle');
    await a.tap('thanks.keep-later');
    await look_at(a, () => a.reads('You filled the kettle'), 'thanks in the jar');
    await a.page.getByRole('button').filter({ hasText: 'You filled the kettle' }).click();
    await look_at(a, () => a.at('thanks.list.jar'), 'one from the jar');
    await a.room('openup');
    await look_at(a, () => a.at('openup.empty.title'), 'open up, empty');
    await a.tap('openup.empty.go');
    await look_at(a, () => a.at('openup.depth.label'), 'the deck');
    await a.tap('openup.for-myself');
    await a.write('question.answer.label', 'For me alone');
    await look(a, 'one question for me');
    await a.tap('question.keep');
    await a.go('today');
    await a.tap('today.first.recovery.title');
    await look_at(a, () => a.at('recovery.title'), 'recovery, why');
    await a.tap('recovery.show');
    await look_at(a, () => a.at('recovery.words.title'), 'twelve words');
    await a.tap('recovery.hide');
    await keep_phrase(a);
    await look(a, 'recovery, done');
    await look_at(a, () => a.go('today'), 'Today, alone and full');

    const link = await invite(a);
    await look(a, 'inviting');
    await follow(b, link);
    await look_at(b, () => b.at('join.look.title'), 'joining');
    await accept(b, 'Ben');
    await words(a);
    await words(b);
    await look(a, 'the four words, inviting');
    await look(b, 'the four words, joining');
    await approve(a, b, { a: 'Ada', b: 'Ben' });
    await look(a, 'connected');
    await b.tap('common.today');
    await look_at(b, () => b.on_today(), 'Today, for two and empty');
    await a.tap('offer.title');
    await look_at(a, () => a.at('offer.title'), 'what was written before');
    await a.tap('offer.send');
    await a.tap('offer.keep');
    await look_at(a, () => a.sees('offer.done'), 'all offers decided');

    await look_at(b, () => b.button('today.awaits.thanks').waitFor(), 'Today, with an envelope');
    await b.tap('today.awaits.thanks');
    await look_at(b, () => b.button('thanks.open').waitFor(), 'a closed envelope');
    await b.tap('thanks.open');
    await look_at(b, () => b.button('thanks.answer.landed').waitFor(), 'an open letter');
    await b.tap('thanks.answer.landed');
    await b.tap('thanks.answer.send');
    await look_at(b, () => b.button('undo.undo').waitFor(), 'leaving in five seconds');
    await a.go('today');
    await look_at(a, () => a.button('today.new.answered').waitFor(), 'Today, with news');
    await a.tap('today.new.answered');
    await a.tap('thanks.take-back');
    await look_at(a, () => a.page.getByRole('dialog').waitFor(), 'take it back?');
    await a.page.keyboard.press('Escape');
    const question = await a.offer_question();
    await a.open_question(question);
    await look(a, 'answering');
    await a.seal('Sealed by Ada');
    await look(a, 'sealed');
    await b.go('today');
    await b.tap('today.awaits.question.by-other');
    await b.write('openup.answer.label', 'Sealed by Ben');
    await b.tap('openup.answer.seal');
    await look_at(b, () => b.button('openup.ready.go').waitFor(), 'ready to open');
    await b.tap('openup.ready.go');
    await look_at(b, () => b.reads('Sealed by Ada'), 'opened together');
    for (const place of ['today', 'practices', 'us', 'you']) await look_at(a, () => a.go(place), `${place}, full`);
    await a.go('us');
    await a.tap('us.step');
    await look_at(a, () => a.page.getByRole('list', { name: t('step.words.label') }).waitFor(), 'in step');
    for (const practice of ['cherish', 'openup']) await look_at(a, () => a.room(practice), `${practice}, full`);
    await a.offline();
    await look_at(a, async () => { await a.go('today'); await a.sees('sync.offline'); }, 'offline');

    // The same on a desktop.
    await b.page.setViewportSize({ width: 1280, height: 800 });
    await b.page.reload();
    await look_at(b, () => b.page.getByRole('heading', { level: 1 }).waitFor(), 'on a desktop');
  });
}

scene(`a first visit costs at most ${budget / 1024} KB, everything needed to pair included`, async (stage) => {
  const wire = await Wire.before(stage.the_relay);
  stage.endings.push(() => wire.close());
  const fresh = await stage.phone('fresh', {}, wire.address);
  await fresh.at('doors.title');
  await fresh.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const bytes = wire.received;
  assert.ok(bytes > 50 * 1024, 'the visit went past the counter');
  assert.ok(bytes <= budget, `${(bytes / 1024).toFixed(1)} KB: ${wire.paths.join(' ')}`);
});
