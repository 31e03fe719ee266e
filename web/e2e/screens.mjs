// Pictures of the journey, taken from the real app with a real relay: docs/screens/<theme>-<number>-<name>.png.
//   node e2e/screens.mjs
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accept, follow, invite, words } from './world/couple.mjs';
import { accept_as_mine, add_device, compared, listed } from './world/devices.mjs';
import { keep_phrase, twelve } from './world/phrase.mjs';
import { launch, Phone, sizes } from './world/phone.mjs';
import { Relay, root } from './world/relay.mjs';
import { cherishing } from './screens_cherish.mjs';
import { listening } from './screens_listening.mjs';
import { t } from './world/texts.mjs';

const out = join(root, 'docs/screens');
mkdirSync(out, { recursive: true });

const browser = await launch();
const relay = await Relay.start();
for (const old of readdirSync(out)) if (old.endsWith('.png')) rmSync(join(out, old));

/** A zone in which it is that hour now: the greeting goes with the light. */
function zone_at(hour) {
  const offset = ((hour - new Date().getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${offset <= 0 ? '+' : '-'}${Math.abs(offset)}`; // signs the other way round, as POSIX has them
}

for (const [theme, colorScheme, hour] of [['day', 'light', 9], ['evening', 'dark', 20]]) {
  let number = 0;
  const picture = async (phone, name) => {
    number += 1;
    await phone.page.mouse.move(0, 0);
    await phone.page.evaluate(async () => {
      document.activeElement?.blur();
      await document.fonts.ready;
      await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
    });
    await phone.page.screenshot({ path: join(out, `${theme}-${String(number).padStart(2, '0')}-${name}.png`) });
  };
  const timezoneId = zone_at(hour);
  const a = await Phone.take(browser, relay.address, { colorScheme, timezoneId });
  const b = await Phone.take(browser, relay.address, { colorScheme, timezoneId });

  await a.at('doors.title');
  await picture(a, 'doors');
  await a.start('Maya');
  await a.text('today.first.thanks.title').waitFor();
  await picture(a, 'today-alone');
  await a.tap('today.first.thanks.title');
  await a.write('thanks.step.did', 'You rang back when I had no words left');
  await a.write('thanks.step.says', 'You are patient, even when it is hard work');
  await a.write('thanks.step.felt', 'I could breathe again');
  await picture(a, 'thanks');
  await a.tap('thanks.keep-later');
  await a.go('today');
  await a.tap('today.first.recovery.title');
  const sheet = await keep_phrase(a);
  await a.go('today');
  const link = await invite(a);
  await picture(a, 'invite');
  await follow(b, link);
  await b.at('join.look.title');
  await picture(b, 'join');
  await accept(b, 'Noa');
  await words(a);
  await words(b);
  await picture(b, 'four-words');
  await a.tap('pair.same');
  await b.tap('pair.same');
  a.partner = 'Noa';
  b.partner = 'Maya';
  for (const phone of [a, b]) await phone.at('pair.done.named');
  await picture(b, 'connected');
  await b.tap('pair.done.go');
  await a.tap('pair.done.offers');
  await a.at('offer.title');
  await picture(a, 'what-was-written-before');
  await a.tap('offer.send');
  await a.sees('offer.done');
  await a.tap('common.today');
  const question = await a.offer_question();
  await a.open_question(question);
  await a.seal('The first coffee, before anybody else is up. I sit on the step and listen to the street begin.');
  await picture(a, 'sealed');
  await b.button('today.awaits.thanks').waitFor();
  await b.button('today.awaits.question.by-other').waitFor();
  await picture(b, 'today-for-two');
  await b.tap('today.awaits.thanks');
  await b.tap('thanks.open');
  await b.button('thanks.answer.landed').waitFor();
  await picture(b, 'letter');
  await b.tap('thanks.answer.warmed');
  await b.tap('thanks.answer.send');
  await b.go('today');
  await b.tap('today.awaits.question.by-other');
  await b.write('openup.answer.label', 'Coming home and hearing you sing in the kitchen when you think nobody is there.');
  await b.tap('openup.answer.seal');
  await b.tap('openup.ready.go');
  await b.sees('openup.after.hint');
  await picture(b, 'opened-together');
  await a.go('us');
  await a.sees('us.story.title');
  await picture(a, 'us');
  await a.tap('us.step');
  await a.page.getByRole('list', { name: t('step.words.label') }).waitFor();
  await picture(a, 'in-step');

  // The rooms one comes to by oneself.
  await a.room('openup');
  await a.tap('openup.empty.go');
  await a.at('openup.depth.label');
  await picture(a, 'deck');
  await a.go('you');
  await picture(a, 'you');
  await a.tap('you.recovery');
  await a.tap('recovery.replace');
  await twelve(a);
  await picture(a, 'twelve-words');
  await a.tap('nav.safety');
  await a.at('safety.title');
  await picture(a, 'safety');
  const found = await Phone.take(browser, relay.address, { colorScheme, timezoneId });
  await found.tap('doors.before');
  await found.at('before.title');
  await picture(found, 'i-was-here-before');
  await found.write('before.words.label', sheet.join(' '));
  await found.tap('before.go');
  await found.at('before.devices.title');
  await picture(found, 'keep-these');
  await found.close();

  // One more device of hers.
  const tablet = await Phone.take(browser, relay.address, { colorScheme, timezoneId });
  const device_link = await add_device(a);
  await picture(a, 'add-a-device');
  await follow(tablet, device_link);
  await tablet.at('join.own.title');
  await picture(tablet, 'one-more-of-yours');
  await accept_as_mine(tablet, 'Tablet');
  await compared(a, tablet);
  await a.tap('pair.same');
  await tablet.tap('pair.same');
  await a.at('add.done.title', { device: 'Tablet' });
  await tablet.on_today();
  await a.tap('add.done.go');
  await listed(a).nth(2).waitFor();
  await picture(a, 'devices');
  await listed(a).getByRole('button').filter({ hasText: 'Tablet' }).click();
  await a.tap('devices.remove');
  await picture(a, 'remove-a-device');
  await a.page.keyboard.press('Escape');
  await tablet.close();

  await a.page.setViewportSize(sizes.desktop);
  await a.page.reload();
  await a.page.getByRole('heading', { level: 1 }).waitFor();
  await a.page.getByRole('button', { name: t('nav.today') }).filter({ visible: true }).first().click();
  await a.sees('today.new.answered');
  await picture(a, 'desktop');
  const on_the_rail = async (key) => a.page.getByRole('button', { name: t(key), exact: true }).filter({ visible: true }).first().click();
  await on_the_rail('practices.cherish');
  await a.tap('thanks.list.title');
  await a.at('thanks.list.title');
  await picture(a, 'desktop-thanks');
  await on_the_rail('nav.us');
  await a.at('us.title');
  await picture(a, 'desktop-us');

  await a.page.setViewportSize(sizes.phone);
  await listening(a, b, picture);
  await cherishing(a, b, picture);

  // And the end of it.
  await b.go('you');
  await b.tap('you.leave');
  await b.sees('leave.they-see');
  await picture(b, 'leave');
  await b.tap('leave.go');
  await b.on_today();
  await b.sees('closed.title');
  await picture(b, 'closed');
  await a.close();
  await b.close();
}

await browser.close();
await relay.remove();
console.log(`${readdirSync(out).length} pictures in docs/screens/`);
