// The recovery sheet: shown, written down, and three of its words tapped.
import assert from 'node:assert/strict';
import { t } from './texts.mjs';

/** The twelve words that are shown. */
export async function twelve(phone) {
  const list = phone.page.locator('ol.numbered .word');
  await list.nth(11).waitFor();
  const words = await list.allInnerTexts();
  assert.equal(words.length, 12);
  return words;
}

/** Taps the three that are asked for. */
export async function confirm_phrase(phone, words) {
  for (let tapped = 0; tapped < 3; tapped += 1) {
    await phone.sees('recovery.check.progress', { done: tapped, total: 3 });
    const asked = await phone.page.locator('#ask').innerText();
    const place = words.findIndex((_, index) => t('recovery.check.ask', { n: index + 1 }) === asked);
    await phone.page.getByRole('group').getByRole('button', { name: words[place], exact: true }).click();
  }
  await phone.at('recovery.done.title');
}

/** From the screen that says what a lost phone would cost. Answers with the twelve words. */
export async function keep_phrase(phone, show = 'recovery.show') {
  await phone.tap(show);
  const words = await twelve(phone);
  await phone.tap('recovery.written');
  await confirm_phrase(phone, words);
  return words;
}
