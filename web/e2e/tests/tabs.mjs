// More tabs than one: a single writer, and every tab whole.
import assert from 'node:assert/strict';
import { pair } from '../world/couple.mjs';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

const who_writes = (page) => page.evaluate(async () => (await navigator.locks.query()).held.map((lock) => lock.name));

scene('a second tab works completely, sees the same at once, and takes over when the first is closed', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  const first = a.page;
  const second = await a.open();
  await a.on_today();
  assert.deepEqual(await who_writes(second), ['attune/writer'], 'one writer for both');

  // Written in the second tab, seen in the first and by the other person.
  await a.thank({ did: 'From the second tab' });
  await b.open_thanks();
  await b.reads('From the second tab');
  await b.tap('thanks.answer.smiled');
  await b.tap('thanks.answer.send');
  await first.getByRole('button', { name: new RegExp(`^${t('today.new.answered', a.other)}`) }).waitFor();

  await first.close();
  await a.thank({ did: 'After the first tab was closed' });
  await b.open_thanks();
  await b.reads('After the first tab was closed');
  await a.safe();
  assert.deepEqual(await who_writes(second), ['attune/writer']);
});

scene('a tab that hangs loses the writing after ten seconds, and goes on as a guest of the other', async (stage) => {
  const a = await stage.phone('a');
  await a.start('Ada');
  const first = a.page;
  const second = await a.open();
  await a.on_today();

  // Its worker stops in the middle, as in a debugger.
  const hang = await stage.hang(first);
  await a.write_thanks({ did: 'While the other tab hung' });
  await a.tap('thanks.keep-later');
  await a.reads('While the other tab hung');
  assert.equal(hang.over, false, 'the other tab hangs still');
  await hang.end();

  a.page = first;
  await a.thanks();
  await a.reads('While the other tab hung');
  await a.write_thanks({ did: 'And it works again' });
  await a.tap('thanks.keep-later');
  a.page = second;
  await a.reads('And it works again');
});
