// A person who uses the keyboard and a screen reader: Tab, Shift+Tab, Enter, the space bar, arrows, and what is announced.
import assert from 'node:assert/strict';
import { until } from './patience.mjs';
import { Phone } from './phone.mjs';
import { t } from './texts.mjs';

const longest = 60; // presses of Tab to anything on one screen

export class Keyboard {
  heard = [];

  /** @param {Phone} phone */
  constructor(phone) {
    this.phone = phone;
  }

  static async of(phone) {
    const keyboard = new Keyboard(phone);
    await phone.page.exposeFunction('heard', (text) => keyboard.heard.push(text));
    await phone.page.addInitScript(() => {
      new MutationObserver((changes) => {
        for (const change of changes) {
          const node = change.target.nodeType === Node.TEXT_NODE ? change.target.parentElement : change.target;
          const region = node?.closest?.('[aria-live=polite][role=status]');
          if (region?.textContent) globalThis.heard(region.textContent.replaceAll('\u200b', ''));
        }
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    await phone.page.reload();
    return keyboard;
  }

  /** Waits until it has been said. */
  async hears(key, params) {
    await this.hears_words(t(key, { ...this.phone.other, ...params }));
  }
  async hears_words(wanted) {
    await until(
      async () => {
        if (this.heard.includes(wanted)) return true;
        await this.phone.page.evaluate(() => new Promise(requestAnimationFrame));
        return false;
      },
      () => `"${wanted}" was not announced, but: ${JSON.stringify(this.heard)}`,
    );
  }

  /** Goes forward until the focus is on what `locator` finds; the focus must be visible there. */
  async to(locator) {
    await locator.first().waitFor();
    const { keyboard } = this.phone.page;
    for (let pressed = 0; pressed < longest; pressed += 1) {
      if (await locator.first().evaluate((element) => element === document.activeElement)) {
        const outline = await locator.first().evaluate((element) => getComputedStyle(element.closest('label') ?? element).outlineStyle);
        const own = await locator.first().evaluate((element) => getComputedStyle(element).outlineStyle);
        assert.ok(outline !== 'none' || own !== 'none', 'the focus is not to be seen');
        return;
      }
      await keyboard.press('Tab');
    }
    assert.fail(`the keyboard does not reach ${locator}`);
  }

  async press(key, params) {
    await this.to(this.phone.button(key, params));
    await this.phone.page.keyboard.press('Enter');
  }
  async type(key, words) {
    await this.to(this.phone.field(key));
    await this.phone.page.keyboard.type(words);
  }
}
