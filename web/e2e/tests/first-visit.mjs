// What a first visit costs.
import assert from 'node:assert/strict';
import { scene } from '../world/scene.mjs';
import { Wire } from '../world/wire.mjs';

const budget = 350 * 1024; // bytes over the wire until one can pair

scene(`a first visit costs at most ${budget / 1024} KB, everything needed to pair included`, async (stage) => {
  const wire = await Wire.before(stage.the_relay);
  stage.endings.push(() => wire.close());
  const fresh = await stage.phone('fresh', {}, wire.address);
  await fresh.at('doors.title');
  await fresh.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const bytes = wire.received;
  assert.ok(bytes > 50 * 1024, 'the visit went past the counter');
  assert.ok(bytes <= budget, `${(bytes / 1024).toFixed(1)} KB: ${wire.paths.join(' ')}`);
});

scene('once somebody has begun, all of the app is kept for opening without a network', async (stage) => {
  const fresh = await stage.phone('fresh');
  await fresh.start('Ada');
  // The pseudo-locale is needed by nothing here: it is kept for being part of the build.
  await fresh.page.waitForFunction(async () => (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))).flat().some((one) => /\/assets\/speak-pseudo-/.test(one.url)));
});
