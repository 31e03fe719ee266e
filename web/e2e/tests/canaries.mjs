// Marked texts in every field of a couple's life. Afterwards none is with the relay: not in its files, its log, its
// memory, nor on the wire. And nothing that one kept private is with the other. The same search finds each mark with
// the person it belongs to.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accept, approve, follow, invite } from '../world/couple.mjs';
import { family, found_in, found_in_files, found_in_memory, mark } from '../world/marks.mjs';
import { launch_in, Phone } from '../world/phone.mjs';
import { free_port, Relay } from '../world/relay.mjs';
import { Wire } from '../world/wire.mjs';

test('no marked text is with the relay, and nothing private is with the partner', { timeout: 240_000 }, async () => {
  const endings = [];
  const port = await free_port();
  const relay = await Relay.start(['--origins', `http://localhost:${port}`]);
  endings.push(() => relay.remove());
  try {
    const wire = await Wire.before(relay, port);
    endings.push(() => wire.close());
    const person = async () => {
      const folder = mkdtempSync(join(tmpdir(), 'attune-profile-'));
      const { context, pid } = await launch_in(folder);
      endings.push(async () => {
        await context.close();
        rmSync(folder, { recursive: true, force: true });
      });
      const phone = new Phone(context, wire.address);
      await phone.open();
      return { phone, folder, pid };
    };
    const ada = await person();
    const ben = await person();
    const [a, b] = [ada.phone, ben.phone];
    const private_of_a = [];
    const shared = [];
    const private_mark = (of) => (private_of_a.push(mark(of)), private_of_a.at(-1));
    const shared_mark = (of) => (shared.push(mark(of)), shared.at(-1));

    // Alone.
    const names = { a: shared_mark('name-a'), b: shared_mark('name-b') };
    await a.start(names.a);
    await a.write_thanks({ did: private_mark('kept-did'), says: private_mark('kept-says'), felt: private_mark('kept-felt') });
    await a.tap('thanks.keep-later');
    await a.go('today');
    await a.tap('today.first.question.title');
    await a.write('question.answer.label', private_mark('own-answer'));
    await a.tap('question.keep');
    await a.go('you');
    await a.tap('you.devices');
    await a.tap('devices.rename');
    await a.page.getByRole('dialog').getByRole('textbox').fill(private_mark('device'));
    await a.tap('common.save');
    await a.write_thanks({ did: private_mark('draft') });
    await a.sees('common.draft-kept');

    // Two.
    const link = await invite(a);
    await a.write('invite.message.first', private_mark('message'));
    await follow(b, link);
    await accept(b, names.b);
    await approve(a, b, names);
    await a.tap('common.later');
    await b.tap('common.today');
    await a.write_thanks({ did: shared_mark('did'), says: shared_mark('says'), felt: shared_mark('felt') });
    await a.tap('thanks.send');
    await b.open_thanks();
    await b.tap('thanks.answer.words');
    await b.write('thanks.answer.words.label', shared_mark('echo'));
    await b.tap('thanks.answer.send');
    await a.go('today');
    await a.tap('today.new.answered');
    await a.tap('thanks.edit');
    await a.write('thanks.step.did', shared_mark('edited'));
    await a.tap('thanks.edit.save');
    await b.go('today');
    await b.button('today.new.edited').waitFor();

    const question = await a.offer_question();
    await a.open_question(question);
    await a.seal(shared_mark('sealed-a'));
    await b.go('today');
    await b.tap('today.awaits.question.by-other');
    await b.write('openup.answer.label', shared_mark('sealed-b'));
    await b.tap('openup.answer.seal');
    for (const phone of [a, b]) {
      await phone.go('today');
      await phone.tap('openup.ready.title');
      await phone.tap('openup.ready.go');
    }
    // One that stays sealed: nobody but its author has it.
    const second = await a.offer_question();
    await a.open_question(second);
    await a.seal(private_mark('still-sealed'));
    await a.page.reload();
    await b.page.reload();
    await a.safe();
    await b.safe();

    const all = [...private_of_a, ...shared];
    assert.deepEqual(found_in_memory(relay.pid, all), [], 'in the memory of the relay');
    assert.deepEqual(found_in_files(relay.folder, all), [], 'in the files of the relay');
    assert.deepEqual(found_in(Buffer.from(relay.log), all), [], 'in the log of the relay');
    assert.deepEqual(found_in(wire.said, all), [], 'on the wire');
    const secret = new URL(link).hash.split('.')[1];
    assert.deepEqual(found_in(wire.said, [secret]), [], 'the secret of the invitation on the wire');
    assert.deepEqual(found_in_files(relay.folder, [secret]), []);
    assert.deepEqual(found_in_files(ben.folder, private_of_a), [], 'in the partner’s storage');
    const with_ben = family(ben.pid).flatMap((pid) => found_in_memory(pid, private_of_a));
    assert.deepEqual(with_ben, [], 'in the memory of the partner’s browser');

    // The same search is able to find.
    await a.room('cherish');
    await a.reads(private_of_a[0]);
    await a.room('openup');
    const with_ada = new Set(family(ada.pid).flatMap((pid) => found_in_memory(pid, all)));
    const missed = all.filter((text) => !with_ada.has(text) && !text.startsWith('canary-message'));
    assert.deepEqual(missed, [], 'not found with their owner');
    assert.deepEqual(found_in(wire.said, [new URL(wire.address).host]), [new URL(wire.address).host], 'the wire was listened to');
  } finally {
    for (const end of endings.reverse()) await Promise.resolve().then(end).catch(() => {});
  }
});
