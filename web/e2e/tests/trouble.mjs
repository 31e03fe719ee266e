// Bad input and bad days: one plain sentence, what is safe, what to do.
import assert from 'node:assert/strict';
import { launch } from '../world/phone.mjs';
import { scene } from '../world/scene.mjs';
import { sentences, what } from '../world/texts.mjs';

async function reads_all(phone, code) {
  for (const sentence of Object.values(sentences(code))) await phone.reads(sentence);
}

scene('an address that is none is refused where it was typed', async (stage) => {
  const phone = await stage.phone('phone');
  await phone.tap('doors.start');
  await phone.tap('start.other-server');
  await phone.write('recovery.relay.label', 'not an address');
  await phone.tap('start.go');
  await reads_all(phone, 'bad-address');
  await phone.write('recovery.relay.label', phone.origin);
  await phone.tap('start.go');
  await phone.on_today();
});

scene('a browser that does not promise to keep things: said once there is something to lose', async (stage) => {
  const phone = await stage.phone('phone');
  await phone.start();
  await phone.reads_nothing_of(what('storage-not-persistent'));
  await phone.write_thanks({ did: 'Something to lose' });
  await phone.tap('thanks.keep-later');
  await phone.go('today');
  await reads_all(phone, 'storage-not-persistent');
});

scene('without a secure context nothing is made or stored', async (stage) => {
  const browser = await launch(['--host-resolver-rules=MAP attune.test 127.0.0.1']);
  stage.endings.push(() => browser.close());
  const phone = await stage.phone('phone', { browser }, `http://attune.test:${stage.the_relay.port}`);
  await reads_all(phone, 'no-secure-context');
  assert.equal(await phone.button('doors.start').count(), 0);
}, { clean: false });

/** Makes the worker's storage behave as Chromium's does on a full disk (tried on one): what is open closes, nothing opens. */
const disk = `
{
  let full = false;
  new BroadcastChannel('disk').onmessage = ({ data }) => { full = data; };
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...all) {
    if (!full || all[1] !== 'readwrite') return transaction.apply(this, all);
    this.close();
    throw new DOMException('Connection is closing because of: IO error: 000003.log: FILE_ERROR_NO_SPACE', 'UnknownError');
  };
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...all) {
    if (!full) return open.apply(this, all);
    throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
  };
}
`;

scene('a full disk: the words stay on the screen, nothing is called kept or sent, and room again mends it', async (stage) => {
  const phone = await stage.phone('phone', { context: { serviceWorkers: 'block' } });
  await phone.context.route('**/assets/main-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: disk + (await response.text()) });
  });
  await phone.page.reload();
  const full = (is) => phone.page.evaluate((is) => new BroadcastChannel('disk').postMessage(is), is);
  await phone.start('Ada');
  await phone.write_thanks({ did: 'Written before the disk was full' });
  await phone.tap('thanks.keep-later');
  await phone.reads('Written before the disk was full');

  await phone.write_thanks({ did: 'Written on a full disk' });
  await full(true);
  await phone.tap('thanks.keep-later');
  await reads_all(phone, 'disk-full');
  assert.equal(await phone.field('thanks.step.did').inputValue(), 'Written on a full disk');
  await full(false);
  await phone.tap('thanks.keep-later');
  await phone.reads('Written on a full disk');
  await phone.reads('Written before the disk was full');
  await phone.page.reload();
  await phone.reads('Written on a full disk');
  await phone.go('today');
  await phone.reads_nothing_of(what('disk-full'));
}, { clean: false });

/** Changes what the browser keeps, behind the app's back. */
const tamper = (phone, act) =>
  phone.page.evaluate(
    (act) =>
      new Promise((resolve, reject) => {
        const request = act === 'newer' ? indexedDB.open('attune', 99) : indexedDB.open('attune');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          if (act === 'newer') {
            database.close();
            resolve();
            return;
          }
          const transaction = database.transaction('rows', 'readwrite');
          const rows = transaction.objectStore('rows');
          rows.getAllKeys().onsuccess = (event) => {
            for (const key of event.target.result) if (key !== 'format') rows.put(new Uint8Array([1, 2, 3]), key);
          };
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    act,
  );

scene('a damaged store is named and left as it is', async (stage) => {
  const phone = await stage.phone('phone');
  await phone.start('Ada');
  await phone.safe();
  await tamper(phone, 'damage');
  await phone.page.reload();
  await reads_all(phone, 'storage-corrupt');
  await phone.tap('common.retry');
  await phone.reads(what('storage-corrupt'));
}, { clean: false });

scene('a store of a newer Attune is named and not touched', async (stage) => {
  const phone = await stage.phone('phone');
  await phone.start('Ada');
  await phone.page.goto(`${phone.origin}/healthz`);
  await tamper(phone, 'newer');
  await phone.page.goto(phone.origin);
  await reads_all(phone, 'data-newer');
}, { clean: false });

scene('a server that is none says so when it is invited from', async (stage) => {
  const phone = await stage.phone('phone');
  await phone.tap('doors.start');
  await phone.tap('start.other-server');
  await phone.write('recovery.relay.label', 'http://localhost:9');
  await phone.tap('start.go');
  await phone.on_today();
  await phone.sees('sync.unreachable');
  await phone.write_thanks({ did: 'It goes on all the same' });
  await phone.tap('thanks.keep-later');
  await phone.go('today');
  await phone.button('sync.on-phone').waitFor();
  await phone.sees('sync.unreachable');
}, { clean: false });

scene('a part of the app that does not arrive is said in a sentence, and comes when it is asked for again', async (stage) => {
  const phone = await stage.phone('phone');
  const part = /\/assets\/Later-[^/]*\.js$/;
  await phone.context.route(part, (route) => route.fulfill({ status: 404, body: 'not found' }));
  await phone.tap('doors.start');
  await phone.write('start.name.label', 'Ada');
  await phone.tap('start.go');
  await phone.at('app.missing');
  await phone.sees('app.missing.kept');
  await phone.context.unroute(part);
  await phone.tap('common.retry');
  await phone.on_today();
  await phone.sees('today.invite.go');
}, { clean: false });
