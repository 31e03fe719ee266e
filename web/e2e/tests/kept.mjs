// What earlier versions wrote opens in this one, and goes on.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { step } from '../world/listening.mjs';
import { launch_in, Phone } from '../world/phone.mjs';
import { Relay, root } from '../world/relay.mjs';
import { scene } from '../world/scene.mjs';
import { Terminal } from '../world/terminal.mjs';
import { t } from '../world/texts.mjs';

const archives = join(root, 'tests/kept');

for (const archive of readdirSync(archives).filter((file) => file.endsWith('.tar.gz'))) {
  scene(`${archive}: a relay, a browser and a terminal of an earlier version open, and go on`, async (stage) => {
    const folder = mkdtempSync(join(tmpdir(), 'attune-kept-'));
    stage.endings.push(() => rmSync(folder, { recursive: true, force: true }));
    execFileSync('tar', ['-xzf', join(archives, archive), '-C', folder]);
    const about = JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8'));
    const { port, question, thanks = ['You kept my plants alive', 'You fixed the printer without a word'], devices = [], left = [], listened } = about;

    // Where it lived is part of what a browser keeps things by.
    const relay = new Relay(port, []);
    stage.endings.push(() => relay.remove());
    cpSync(join(folder, 'relay'), relay.data, { recursive: true });
    await relay.run();
    const ben = new Terminal();
    stage.endings.push(() => ben.remove());
    cpSync(join(folder, 'home'), ben.home, { recursive: true });
    const { context } = await launch_in(join(folder, 'profile'));
    stage.endings.push(() => context.close());
    const ada = new Phone(context, relay.address);
    stage.phones.ada = ada;
    await ada.open();
    await ada.on_today();
    ada.partner = 'Ben';

    // Everything is there, on both sides.
    await ada.thanks();
    for (const did of ['You fixed the printer without a word', 'You left the light on for me']) await ada.reads(did);
    await ada.open_question(question);
    await ada.tap('openup.ready.go');
    for (const answer of ['The harbour at six', 'The bakery stairs']) await ada.reads(answer);
    const before = await ben.view('cherish');
    assert.deepEqual(before.thanks.map((one) => one.did), thanks);
    const openup = await ben.view('openup');
    assert.equal(openup.questions[0].theirs, 'The harbour at six');

    if (devices.length > 0) {
      await ada.go('you');
      await ada.tap('you.devices');
      for (const name of devices) await ada.reads(name);
    }
    if (left.length > 0) {
      await ada.go('you');
      await ada.tap('you.mend');
      for (const did of left) await ada.reads(did);
    }

    if (listened) {
      await ada.room('listen');
      await ada.reads(listened.idea);
      await ada.page.getByRole('button').filter({ hasText: listened.thanks[1] }).click();
      for (const words of [...listened.thanks, ...listened.pieces]) await ada.reads(words);
      await ada.page.getByRole('radio', { name: t('listen.felt.name', { n: listened.felt, total: 7 }), checked: true }).waitFor();
      const { held } = await ben.view('listen');
      assert.equal(held[0].understood, null, 'that is hers alone');
      for (const text of listened.pieces) assert.ok(held[0].pieces.some((piece) => piece.text === text), text);
      // One is open, in a time-out: it goes on where it stopped.
      await ben.run('listen', 'ready');
      await ada.go('today');
      await ada.room('listen');
      await ada.at('listen.now.other-ready');
      await ada.tap('listen.ready');
      await ada.at('listen.room.spoken.theirs.again.title');
      await ben.run('listen', 'say-back');
      await step.heard(ada, 'yes');
      await ada.at('listen.room.more.mine.title');
      await ben.run('listen', 'stop');
      await ada.at('listen.held.stopped');
    }

    // And it goes on, there and back.
    await ada.thank({ did: 'You are still here' });
    const cherish = await ben.until('cherish', (view) => view.thanks.length === thanks.length + 1);
    await ben.run('open', cherish.thanks[0].item);
    await ben.until('cherish', (view) => view.thanks[0].did === 'You are still here');
    await ben.run('thank', '--did', 'So are you');
    await ada.open_thanks();
    await ada.reads('So are you');
    await ada.safe();
  });
}
