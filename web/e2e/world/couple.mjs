// Two people who pair: the steps of both sides, taken as they come.
import assert from 'node:assert/strict';
import { t } from './texts.mjs';

export async function invite(a) {
  await a.go('today');
  await a.tap('today.invite.go');
  await a.tap('invite.make');
  const field = a.field('invite.link.label');
  await field.waitFor();
  return field.inputValue();
}

/** Opens a link as the address bar would, in the tab that is open. */
export async function follow(b, link) {
  await b.page.goto('about:blank');
  await b.page.goto(link);
}

export async function accept(b, name = '') {
  await b.at('join.look.title');
  if (name) await b.write('join.name.label', name);
  await b.tap('join.accept');
}

export async function words(phone) {
  const list = phone.page.getByRole('list', { name: t('pair.words.label') }).getByRole('listitem');
  await list.first().waitFor();
  return list.allInnerTexts();
}

/** Both tap "same words"; afterwards both are on the screen that says so. */
export async function approve(a, b, names = {}) {
  const [of_a, of_b] = await Promise.all([words(a), words(b)]);
  assert.equal(of_a.length, 4);
  assert.deepEqual(of_a, of_b, 'both phones show the same four words');
  await a.tap('pair.same');
  await b.tap('pair.same');
  a.partner = names.b ?? null;
  b.partner = names.a ?? null;
  for (const phone of [a, b]) await phone.at(phone.partner ? 'pair.done.named' : 'pair.done.title');
}

/** From two fresh browsers to a couple, both on Today. */
export async function pair(a, b, names = { a: 'Ada', b: 'Ben' }) {
  await a.start(names.a);
  const link = await invite(a);
  await follow(b, link);
  await accept(b, names.b);
  await approve(a, b, names);
  for (const phone of [a, b]) {
    await phone.tap('pair.done.go');
    await phone.on_today();
  }
}
