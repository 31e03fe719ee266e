// "I was here before": the words on another browser bring everything back.
import assert from 'node:assert/strict';
import { pair } from '../world/couple.mjs';
import { confirm_phrase, keep_phrase, twelve } from '../world/phrase.mjs';
import { scene } from '../world/scene.mjs';
import { called, t, what } from '../world/texts.mjs';

scene('twelve words on a third browser bring back what is mine and what is ours, after the devices were shown', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await a.write_thanks({ did: 'Only for the jar' });
  await a.tap('thanks.keep-jar');
  await a.thank({ did: 'Sent before the phone was lost' });
  await b.open_thanks();
  await b.tap('thanks.answer.warmed');
  await b.tap('thanks.answer.send');
  await a.go('today');
  await a.button('today.new.answered').waitFor();
  await a.go('you');
  await a.tap('you.recovery');
  const words = await keep_phrase(a);
  await a.page.reload(); // private things leave at each connecting
  await a.safe();
  await a.page.close(); // and is lost

  const found = await stage.phone('found');
  await found.tap('doors.before');
  await found.write('before.words.label', words.slice(0, 11).join(' '));
  await found.tap('before.go');
  await found.reads(what('word-count'));
  await found.write('before.words.label', [...words.slice(1), words[0]].join(' '));
  await found.tap('before.go');
  await found.reads(what('word-checksum'));
  await found.write('before.words.label', words.join(' '));
  await found.tap('before.go');
  await found.at('before.devices.title');
  const devices = found.page.getByRole('main').getByRole('listitem');
  assert.equal(await devices.count(), 2, 'the lost phone and the words');
  await devices.filter({ hasNotText: t('devices.phrase') }).getByRole('checkbox').uncheck();
  await found.tap('before.devices.go');
  await found.on_today();

  found.partner = 'Ben';
  await found.thanks();
  await found.reads('Only for the jar');
  await found.letter('Sent before the phone was lost');
  await found.reads(t('thanks.answer.theirs', { ...called('Ben'), answer: t('thanks.answer.warmed') }));
  await found.thank({ did: 'From the new phone' });
  await b.open_thanks();
  await b.reads('From the new phone');
  await found.go('you');
  await found.tap('you.devices');
  await found.sees('devices.phrase');
  assert.equal(await found.page.getByRole('main').getByRole('listitem').count(), 2, 'this one and the words; the lost one was let go');

  // The lost phone is found again: it reads nothing new, and says why.
  await a.open();
  await a.page.getByText(what('not-a-member-any-more')).first().waitFor();
  await a.thanks();
  await a.reads('Sent before the phone was lost');
  await a.reads_nothing_of('From the new phone');
});

scene('the sheet is put off, printed and replaced; then the old words bring nothing back, and the new ones do', async (stage) => {
  const a = await stage.phone('a');
  await a.start('Ada');
  await a.write_thanks({ did: 'Only for the jar' });
  await a.tap('thanks.keep-later');
  await a.reads('Only for the jar');
  await a.go('today');
  await a.tap('today.first.recovery.title');
  await a.tap('recovery.later');
  await a.sees('today.at-risk');

  await a.tap('today.at-risk.go');
  await a.tap('recovery.show');
  const old = await twelve(a);
  const sheet = a.page.locator('.printed-sheet');
  assert.equal(await sheet.isVisible(), false);
  await a.page.emulateMedia({ media: 'print' });
  await sheet.waitFor();
  assert.deepEqual(await sheet.getByRole('listitem', { includeHidden: true }).allInnerTexts(), old);
  assert.ok((await sheet.innerText()).includes(a.origin), 'the server’s address');
  assert.equal(await a.page.getByRole('heading', { level: 1, includeHidden: true }).isVisible(), false, 'the screen is not printed');
  await a.page.emulateMedia({ media: null });
  await a.tap('recovery.written');
  await confirm_phrase(a, old);
  await a.tap('common.today');
  await a.sees('today.invite.title');
  assert.equal(await a.text('today.at-risk').count(), 0);

  await a.go('you');
  await a.tap('you.recovery');
  await a.sees('recovery.replace.detail');
  const replaced = await keep_phrase(a, 'recovery.replace');
  assert.notDeepEqual(replaced, old);
  await a.safe();
  const found = await stage.phone('found');
  await found.tap('doors.before');
  await found.write('before.words.label', old.join(' '));
  await found.tap('before.go');
  await found.reads(what('nothing-to-recover'));
  await found.tap('common.cancel');
  await found.button('common.cancel').waitFor({ state: 'detached' });
  await found.write('before.words.label', replaced.join(' '));
  await found.tap('before.go');
  await found.at('before.devices.title');
  await found.tap('before.devices.go');
  await found.on_today();
  await found.thanks();
  await found.reads('Only for the jar');
});

scene('well-formed words that this server does not know say so, and nothing is made', async (stage) => {
  const phone = await stage.phone('phone');
  await phone.tap('doors.before');
  await phone.write('before.words.label', `${'abandon '.repeat(11)}about`);
  await phone.tap('before.go');
  await phone.reads(what('nothing-to-recover'));
});
