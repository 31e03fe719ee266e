// A relay that shows each of two people a history of their own: both go on together from what they both have.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pair } from '../world/couple.mjs';
import { root } from '../world/relay.mjs';
import { scene } from '../world/scene.mjs';
import { t, what } from '../world/texts.mjs';

const pictures = join(root, 'build/results/fork');

/** Both have "Before"; behind it the relay has shown each of them only what they said themselves. */
async function two_histories(stage) {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await a.thank({ did: 'Before' });
  await b.open_thanks();
  await a.safe();
  await b.safe();
  await b.offline();
  await stage.the_relay.kill();
  const before = stage.the_relay.copy();
  await stage.the_relay.run();
  await a.thank({ did: 'In the history of Ada' });
  await a.safe();
  await a.offline();
  await stage.the_relay.kill();
  stage.the_relay.put_back(before);
  await stage.the_relay.run();
  await b.online();
  await b.thank({ did: 'In the history of Ben' });
  await b.safe();
  await a.online();
  await a.go('today');
  await a.reads(what('fork'));
  return { a, b };
}

async function picture(phone, name) {
  mkdirSync(pictures, { recursive: true });
  await phone.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

scene('two histories: one proposes, the other says yes, and both write on; what was left out is still to be read', async (stage) => {
  const { a, b } = await two_histories(stage);
  await picture(a, '1-fork');
  await a.tap('mend.title');
  await a.sees('mend.what');
  await a.sees('mend.accuses-nobody');
  await picture(a, '2-possible');
  await a.tap('mend.propose');
  await a.sees('mend.waiting.text');
  await picture(a, '3-waiting');

  await b.go('today');
  await b.sees('mend.notice.asked');
  await picture(b, '4-notice');
  await b.tap('mend.notice.look');
  await b.sees('mend.asked');
  await picture(b, '5-asked');
  await b.tap('mend.agree');
  for (const phone of [a, b]) await phone.sees('mend.done.title');
  await a.reads('In the history of Ada');
  await b.reads('In the history of Ben');
  await picture(b, '6-done');

  await a.go('today');
  await a.reads_nothing_of(what('fork'));
  await b.thank({ did: 'And on it goes' });
  await a.open_thanks();
  await a.reads('And on it goes');
  // What Ada had written is offered to be sent once more.
  await a.go('you');
  await a.tap('you.mend');
  await a.tap('mend.done.offers');
  await a.reads('In the history of Ada');
  await a.tap('offer.send');
  await b.go('today');
  await b.open_thanks();
  await b.reads('In the history of Ada');
  await a.safe();
  await b.safe();
  for (const phone of [a, b]) {
    await phone.page.reload();
    await phone.go('you');
    await phone.tap('you.mend');
    await phone.sees('mend.done.title');
  }
});

scene('instead of going on together one can leave, before and after the other was asked', async (stage) => {
  const { a, b } = await two_histories(stage);
  await a.tap('mend.title');
  await a.tap('mend.propose');
  await a.sees('mend.waiting.text');
  await b.go('today');
  await b.sees('mend.notice.asked');
  await a.go('you');
  await a.tap('you.leave');
  await a.tap('leave.go');
  await a.sees('closed.title');
  await b.sees('closed.title');
  await b.reads_nothing_of(t('mend.notice.asked.text'));
  await b.go('you');
  assert.equal(await b.button('you.mend').count(), 0);
});
