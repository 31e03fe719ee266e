// Whose works are in the app, read in the app.
import assert from 'node:assert/strict';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

scene('whose works are in the app, and under which licences, is read from the screen about it', async (stage) => {
  const a = await stage.phone('a');
  await a.start();
  // Not the app's own page in its place, which the service worker gives for what it does not know.
  await a.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await a.page.reload();
  await a.go('you');
  await a.tap('you.about');
  const opened = a.context.waitForEvent('page');
  await a.page.getByRole('link', { name: t('about.notices'), exact: true }).click();
  a.page = await opened;
  for (const name of ['svelte', 'libsodium', 'Alegreya', 'SIL OPEN FONT LICENSE']) await a.reads(name);
  // The browser looks for an icon that a plain text does not name; of anybody else it asks nothing.
  assert.deepEqual(a.foreign, []);
  assert.ok(a.faults.every((fault) => fault.includes('404')), a.faults.join('\n'));
}, { clean: false });
