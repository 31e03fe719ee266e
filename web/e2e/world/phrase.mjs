// The recovery sheet: shown, written down, and three of its words tapped.
import assert from 'node:assert/strict';
import { t } from './texts.mjs';

/** From the screen that says what a lost phone would cost. Answers with the twelve words. */
export async function keep_phrase(phone) {
  await phone.tap('recovery.show');
  const list = phone.page.locator('ol.twelve .word');
  await list.nth(11).waitFor();
  const words = await list.allInnerTexts();
  assert.equal(words.length, 12);
  await phone.tap('recovery.written');
  for (let tapped = 0; tapped < 3; tapped += 1) {
    await phone.sees('recovery.check.progress', { done: tapped, total: 3 });
    const asked = await phone.page.locator('#ask').innerText();
    const place = words.findIndex((_, index) => t('recovery.check.ask', { n: index + 1 }) === asked);
    await phone.page.getByRole('group').getByRole('button', { name: words[place], exact: true }).click();
  }
  await phone.at('recovery.done.title');
  return words;
}
