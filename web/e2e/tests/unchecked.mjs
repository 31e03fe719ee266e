// A new device shows what the one that lets it in has seen, while all of a long past comes and is checked: it says so, and
// is called one's own only when it is.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow, words } from '../world/couple.mjs';
import { accept_as_mine, add_device, compared, listed } from '../world/devices.mjs';
import { with_a_past } from '../world/past.mjs';
import { scene } from '../world/scene.mjs';
import { Terminal } from '../world/terminal.mjs';
import { t, what } from '../world/texts.mjs';

const kEntries = 600; // a snapshot is left of 512 on
const kNewest = `You did the ${kEntries - 1}th good thing`;

/** The first phone of somebody with a past, and the line that its relay is reached by. */
async function first_phone(stage) {
  const wire = await stage.wire();
  const twelve = await with_a_past(wire.address, kEntries);
  const first = await stage.phone('first', {}, wire.address);
  await first.tap('doors.before');
  await first.write('before.words.label', twelve.join(' '));
  await first.tap('before.go');
  await first.at('before.devices.title');
  await first.tap('before.devices.go');
  await first.on_today();
  first.partner = 'Ben';
  const question = await first.offer_question();
  await first.safe();
  return { wire, first, question };
}

/** Both have tapped, and of the log nothing comes: the new one shows Today as the first has seen it. */
async function shown_ahead(first, tablet, link) {
  await follow(tablet, link);
  await accept_as_mine(tablet, 'Tablet');
  await compared(first, tablet);
  await first.tap('pair.same');
  await tablet.tap('pair.same');
  await tablet.sees('over.checking');
  tablet.partner = first.partner;
  await tablet.sees('today.suggest.go');
  await not_called_mine(tablet);
}
const not_called_mine = (tablet) => tablet.reads_nothing_of(t('over.done.title'));

async function another_link(first) {
  await first.tap('add.new');
  await first.field('add.link.label').waitFor();
  return first.field('add.link.label').inputValue();
}

scene('a new device says that what it shows is still being checked, can be stopped, and is mine once all has come', async (stage) => {
  const { wire, first, question } = await first_phone(stage);
  const tablet = await stage.phone('tablet', {}, wire.address);

  // Shown and not here: it is read, and not written on, and no word of what was typed is lost.
  const held = wire.hold_records();
  await shown_ahead(first, tablet, await add_device(first));
  await tablet.button('sync.checking').waitFor();
  await tablet.room('openup');
  await tablet.reads(question);
  await tablet.thanks(); // too long to be left for it; that is not to say that it is empty
  await tablet.sees('over.not-here');
  await tablet.reads_nothing_of(t('thanks.empty.title'));
  await tablet.write_thanks({ did: 'Typed on a device that is not in' });
  await tablet.tap('thanks.send');
  await tablet.reads(what('still-coming'));
  assert.equal(await tablet.field('thanks.step.did').inputValue(), 'Typed on a device that is not in');

  // Stopped from Today, by one tap that is asked about.
  await tablet.go('today');
  await tablet.tap('over.stop');
  await tablet.page.getByRole('dialog').getByRole('button', { name: t('over.stop'), exact: true }).click();
  await tablet.at('join.title');
  await tablet.sees('join.own.declined');
  await first.at('add.ended.declined.title');

  // Begun anew, until all is here. What was typed is found again.
  await shown_ahead(first, tablet, await another_link(first));
  await tablet.page.reload();
  await tablet.sees('over.checking');
  await not_called_mine(tablet);
  await tablet.go('us');
  held.release();
  await first.at('add.done.title', { device: 'Tablet' });
  await tablet.go('today');
  await tablet.sees('over.done.title');
  await tablet.reads_nothing_of(t('over.checking'));
  await tablet.thanks();
  await tablet.tap('thanks.title');
  await tablet.field('thanks.step.did').waitFor();
  assert.equal(await tablet.field('thanks.step.did').inputValue(), 'Typed on a device that is not in');
  await tablet.tap('thanks.send');
  await tablet.reads('Typed on a device that is not in');
  await tablet.reads(kNewest);
  await first.thanks();
  await first.reads('Typed on a device that is not in');
});

scene('a new device that is taken out before it is in learns that nothing comes of it, wherever it is', async (stage) => {
  const { wire, first, question } = await first_phone(stage);
  const tablet = await stage.phone('tablet', {}, wire.address);
  const held = wire.hold_records();
  await shown_ahead(first, tablet, await add_device(first));
  await tablet.room('openup');
  await tablet.reads(question);
  await first.go('you');
  await first.tap('you.devices');
  const newest = listed(first).nth(3); // behind the first of all, the words and this phone
  await newest.getByRole('button').click();
  await first.tap('devices.remove');
  await first.page.getByRole('dialog').getByRole('button', { name: t('devices.remove'), exact: true }).click();
  await newest.waitFor({ state: 'detached' });
  await tablet.sees('join.ended.refused');
  held.release();
  await tablet.reads_nothing_of(t('over.checking'));
  await tablet.reads_nothing_of(question);
  await not_called_mine(tablet);
  await first.go('you');
  await first.tap('you.devices');
  await first.tap('add.title');
  await first.at('add.ended.cancelled.title');
});

scene('a terminal says it above what it prints, and writes nothing down that has not been checked', async (stage) => {
  const { wire, first } = await first_phone(stage);
  const laptop = new Terminal();
  stage.endings.push(() => laptop.remove());
  const held = wire.hold_records();
  // The log does not come to its end: what is asked of the relay is not answered in time.
  const held_back = ({ message }) => assert.ok(message.includes(what('server-unreachable').slice(0, 12)), message);
  await laptop.join(await add_device(first), 'Laptop');
  await words(first);
  await first.tap('pair.same');
  await laptop.run('approve', '--yes').catch(held_back);
  await laptop.run('sync').catch(held_back);
  const above = (printed) => assert.ok(printed.startsWith(`${t('over.checking')}\n`), printed.slice(0, 400));
  above(await laptop.run('devices', '--offline'));
  above(await laptop.run('today', '--offline'));
  await assert.rejects(laptop.run('list', '--offline'), ({ message }) => message.includes(what('still-coming')), 'not all of it is here');
  const folder = join(laptop.home, 'taken-along');
  await assert.rejects(laptop.run('export', folder, '--offline'), ({ message }) => message.includes(what('still-coming')));
  assert.ok(!existsSync(folder), 'nothing was written');

  held.release();
  await laptop.run('sync');
  await laptop.until('app', ({ sync }) => sync.coming === null);
  assert.ok(!(await laptop.run('today')).includes(t('over.checking')));
  await laptop.run('export', folder);
  assert.ok(readFileSync(join(folder, 'attune.json'), 'utf8').includes('You did the 7th good thing'));
});
