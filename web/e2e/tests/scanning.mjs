// One phone's camera before the other phone's screen.
import { Camera } from '../world/camera.mjs';
import { accept, approve, invite, pair } from '../world/couple.mjs';
import { launch } from '../world/phone.mjs';
import { scene } from '../world/scene.mjs';
import { t, what } from '../world/texts.mjs';

scene('an invitation is taken up by scanning the code on the other screen', async (stage) => {
  const camera = await Camera.of(stage);
  const a = await stage.phone('a');
  const b = await stage.phone('b', { browser: camera.browser });
  await a.start('Ada');
  await invite(a);
  await camera.hold_before(a, t('invite.qr.label'));
  await b.tap('doors.invited');
  await b.tap('join.scan');
  await accept(b, 'Ben');
  await approve(a, b, { a: 'Ada', b: 'Ben' });
});

scene('two phones are in step when one has scanned the code of the other', async (stage) => {
  const camera = await Camera.of(stage);
  const a = await stage.phone('a');
  const b = await stage.phone('b', { browser: camera.browser });
  await pair(a, b);
  for (const phone of [a, b]) {
    await phone.safe();
    await phone.go('us');
    await phone.tap('us.step');
    await phone.at('step.title');
  }
  await camera.hold_before(a, t('step.code.label'));
  await b.tap('step.scan');
  await b.sees('step.same.title');
});

scene('a code that is no invitation says so, and nothing has begun', async (stage) => {
  const camera = await Camera.of(stage);
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  const c = await stage.phone('c', { browser: camera.browser });
  await pair(a, b);
  await a.go('us');
  await a.tap('us.step');
  await camera.hold_before(a, t('step.code.label'));
  await c.tap('doors.invited');
  await c.tap('join.scan');
  await c.sees('join.ended.not-a-link');
  await c.field('join.link.label').waitFor();
});

scene('who does not give the camera is told so in a sentence, and pastes the link instead', async (stage) => {
  const browser = await launch(['--use-fake-device-for-media-stream', '--deny-permission-prompts']);
  stage.endings.push(() => browser.close());
  const a = await stage.phone('a');
  const b = await stage.phone('b', { browser });
  await a.start('Ada');
  const link = await invite(a);
  await b.tap('doors.invited');
  await b.tap('join.scan');
  await b.reads(what('camera-unavailable'));
  await b.tap('join.paste-instead');
  await b.write('join.link.label', link);
  await b.tap('join.go');
  await b.at('join.look.title');
});
