// What a test needs and leaves behind: one relay, browsers, phones; closed in any case, looked at if something failed.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { launch, Phone } from './phone.mjs';
import { free_port, Relay, root } from './relay.mjs';
import { Wire } from './wire.mjs';

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
    const relay = await Relay.start(options);
    this.the_relay = relay;
    this.endings.push(() => relay.remove());
    return relay;
  }
  /** Puts a wire that can be listened to before a relay of its own, which knows that address as its own. */
  async wire() {
    const port = await free_port();
    await this.relay(['--origins', `http://localhost:${port}`]);
    this.the_wire = await Wire.before(this.the_relay, port);
    this.endings.push(() => this.the_wire.close());
    return this.the_wire;
  }
  get browser() {
    return browser;
  }
  /**
   * Stops a tab's worker in its tracks until it is told to go on: a request it waits for without doing anything else.
   * Resolves when it stands still.
   */
  async hang(page) {
    const path = '/hang';
    let go_on;
    const told = new Promise((resolve) => (go_on = resolve));
    let stands = () => {};
    const still = new Promise((resolve) => (stands = resolve));
    await page.route(`**${path}`, async (route) => {
      stands();
      await told;
      await route.fulfill({ body: '' });
    });
    let over = false;
    const hung = page
      .workers()[0]
      .evaluate((path) => {
        const request = new XMLHttpRequest();
        request.open('POST', path, false); // no GET: the service worker would take that up
        request.send();
      }, path)
      .finally(() => (over = true));
    await Promise.race([still, hung]);
    return {
      get over() {
        return over;
      },
      end: async () => {
        go_on();
        await hung;
      },
    };
  }
  /** Makes every mailbox of a relay that does not run older, as if the hours had gone by. */
  age_mailboxes(hours) {
    const database = readdirSync(this.the_relay.data).find((file) => file.endsWith('.db') || file.endsWith('.sqlite'));
    const store = new DatabaseSync(join(this.the_relay.data, database));
    const { changes } = store.prepare('UPDATE mailboxes SET made = made - ?').run(hours * 3_600_000);
    store.close();
    assert.ok(changes > 0, 'there was a mailbox');
  }
  async phone(name, options = {}, origin = this.the_relay.address) {
    const phone = await Phone.take(options.browser ?? browser, origin, options.context, options.relay);
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
      if (clean) for (const phone of Object.values(stage.phones)) phone.assert_clean();
    } catch (error) {
      await record(name, stage).catch(() => {});
      throw error;
    } finally {
      for (const end of stage.endings.reverse()) await Promise.resolve().then(end).catch(() => {});
    }
  });
}

/** What the phones showed when it failed, and what the relay said. */
async function record(name, stage) {
  const folder = join(seen, name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'relay.log'), stage.the_relay.log);
  for (const [who, phone] of Object.entries(stage.phones)) {
    await phone.page.screenshot({ path: join(folder, `${who}.png`) });
    writeFileSync(join(folder, `${who}.txt`), `${phone.faults.join('\n')}\n\n${await phone.page.locator('body').ariaSnapshot()}`);
  }
}
