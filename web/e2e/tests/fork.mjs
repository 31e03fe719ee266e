// A relay that shows each of two people a history of their own: both go on together from what they both have. And one
// that helps a device that was removed.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Device } from '../../../tests/wasm/device.mjs';
import { Hand } from '../../../tests/wasm/hand.mjs';
import { pair } from '../world/couple.mjs';
import { let_in_program, listed, lists, remove_device } from '../world/devices.mjs';
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

const module = new URL('../../../build/wasm/attune.wasm', import.meta.url);
const kStillHere = 'I am still here';

/** Ada has removed a tablet of hers, and knows of it; Ben has what it said before. */
async function removed(stage, before_it) {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  const tablet = await Device.open(module);
  stage.endings.push(async () => tablet.end());
  await let_in_program(a, tablet, 'Tablet');
  tablet.command('cherish.thank', { did: 'Said while it belonged', says: '', felt: '' });
  await tablet.settled();
  await b.open_thanks();
  await b.reads('Said while it belonged');
  for (const phone of [a, b]) await phone.safe();
  await before_it({ a, b, tablet });
  await remove_device(a, 'Tablet');
  await listed(a).filter({ hasText: 'Tablet' }).waitFor({ state: 'detached' });
  await a.safe();
  return { a, b, tablet };
}
async function nothing_of_it(phone) {
  await phone.thanks();
  await phone.reads('Said while it belonged');
  await phone.reads_nothing_of(kStillHere);
}

scene('what a removed device still says is refused; handed out all the same it counts for nothing and is named, and the two go on', async (stage) => {
  const { a, b, tablet } = await removed(stage, async () => {});
  await tablet.until('app', ({ notices }) => notices.some(({ code }) => code === 'not-a-member-any-more'));
  tablet.end();
  const hand = await Hand.of(tablet.rows, stage.the_relay.address);
  const said = { kind: 'cherish.thanked', content: { did: kStillHere, says: '', felt: '', at: { ms: Date.now(), offset: 0 } } };
  await assert.rejects(hand.say(said), /not stored/);
  hand.close();

  // The server's owner writes it into the store. (What was refused was made on top of what is newest as well.)
  const late = await Hand.of(tablet.rows, stage.the_relay.address);
  late.close();
  await stage.the_relay.kill();
  await stage.the_relay.write_in(late.head.stream, late.record(said), late.head);
  await stage.the_relay.run();
  for (const phone of [a, b]) {
    await phone.page.reload();
    await phone.go('today');
    await phone.reads(what('void-record'));
    await nothing_of_it(phone);
  }
  await b.thank({ did: 'And on it goes' });
  await a.open_thanks();
  await a.reads('And on it goes');
  await a.safe();
  await b.safe();
});

scene('a removed device that a server set back lets write on makes a second history; once both have mended it is out of that, too', async (stage) => {
  let before;
  const { a, b, tablet } = await removed(stage, async ({ tablet: it }) => {
    it.end();
    await stage.the_relay.kill();
    before = stage.the_relay.copy();
    await stage.the_relay.run();
  });
  await b.thank({ did: 'Under the new key' });
  await a.open_thanks();
  await a.reads('Under the new key');
  for (const phone of [a, b]) await phone.safe();
  for (const phone of [a, b]) await phone.offline();
  await stage.the_relay.kill();
  stage.the_relay.put_back(before);
  await stage.the_relay.run();
  const thief = await Device.open(module, tablet.rows);
  stage.endings.push(async () => thief.end());
  thief.command('cherish.thank', { did: kStillHere, says: '', felt: '' });
  await thief.settled();

  for (const phone of [a, b]) {
    await phone.online();
    await phone.go('today');
    await phone.reads(what('fork'));
    await nothing_of_it(phone);
  }
  await a.go('today');
  await a.tap('mend.title');
  await a.tap('mend.propose');
  await a.sees('mend.waiting.text');
  await b.go('today');
  await b.tap('mend.notice.look');
  await b.tap('mend.agree');
  for (const phone of [a, b]) await phone.sees('mend.done.title');
  await b.thank({ did: 'Between the two of us' });
  await a.open_thanks();
  await a.reads('Between the two of us');
  for (const phone of [a, b]) await nothing_of_it(phone);
  await a.go('you');
  await a.tap('you.devices');
  await lists(a, 1);
  await thief.again().catch(() => {});
  assert.ok(!thief.view('cherish').thanks.some(({ did }) => did === 'Between the two of us'));
});
