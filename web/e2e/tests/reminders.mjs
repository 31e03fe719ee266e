// Reminders for oneself: one that is shown here, and one for the phone's own calendar.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

const kDay = 86_400_000;

scene('what one wanted to be reminded of waits on this device until its time, and a calendar is told no more than the time', async (stage) => {
  const a = await stage.phone('a');
  await a.start('Ada');
  await a.go('you');
  await a.tap('remind.title');
  const date = await a.page.evaluate((ms) => new Date(Date.now() + ms).toLocaleDateString('sv'), 2 * kDay);
  await a.write('remind.day', date);
  await a.tap('remind.make.here');
  await a.sees('remind.made.here');

  // The same for a calendar, every week.
  await a.tap('remind.every.week');
  await a.page.getByRole('radio', { name: t('remind.calendar') }).check();
  await a.write('remind.time', '07:45');
  const [download] = await Promise.all([a.page.waitForEvent('download'), a.tap('remind.make.calendar')]);
  assert.equal(download.suggestedFilename(), 'reminder.ics');
  const file = readFileSync(await download.path(), 'utf8');
  assert.match(file, new RegExp(`DTSTART:${date.replaceAll('-', '')}T074500\r\n`));
  assert.match(file, /RRULE:FREQ=WEEKLY\r\n/);
  assert.match(file, new RegExp(`SUMMARY:${t('remind.calendar.words')}\r\n`));
  assert.doesNotMatch(file, /attune|thank|Ada|localhost/i);

  // Nothing before its time; then it is there, and goes when it was begun.
  await a.go('today');
  await a.sees('today.invite.go');
  assert.equal(await a.text('remind.due.thank').count(), 0);
  await a.page.clock.setFixedTime(Date.now() + 3 * kDay);
  await a.page.reload();
  await a.sees('remind.due.thank');
  await a.page.getByRole('main').locator('.notice', { hasText: t('remind.due.thank') }).getByRole('button', { name: t('today.suggest.go') }).click();
  await a.at('thanks.title');
  await a.go('you');
  await a.tap('remind.title');
  await a.button('remind.make.here').waitFor();
  assert.equal(await a.page.getByRole('main').getByRole('listitem').filter({ hasText: t('remind.for.thank') }).count(), 0);
});
