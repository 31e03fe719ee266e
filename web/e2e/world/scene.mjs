// What a test needs and leaves behind: one relay, browsers, phones; closed in any case, looked at if something failed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, Phone } from './phone.mjs';
import { Relay, root } from './relay.mjs';

const seen = join(root, 'build/results/e2e');

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

export class Scene {
  phones = {};
  endings = [];

  async relay(options) {
    this.theRelay = await Relay.start(options);
    this.endings.push(() => this.theRelay.remove());
    return this.theRelay;
  }
  get browser() {
    return browser;
  }
  async phone(name, options = {}, origin = this.theRelay.address) {
    const phone = await Phone.take(options.browser ?? browser, origin, options.context);
    this.phones[name] = phone;
    this.endings.push(() => phone.close());
    return phone;
  }
}

/** `body` gets a scene with a running relay. Every phone must have stayed clean, unless the test is about faults. */
export function scene(name, body, { clean = true, relay = [] } = {}) {
  test(name, async () => {
    const stage = new Scene();
    await stage.relay(relay);
    try {
      await body(stage);
      if (clean) for (const phone of Object.values(stage.phones)) phone.assertClean();
    } catch (error) {
      await record(name, stage).catch(() => {});
      throw error;
    } finally {
      for (const end of stage.endings.reverse()) await end().catch(() => {});
    }
  });
}

/** What the phones showed when it failed, and what the relay said. */
async function record(name, stage) {
  const folder = join(seen, name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'relay.log'), stage.theRelay.log);
  for (const [who, phone] of Object.entries(stage.phones)) {
    await phone.page.screenshot({ path: join(folder, `${who}.png`) });
    writeFileSync(join(folder, `${who}.txt`), `${phone.faults.join('\n')}\n\n${await phone.page.locator('body').ariaSnapshot()}`);
  }
}
