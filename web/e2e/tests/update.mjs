// A newer build of the app.
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { web_root } from '../world/relay.mjs';
import { scene } from '../world/scene.mjs';

/** The same app with another index.html, as a later build would have. */
function newer_build(folder) {
  cpSync(web_root, folder, { recursive: true });
  for (const packed of readdirSync(folder)) if (/\.(br|gz)$/.test(packed)) rmSync(join(folder, packed));
  const change = (file, from, to) => {
    const before = readFileSync(join(folder, file), 'utf8');
    const after = before.replace(from, to);
    assert.notEqual(after, before, file);
    writeFileSync(join(folder, file), after);
  };
  change('index.html', '<head>', '<head><meta name="build" content="newer">');
  change('sw.js', /(index\.html`,revision:`)..../, '$1beef');
  return folder;
}

scene('a newer build is announced, starts only on a tap, and takes no sentence with it', async (stage) => {
  const phone = await stage.phone('phone');
  await phone.start('Ada');
  await phone.page.waitForFunction(() => navigator.serviceWorker.controller);
  await phone.write_thanks({ did: 'A sentence in the making' });
  await phone.sees('common.draft-kept');
  await phone.page.evaluate(() => (globalThis.the_same_page = true));

  await stage.the_relay.kill();
  stage.the_relay.web = newer_build(join(stage.the_relay.folder, 'newer'));
  await stage.the_relay.run();
  await phone.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await phone.go('today');
  await phone.sees('app.update.ready');
  assert.equal(await phone.page.evaluate(() => globalThis.the_same_page), true, 'nothing was reloaded');

  await phone.tap('app.update.now');
  await phone.page.waitForFunction(() => document.querySelector('meta[name=build]')?.content === 'newer');
  await phone.on_today();
  await phone.thanks();
  await phone.tap('thanks.empty.go');
  await phone.field('thanks.step.did').waitFor();
  assert.equal(await phone.field('thanks.step.did').inputValue(), 'A sentence in the making');
});
