// A second device of one person: the steps of both, taken as they come.
import assert from 'node:assert/strict';
import { follow, words } from './couple.mjs';
import { t } from './texts.mjs';

/** From anywhere inside to the screen with the link, which is the answer. */
export async function add_device(first) {
  await first.go('you');
  await first.tap('you.devices');
  await first.tap('add.title');
  await first.tap('add.make');
  const field = first.field('add.link.label');
  await field.waitFor();
  return field.inputValue();
}

/** The link as the words that stand for it, behind "type words instead". */
export async function link_words(first) {
  await first.page.getByText(t('add.words.summary'), { exact: true }).click();
  const list = first.page.getByRole('list', { name: t('add.words.label') }).locator('.word');
  await list.nth(23).waitFor();
  return list.allInnerTexts();
}

export async function accept_as_mine(fresh, name) {
  await fresh.at('join.own.title');
  await fresh.write('devices.name', name);
  await fresh.tap('join.own.accept');
}

/** Both show the same four words; answers with them. */
export async function compared(first, fresh) {
  const [one, other] = await Promise.all([words(first), words(fresh)]);
  assert.equal(one.length, 4);
  assert.deepEqual(one, other, 'both devices show the same four words');
  return one;
}

/** From a fresh browser to one more device of the first one's person, which is told so on both. */
export async function let_in(first, fresh, name) {
  await follow(fresh, await add_device(first));
  await accept_as_mine(fresh, name);
  await compared(first, fresh);
  await first.tap('pair.same');
  await fresh.tap('pair.same');
  await first.at('add.done.title', { device: name });
  await fresh.on_today();
  await fresh.sees('over.done.title');
  fresh.partner = first.partner;
}

/** The same for a device without a screen (tests/wasm/device.mjs), which says yes to what it is shown. */
export async function let_in_program(first, device, name) {
  const link = await add_device(first);
  // Quicker than anybody who copies a link: the relay may not have what it leads to yet.
  for (let tries = 0, ready = false; !ready; tries += 1) {
    assert.ok(tries < 1000, 'the relay has never come to know the link');
    device.command('space.join', { link });
    const joining = await device.until('joining', (view) => (view.ready && view.own_device) || view.ended === 'link-unknown');
    ({ ready } = joining);
  }
  device.command('space.accept', { name });
  const shown = await words(first);
  const { words: here } = await device.until('joining', ({ state }) => state === 'compare');
  assert.deepEqual(here, shown, 'both devices show the same four words');
  await first.tap('pair.same');
  device.command('space.same-words', { words: here });
  await first.at('add.done.title', { device: name });
  await device.until('app', ({ phase }) => phase === 'paired');
  await device.settled();
}

/** The lines of the list of devices. */
export const listed = (phone) => phone.page.getByRole('main').getByRole('listitem');

/** So many stand on the screen of the devices, once it has come. */
export async function lists(phone, count) {
  await phone.at('devices.title');
  await listed(phone).nth(count - 1).waitFor();
  assert.equal(await listed(phone).count(), count);
}

/** From anywhere inside to the sheet of the device of this name. */
export async function look_at_device(phone, name) {
  await phone.go('you');
  await phone.tap('you.devices');
  await listed(phone).getByRole('button').filter({ hasText: name }).click();
}

export async function remove_device(phone, name) {
  await look_at_device(phone, name);
  await phone.tap('devices.remove');
  await phone.sees('devices.remove.locks');
  await phone.page.getByRole('dialog').getByRole('button', { name: t('devices.remove'), exact: true }).click();
}
