// A server that lets nobody begin without a token of its owner's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accept, approve, follow, invite } from '../world/couple.mjs';
import { scene } from '../world/scene.mjs';
import { t, what } from '../world/texts.mjs';

const kToken = 'open.sesame-1';

scene('a server that asks for a token is shown it by whoever begins, and by nobody else; it is kept nowhere', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await a.start('Ada');
  await a.reads(what('registration-closed'));
  await a.write('token.label', 'open sesame');
  await a.tap('token.go');
  await a.sees('token.bad');
  await a.write('token.label', 'another');
  await a.tap('token.go');
  await a.sees('token.wrong');
  await a.write('token.label', kToken);
  await a.tap('token.go');
  await a.page.getByText(what('registration-closed')).waitFor({ state: 'detached' });
  await a.safe();

  // Who is invited needs none.
  await follow(b, await invite(a));
  await accept(b, 'Ben');
  await approve(a, b, { a: 'Ada', b: 'Ben' });
  for (const phone of [a, b]) await phone.tap('pair.done.go');
  await b.thank({ did: 'You let me in' });
  await a.open_thanks();
  await a.reads('You let me in');
  await b.go('today');
  await b.reads_nothing_of(what('registration-closed'));
  // Once taken in it is asked for no more.
  await a.page.reload();
  await a.go('today');
  await a.thank({ did: 'You came' });
  await a.safe();
  await a.reads_nothing_of(t('token.label'));
  const rows = await a.page.evaluate(async () => JSON.stringify([await indexedDB.databases(), { ...localStorage }, location.href]));
  assert.ok(!rows.includes(kToken));
  assert.ok(!readFileSync(join(stage.the_relay.data, 'attuned.db')).includes(kToken));
  assert.ok(!stage.the_relay.log.includes(kToken));
}, { relay: ['--registration', 'token', '--token', kToken] });
