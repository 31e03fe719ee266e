// Invitations that end otherwise.
import assert from 'node:assert/strict';
import { accept, approve, follow, invite, words } from '../world/couple.mjs';
import { scene } from '../world/scene.mjs';
import { t } from '../world/texts.mjs';

/** Ada has invited, Ben has answered: both are shown the four words. */
async function comparing(stage) {
  const a = await stage.phone('a');
  await a.start('Ada');
  const link = await invite(a);
  const b = await stage.phone('b');
  await follow(b, link);
  await accept(b, 'Ben');
  await words(a);
  await words(b);
  return [a, b];
}

scene('a link that was used opens nothing for a third', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await a.start('Ada');
  const link = await invite(a);
  await follow(b, link);
  await accept(b, 'Ben');
  await approve(a, b, { a: 'Ada', b: 'Ben' });
  await a.tap('pair.done.go');
  await a.safe();
  const c = await stage.phone('c');
  await follow(c, link);
  await c.sees('join.ended.link-used');
  await a.thanks();
  await a.tap('thanks.empty.go');
  await a.at('thanks.title'); // to Ben still
});

scene('a link that was altered, cut off, or is none at all says so', async (stage) => {
  const a = await stage.phone('a');
  await a.start('Ada');
  const link = await invite(a);
  const b = await stage.phone('b');
  const at = link.indexOf('#join=1.') + 8;
  const altered = link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1);
  await follow(b, altered);
  await b.sees('join.ended.link-unknown');

  const paste = async (text) => {
    await b.write('join.link.label', text);
    await b.tap('join.go');
  };
  await paste(link.slice(0, at + 20));
  await b.sees('join.ended.link-short');
  await paste('https://example.org/holiday-pictures');
  await b.sees('join.ended.not-a-link');

  // None of it has used up the true one.
  await paste(link);
  await accept(b, 'Ben');
  assert.deepEqual(await words(a), await words(b));
});

scene('a link that ran out says so on both phones', async (stage) => {
  const a = await stage.phone('a');
  await a.start('Ada');
  const link = await invite(a);
  await a.page.close();
  await stage.the_relay.kill();
  stage.age_mailboxes(25);
  await stage.the_relay.run();
  const b = await stage.phone('b');
  await follow(b, link);
  await b.sees('join.ended.link-expired');
  await a.open();
  await a.button('invite.waiting.title').or(a.button('today.invite.go')).first().click();
  await a.at('invite.ended.expired.title');
});

scene('the words that go with the link can be changed, and go as they were changed', async (stage) => {
  const a = await stage.phone('a', { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
  await a.start('Ada');
  const link = await invite(a);
  await a.write('invite.message.first', 'This is for the long winter.');
  await a.write('invite.message.second', 'Open it when the kettle is on.');
  await a.tap('invite.copy-all');
  await a.sees('invite.copied');
  const text = 'This is for the long winter. Open it when the kettle is on.';
  assert.equal(await a.page.evaluate(() => navigator.clipboard.readText()), `${text} ${link}`);

  // Where the phone itself can hand something on. The words were kept.
  await a.page.addInitScript(() => {
    navigator.share = async (what) => {
      globalThis.shared = what;
    };
  });
  await a.page.reload();
  await a.button('invite.share').waitFor();
  assert.equal(await a.field('invite.message.first').inputValue(), 'This is for the long winter.');
  await a.tap('invite.share');
  const shared = await a.page.waitForFunction(() => globalThis.shared);
  assert.deepEqual(await shared.jsonValue(), { text, url: link });
});

scene('an invitation declined in one tap uses up the link, and the inviter is told no more than that', async (stage) => {
  const a = await stage.phone('a');
  await a.start('Ada');
  const link = await invite(a);
  const b = await stage.phone('b');
  await follow(b, link);
  await b.at('join.look.title');
  await b.tap('join.decline');
  await b.sees('join.ended.declined');
  await a.at('invite.ended.declined.title');
  await a.tap('invite.new');
  await a.field('invite.link.label').waitFor();
});

scene('a second, different request ends the invitation before anything is shared', async (stage) => {
  const { address } = await stage.wire();
  const a = await stage.phone('a', {}, address);
  await a.start('Ada');
  const link = await invite(a);
  const b = await stage.phone('b', {}, address);
  const c = await stage.phone('c', {}, address);
  await follow(b, link);
  await b.at('join.look.title');
  await follow(c, link);
  await c.at('join.look.title');
  await c.page.locator('button:not([aria-disabled=true])', { hasText: t('join.accept') }).waitFor(); // has looked, too
  // The third does not hear yet that somebody has answered: an honest app would not answer then.
  const late = stage.the_wire.hold_newest();
  await accept(b, 'Ben');
  await words(a);
  await accept(c, 'Cy');
  await a.at('invite.ended.second-request.title');
  late.release();
  for (const phone of [b, c]) {
    await phone.at('join.title');
    assert.equal(await phone.button('pair.same').count(), 0);
  }
  await a.go('us');
  await a.sees('us.alone.title');
});

scene('words that are not the same on both phones end it, and nothing was shared', async (stage) => {
  const [a, b] = await comparing(stage);
  await b.tap('pair.different');
  await b.sees('join.ended.different-words');
  await a.at('invite.ended.different-words.title');
  await a.go('us');
  await a.sees('us.alone.title');
});

scene('who has said “same words” and waits can still decline: it says what went out, and the inviter is told', async (stage) => {
  const [a, b] = await comparing(stage);
  await b.tap('pair.same');
  await b.at('pair.waiting.title');
  await b.tap('join.decline');
  await b.sees('join.ended.declined.answered');
  await a.at('invite.ended.declined.title');
  await a.go('us');
  await a.sees('us.alone.title');
});

scene('who invited withdraws while the words are compared, and the other, who has said that they are the same, is told at once', async (stage) => {
  const [a, b] = await comparing(stage);
  await b.tap('pair.same');
  await b.at('pair.waiting.title');
  await a.tap('invite.cancel');
  await a.page.getByRole('dialog').getByRole('button', { name: t('invite.cancel') }).click();
  await a.at('invite.ended.cancelled.title');
  await b.sees('join.ended.refused');
});
