// The devices of one person: one more is let in, named and taken out again.
import assert from 'node:assert/strict';
import { follow, pair, words } from '../world/couple.mjs';
import { accept_as_mine, add_device, compared, let_in, link_words, listed, lists, look_at_device, remove_device } from '../world/devices.mjs';
import { Keyboard } from '../world/keyboard.mjs';
import { scene } from '../world/scene.mjs';
import { t, what } from '../world/texts.mjs';

scene('a second device comes in by a link and four words, has everything, is named from the first, and reads nothing once it is removed', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await a.write_thanks({ did: 'Only for the jar' });
  await a.tap('thanks.keep-jar');
  await b.thank({ did: 'Sent before there were two' });
  await a.open_thanks();
  await a.reads('Sent before there were two');
  await a.safe();

  const tablet = await stage.phone('tablet');
  await let_in(a, tablet, 'Tablet');
  await tablet.thanks();
  await tablet.reads('Only for the jar');
  await tablet.reads('Sent before there were two');
  await tablet.thank({ did: 'From the tablet' });
  await b.open_thanks();
  await b.reads('From the tablet');
  await a.thanks();
  await a.reads('From the tablet');

  // Named from the first; never when it was last used.
  await a.go('you');
  await a.tap('you.devices');
  await lists(a, 2);
  await listed(a).filter({ hasText: 'Tablet' }).filter({ hasNotText: t('devices.this') }).waitFor();
  await look_at_device(a, 'Tablet');
  await a.write('devices.name', 'Kitchen tablet');
  await a.tap('common.save');
  await listed(a).filter({ hasText: 'Kitchen tablet' }).waitFor();
  await a.safe();
  await tablet.go('you');
  await tablet.tap('you.devices');
  await listed(tablet).filter({ hasText: 'Kitchen tablet' }).filter({ hasText: t('devices.this') }).waitFor();

  await remove_device(a, 'Kitchen tablet');
  await listed(a).filter({ hasText: 'Kitchen tablet' }).waitFor({ state: 'detached' });
  await tablet.reads(what('not-a-member-any-more'));
  assert.equal(await tablet.button('add.title').count(), 0);
  await b.thank({ did: 'Only for the phone' });
  await a.open_thanks();
  await a.reads('Only for the phone');
  await tablet.go('today');
  await tablet.reads(what('not-a-member-any-more'));
  await tablet.page.reload();
  await tablet.thanks();
  await tablet.reads('Sent before there were two');
  await tablet.reads_nothing_of('Only for the phone');
  assert.equal(await tablet.page.locator('button.envelope').count(), 0, 'no envelope either');
  // Nobody else was told of anything.
  await b.go('today');
  await b.reads_nothing_of(what('not-a-member-any-more'));
  await b.go('you');
  await b.tap('you.devices');
  await lists(b, 1);
});

scene('where nothing can be scanned or pasted the link is typed as words, and who is alone brings what is theirs', async (stage) => {
  const a = await stage.phone('a');
  const laptop = await stage.phone('laptop');
  await a.start('Ada');
  await a.write_thanks({ did: 'Written alone' });
  await a.tap('thanks.keep-later');
  await a.safe();
  await add_device(a);
  const typed = await link_words(a);
  assert.equal(typed.length, 24);
  await a.reads(a.origin);

  await laptop.tap('doors.invited');
  await laptop.write('join.link.label', typed.slice(0, 23).join(' '));
  await laptop.sees('before.words.count', { n: 23, total: 24 });
  await laptop.sees('join.need-words', { total: 24 });
  await laptop.write('join.link.label', typed.with(3, 'xylophonist').join(' '));
  await laptop.tap('join.go');
  await laptop.sees('join.words.altered');
  await laptop.write('join.link.label', typed.join('\n'));
  assert.equal(await laptop.field('join.words.relay').inputValue(), laptop.origin);
  await laptop.tap('join.go');
  await laptop.at('join.own.title');
  assert.equal(await laptop.field('devices.name').inputValue(), t('devices.kind.computer'));
  await accept_as_mine(laptop, 'Laptop');
  await compared(a, laptop);
  await a.tap('pair.same');
  await laptop.tap('pair.same');
  await laptop.on_today();
  await laptop.thanks();
  await laptop.reads('Written alone');
});

/** Two taps in one moment, as a nervous thumb makes them. */
const tap_twice = (phone, key) =>
  phone.page.locator('button:not([aria-disabled=true])', { hasText: t(key) }).first().evaluate((button) => (button.click(), button.click()));

scene('taps in any order, twice, with the page loaded anew between them, let it in once', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  const tablet = await stage.phone('tablet');
  const late = await stage.phone('late');
  await pair(a, b);
  const link = await add_device(a);
  await follow(tablet, link);
  await tablet.at('join.own.title');
  await tap_twice(tablet, 'join.own.accept');
  const four = await compared(a, tablet);

  // The first is left for a moment and found again from Today; the new one is loaded anew, and taps first.
  await a.go('today');
  await a.sees('add.today.compare');
  await a.page.reload();
  await a.tap('add.title');
  assert.deepEqual(await words(a), four);
  await tap_twice(tablet, 'pair.same');
  await tablet.sees('pair.own.waiting');
  await tablet.page.reload();
  await tablet.sees('pair.own.waiting');
  await tablet.tap('nav.safety');
  await tablet.at('safety.title');
  await tablet.tap('common.back');
  await tap_twice(a, 'pair.same');
  await a.at('add.done.title', { device: t('devices.kind.computer') });
  await tablet.on_today();
  await a.tap('add.done.go');
  await lists(a, 2);

  await follow(late, link);
  await late.sees('join.ended.link-used');
  // The way is free for the next.
  await a.tap('add.title');
  await a.sees('add.lead');
  await a.button('add.make').waitFor();
});

scene('words that differ let nobody in, whichever device says so; a link withdrawn or declined opens nothing', async (stage) => {
  const a = await stage.phone('a');
  const tablet = await stage.phone('tablet');
  await a.start('Ada');
  const again = async (key) => {
    await a.tap(key);
    await a.field('add.link.label').waitFor();
    return a.field('add.link.label').inputValue();
  };

  await follow(tablet, await add_device(a));
  await accept_as_mine(tablet, 'Tablet');
  await compared(a, tablet);
  await a.tap('pair.same');
  await a.sees('pair.own.waiting');
  await tablet.tap('pair.different');
  await tablet.sees('join.ended.different-words');
  await a.at('add.ended.different-words.title');

  await follow(tablet, await again('add.new'));
  await accept_as_mine(tablet, 'Tablet');
  await compared(a, tablet);
  await a.tap('pair.different');
  await a.at('add.ended.different-words.title');
  await tablet.sees('join.ended.different-words');

  await follow(tablet, await again('add.new'));
  await tablet.at('join.own.title');
  await tablet.tap('join.decline');
  await tablet.sees('join.own.declined');
  await a.at('add.ended.declined.title');

  const withdrawn = await again('add.new');
  await a.tap('add.cancel');
  await a.page.getByRole('dialog').getByRole('button', { name: t('add.cancel'), exact: true }).click();
  await a.at('add.ended.cancelled.title');
  await follow(tablet, withdrawn);
  await tablet.sees('join.ended.link-used');
  await a.go('you');
  await a.tap('you.devices');
  await lists(a, 1);
});

scene('a device with a life of its own keeps it: nothing of two people is merged', async (stage) => {
  const a = await stage.phone('a');
  const other = await stage.phone('other');
  await a.start('Ada');
  await other.start('Cy');
  await other.write_thanks({ did: 'A life of its own' });
  await other.tap('thanks.keep-later');
  await follow(other, await add_device(a));
  await other.sees('join.ended.already-started');
  await other.sees('join.own.empty-one');
  await other.thanks();
  await other.reads('A life of its own');
});

scene('a device is added, named and removed by keyboard alone, and what changes is announced', async (stage) => {
  const a = await stage.phone('a');
  const fresh = await stage.phone('fresh');
  const ada = await Keyboard.of(a);
  const new_one = await Keyboard.of(fresh);
  await a.start('Ada');
  await ada.press('nav.you');
  await ada.press('you.devices');
  await ada.press('add.title');
  await ada.press('add.make');
  await a.field('add.link.label').waitFor();
  await follow(fresh, await a.field('add.link.label').inputValue());
  await new_one.to(fresh.field('devices.name'));
  await fresh.page.keyboard.press('ControlOrMeta+A');
  await fresh.page.keyboard.type('Desk');
  await new_one.press('join.own.accept');
  const four = await compared(a, fresh);
  await ada.hears('a11y.device.answered');
  for (const one of [ada, new_one]) await one.hears('a11y.words', { words: four.join(', ') });
  await ada.press('pair.same');
  await new_one.press('pair.same');
  await ada.hears('add.done.title', { device: 'Desk' });
  await new_one.hears('over.done.title');
  await ada.press('add.done.go');

  await ada.to(listed(a).getByRole('button').filter({ hasText: 'Desk' }));
  await a.page.keyboard.press('Enter');
  await ada.to(a.page.getByRole('dialog').getByRole('textbox'));
  await a.page.keyboard.press('End');
  await a.page.keyboard.type('top');
  await a.page.keyboard.press('Enter');
  await ada.to(listed(a).getByRole('button').filter({ hasText: 'Desktop' }));
  await a.page.keyboard.press('Enter');
  await ada.press('devices.remove');
  await a.page.getByRole('dialog').getByRole('heading', { name: t('devices.remove.title', { device: 'Desktop' }) }).waitFor();
  await ada.press('devices.remove');
  await ada.hears('devices.removing');
  await listed(a).filter({ hasText: 'Desktop' }).waitFor({ state: 'detached' });
});
