// The app from one place, the server in another: static files on any host, with the strict headers and without.
import assert from 'node:assert/strict';
import { accept, approve, follow, invite } from '../world/couple.mjs';
import { Host, strict_headers } from '../world/host.mjs';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

for (const [which, isolated] of [['with the strict headers', true], ['without any, as a plain host has it', false]]) {
  scene(`the app comes from another origin than the server, ${which}: two pair, and who joins is shown both`, async (stage) => {
    const relay = stage.the_relay.address;
    const host = await Host.start(isolated ? await strict_headers(stage.the_relay) : {});
    stage.endings.push(() => host.close());
    const a = await stage.phone('a', { relay }, host.address);
    const b = await stage.phone('b', { relay }, host.address);
    assert.equal(await a.page.evaluate(() => crossOriginIsolated), isolated);

    await a.tap('doors.start');
    await a.write('start.name.label', 'Ada');
    await a.tap('start.other-server');
    await a.write('recovery.relay.label', relay);
    await a.sees('start.stored.server', { server: relay });
    await a.tap('start.go');
    await a.on_today();
    const link = await invite(a);
    assert.ok(link.startsWith(`${host.address}/#join=1.`), 'the link leads to the app');
    assert.ok(link.endsWith(encodeURIComponent(relay)), 'and names the server');

    await follow(b, link);
    await b.at('join.look.title');
    const rows = b.page.getByRole('main').getByRole('term');
    assert.deepEqual(await rows.allInnerTexts(), [`${t('join.look.server')}: ${relay}`, `${t('join.look.code')}: ${host.address}`]);
    await b.sees('join.look.server.detail', { server: relay });
    await b.sees('join.look.code.detail', { origin: host.address });
    await accept(b, 'Ben');
    await approve(a, b, { a: 'Ada', b: 'Ben' });
    for (const phone of [a, b]) await phone.tap('pair.done.go');

    await a.thank({ did: 'You found the spare key' });
    await b.thank({ did: 'You let me sleep' });
    await b.open_thanks();
    await b.reads('You found the spare key');
    await a.open_thanks();
    await a.reads('You let me sleep');
    for (const phone of [a, b]) {
      assert.ok(phone.sockets.length > 0, 'the server was met');
      assert.ok(phone.sockets.every((address) => address === `${relay.replace(/^http/, 'ws')}/relay`), phone.sockets.join(' '));
    }
  });
}
