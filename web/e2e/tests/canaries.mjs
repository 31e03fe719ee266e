// Marked texts in every field of a couple's life. Afterwards none is with the relay: not in its files, its backup, its
// log, its memory, nor on the wire; nor with a push service, sealed or opened. And nothing that one kept private is with
// the other. The same search finds each mark with the person it belongs to.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accept, approve, follow, invite } from '../world/couple.mjs';
import { accept_as_mine, add_device, compared } from '../world/devices.mjs';
import { found_in, found_in_family, found_in_files, found_in_memory, mark } from '../world/marks.mjs';
import { agree, ask, press, step } from '../world/listening.mjs';
import { list_effort, note_how, seal_letter } from '../world/everyday.mjs';
import { launch_in, Phone } from '../world/phone.mjs';
import { free_port, Relay } from '../world/relay.mjs';
import { t } from '../world/texts.mjs';
import { Asleep, calls_here, PushService, reachable, switch_on } from '../world/push.mjs';
import { Wire } from '../world/wire.mjs';

test('no marked text is with the relay, and nothing private is with the partner', { timeout: 240_000 }, async () => {
  const endings = [];
  const port = await free_port();
  const relay = await Relay.start(['--origins', `http://localhost:${port}`, ...calls_here]);
  endings.push(() => relay.remove());
  try {
    const wire = await Wire.before(relay, port);
    endings.push(() => wire.close());
    const service = await PushService.start(endings);
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
    const of_ben = await reachable(b, service, 'ben');
    const notified = [];
    /** Away while something is done that calls them: what the service was told, and what the phone shows. */
    const away = async (phone, called, doing) => {
      const asleep = await Asleep.of(phone);
      await doing();
      const call = called.open((await service.call_of(called)).body);
      await asleep.hears(call);
      notified.push(call, Buffer.from(JSON.stringify(await asleep.shown())));
      await phone.open(await asleep.tap());
      await phone.on_today();
    };
    const private_of_a = [];
    const private_of_b = [];
    const shared = [];
    const private_mark = (of) => (private_of_a.push(mark(of)), private_of_a.at(-1));
    const private_mark_of_b = (of) => (private_of_b.push(mark(of)), private_of_b.at(-1));
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
    await a.tap('devices.phone');
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
    await b.tap('pair.done.go');
    await switch_on(b);
    await a.write_thanks({ did: shared_mark('did'), says: shared_mark('says'), felt: shared_mark('felt') });
    await away(b, of_ben, () => a.tap('thanks.send'));
    await b.open_thanks();
    await b.tap('thanks.answer.words');
    await b.write('thanks.answer.words.label', shared_mark('echo'));
    await b.tap('thanks.answer.send');
    await a.go('today');
    await a.tap('today.new.answered');
    await a.tap('thanks.edit');
    await a.write('thanks.step.did', shared_mark('edited'));
    await a.write('thanks.step.felt', shared_mark('edited-felt'));
    await a.tap('thanks.edit.save');
    await b.go('today');
    await b.button('today.new.edited').waitFor();

    // The small things: what she keeps for herself.
    await note_how(a, private_mark('feeling'));
    await list_effort(a, private_mark('effort'));
    await seal_letter(a, private_mark('held-letter'), 'me');
    await a.go('today');

    // In writing: what it was to be about and did not come to, and every word of a session that is let go.
    const let_go = [];
    const passing_mark = (of) => (let_go.push(mark(of)), let_go.at(-1));
    await ask(a, { how: 'typed', topic: passing_mark('topic') });
    const not_come_to = [...let_go];
    await b.go('today');
    await b.tap('listen.now.asked-now');
    await b.tap('listen.decline');
    await ask(a, { how: 'typed', topic: passing_mark('agreed'), gate: false });
    await agree(b);
    await a.at('listen.now.other-ready');
    await a.tap('listen.ready');
    for (const [speaker, listener] of [[a, b], [b, a]]) {
      await step.piece(speaker, passing_mark('piece'));
      await step.back_typed(listener, passing_mark('back'));
      for (const what of ['yes', 'all']) await press(speaker, `listen.room.do.${what}`);
      for (const field of ['sense', 'feeling']) {
        await listener.write(`listen.room.field.${field}`, passing_mark(field));
        await press(listener, 'listen.room.do.tell');
      }
      await press(speaker, 'listen.room.do.right');
    }
    const thanked = [a, b].map(() => shared_mark('thanked'));
    for (const [who, phone] of [a, b].entries()) await step.thank(phone, thanked[who]);
    await press(a, 'listen.room.do.let-go'); // one no is enough
    for (const phone of [a, b]) await phone.at('listen.held.title');
    await b.go('today');

    // Taken back before it was opened.
    const taken_back = shared_mark('taken-back');
    await a.thank({ did: taken_back });
    const envelope = b.button('today.awaits.thanks').filter({ hasText: t('today.awaits.thanks.detail') });
    await envelope.waitFor();
    await a.letter(taken_back);
    await a.tap('thanks.take-back');
    await a.page.getByRole('dialog').getByRole('button', { name: t('thanks.take-back'), exact: true }).click();
    await envelope.waitFor({ state: 'detached' });

    // What the other keeps to himself.
    await b.write_thanks({ did: private_mark_of_b('jar-did'), felt: private_mark_of_b('jar-felt') });
    await b.tap('thanks.keep-jar');
    await b.reads(private_of_b[0]);

    // A second device of hers. What is written there is hers alone, too; then she is back on the first.
    const tablet = await person();
    const of_tablet = await reachable(tablet.phone, service, 'tablet');
    const at_the_tablet = private_mark('tablet');
    await a.safe();
    const device_link = await add_device(a);
    await follow(tablet.phone, device_link);
    await accept_as_mine(tablet.phone, at_the_tablet);
    await compared(a, tablet.phone);
    await a.tap('pair.same');
    await tablet.phone.tap('pair.same');
    await tablet.phone.on_today();
    tablet.phone.partner = names.b;
    await tablet.phone.write_thanks({ did: private_mark('kept-there') });
    await tablet.phone.tap('thanks.keep-jar');
    await tablet.phone.safe();
    await switch_on(tablet.phone);

    const question = await a.offer_question();
    await a.open_question(question);
    await a.seal(shared_mark('sealed-a'));
    await b.go('today');
    await b.tap('today.awaits.question.by-other');
    await b.write('openup.answer.label', shared_mark('sealed-b'));
    await away(tablet.phone, of_tablet, () => b.tap('openup.answer.seal'));
    for (const phone of [a, b]) {
      await phone.go('today');
      await phone.tap('openup.ready.title');
      await phone.tap('openup.ready.go');
    }
    // One that stays sealed: nobody but its author has it.
    const second = await a.offer_question();
    await a.open_question(second);
    await a.seal(private_mark('still-sealed'));
    // And its answer, written and not sealed.
    await b.go('today');
    await b.tap('today.awaits.question.by-other');
    await b.write('openup.answer.label', private_mark_of_b('unsealed'));
    await b.sees('common.draft-kept');
    await a.page.reload();
    await b.page.reload();
    await a.safe();
    await b.safe();

    const all = [...private_of_a, ...private_of_b, ...shared, ...let_go];
    const backup = await relay.back_up();
    assert.deepEqual(found_in_files(backup, all), [], 'in a backup of the relay');
    assert.deepEqual(found_in_files(backup, [of_ben.path]), [of_ben.path], 'the backup was read');
    assert.deepEqual(found_in_memory(relay.pid, all), [], 'in the memory of the relay');
    assert.deepEqual(found_in_files(relay.folder, all), [], 'in the files of the relay');
    assert.deepEqual(found_in(Buffer.from(relay.log), all), [], 'in the log of the relay');
    assert.deepEqual(found_in(wire.said, all), [], 'on the wire');
    assert.deepEqual(found_in(service.said, all), [], 'with the push service, as it got it');
    assert.deepEqual(found_in(Buffer.concat(notified), all), [], 'in what was called or shown, opened');
    assert.deepEqual(found_in(service.said, [of_ben.path, of_tablet.path]), [of_ben.path, of_tablet.path], 'the push service was listened to');
    const secrets = [link, device_link].map((one) => new URL(one).hash.split('.')[1]);
    assert.deepEqual(found_in(wire.said, secrets), [], 'the secret of an invitation on the wire');
    assert.deepEqual(found_in_files(relay.folder, secrets), []);
    // And of each of the two: what one keeps is not with the other, and the same search finds it with its owner.
    await a.thanks();
    await a.reads(private_of_a[0]);
    await a.room('openup');
    await a.room('listen');
    await a.page.getByRole('button').filter({ hasText: thanked[1] }).click();
    await a.reads(thanked[0]);
    await b.thanks();
    await b.reads(private_of_b[0]);
    const address = new URL(wire.address).host;
    for (const [who, own, of_the_other] of [
      [ada, [...private_of_a, ...shared], private_of_b],
      [ben, private_of_b, [...private_of_a, ...not_come_to]],
    ]) {
      const in_memory = new Set(found_in_family(who.pid, [...own, ...of_the_other]));
      assert.deepEqual(of_the_other.filter((text) => in_memory.has(text)), [], 'in the memory of the partner’s browser');
      const missed = own.filter((text) => !in_memory.has(text) && !text.startsWith('canary-message'));
      assert.deepEqual(missed, [], 'not found with their owner');
      // A profile is locked; that its files were read is seen by a mark that is laid there, and by its server's address.
      const laid = mark('laid');
      writeFileSync(join(who.folder, 'Default', 'laid'), `…${laid}…`);
      assert.deepEqual(found_in_files(who.folder, [...of_the_other, ...let_go, taken_back, laid]), [laid], 'in the partner’s storage');
      assert.deepEqual(found_in_files(who.folder, [address]), [address], 'the storage of the browser was read');
    }
    assert.deepEqual(found_in(wire.said, [address]), [address], 'the wire was listened to');
    for (const phone of [a, b]) phone.assert_clean();
  } finally {
    for (const end of endings.reverse()) await Promise.resolve().then(end).catch(() => {});
  }
});
