// Being called: the relay, a push service, and a service worker without a page of Attune.
import assert from 'node:assert/strict';
import { pair } from '../world/couple.mjs';
import { let_in } from '../world/devices.mjs';
import { Asleep, call_times, calls_here, PushService, reachable, subscriptions, switch_on, the_switch, the_time_comes, to_notifications, until_call_times, until_called_at, until_subscribed } from '../world/push.mjs';
import { scene } from '../world/scene.mjs';
import { sentences, t } from '../world/texts.mjs';

const here = { relay: calls_here };
const kCall = Buffer.from('wake up');
const kNeutral = { body: '', tag: 'attune', data: null };

/** A couple; the browser of b can be called, once its owner wants it. */
async function two_with_one_to_be_called(stage) {
  const service = await PushService.start(stage.endings);
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  return { service, a, b, called: await reachable(b, service, 'b') };
}

scene('who is away is called, without a word of what it is; a tap opens Attune, where it is', async (stage) => {
  const { service, a, b, called } = await two_with_one_to_be_called(stage);
  await switch_on(b);
  const asleep = await Asleep.of(b);

  await a.thank({ did: 'You carried the piano' });
  const { method, headers, body } = await service.call_of(called);
  assert.equal(method, 'POST');
  assert.equal(headers['content-encoding'], 'aes128gcm');
  assert.deepEqual([headers.topic, headers.urgency, headers.ttl], ['attune', 'normal', '86400']);
  assert.match(headers.authorization, new RegExp(`k=${called.asked_with[0]}`), 'by the key that the browser subscribed with');
  const call = called.open(body);
  assert.deepEqual(call, kCall);

  await asleep.hears(call);
  assert.deepEqual(await asleep.shown(), [{ title: t('notify.says.item'), silent: false, ...kNeutral }]);
  await asleep.hears(call); // it never stacks
  assert.equal((await asleep.shown()).length, 1);
  assert.deepEqual(await asleep.badges(), [[], []], 'a dot, no number');

  assert.equal(await asleep.tap(), '/');
  assert.deepEqual(await asleep.shown(), []);
  await b.open('/');
  await b.open_thanks();
  await b.reads('You carried the piano');
  assert.equal(await b.page.evaluate(() => globalThis.badge_cleared), true, 'the dot is taken away');
}, here);

scene('while it is quiet there is no sound, and the words are those that were chosen', async (stage) => {
  const { a, b } = await two_with_one_to_be_called(stage);
  await switch_on(b);
  const rest = async (key) => {
    await b.tap('notify.quiet');
    await b.page.getByRole('radio', { name: t(key), exact: true }).check();
    await b.page.keyboard.press('Escape');
  };
  const heard = async () => {
    const asleep = await Asleep.of(b);
    await asleep.hears(kCall);
    const [{ title, silent }] = await asleep.shown();
    // Opening Attune takes it away, without a tap on it.
    await b.open('/');
    await b.page.waitForFunction(() => navigator.serviceWorker.ready.then((registration) => registration.getNotifications()).then((all) => all.length === 0));
    await to_notifications(b);
    return { title, silent };
  };

  await rest('notify.quiet.week');
  await b.page.getByRole('radio', { name: t('notify.says.look'), exact: true }).check();
  assert.deepEqual(await heard(), { title: t('notify.says.look'), silent: true });
  await rest('notify.quiet.no');
  assert.deepEqual(await heard(), { title: t('notify.says.look'), silent: false });

  // Quiet hours that now lies in, over midnight or not.
  const at = (minutes) => b.page.evaluate((minutes) => new Date(Date.now() + minutes * 60_000).toTimeString().slice(0, 5), minutes);
  await b.page.getByRole('switch', { name: t('notify.hours'), exact: true }).click();
  await b.write('notify.hours.from', await at(-120));
  await b.write('notify.hours.to', await at(120));
  assert.deepEqual(await heard(), { title: t('notify.says.look'), silent: true });
  await b.write('notify.hours.to', await at(-60));
  assert.deepEqual(await heard(), { title: t('notify.says.look'), silent: false });
}, here);

scene('each of one’s devices is called, by its own key, and none for what one wrote oneself', async (stage) => {
  const service = await PushService.start(stage.endings);
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  const tablet = await stage.phone('tablet');
  await pair(a, b);
  await let_in(b, tablet, 'Tablet');
  const [of_a, of_b, of_tablet] = [await reachable(a, service, 'a'), await reachable(b, service, 'b'), await reachable(tablet, service, 'tablet')];
  for (const phone of [a, b, tablet]) await switch_on(phone);
  await Asleep.of(tablet);
  await Asleep.of(a);
  await b.thank({ did: 'You kept the seat' });
  const own = await service.call_of(of_a);
  assert.deepEqual(of_a.open(own.body), kCall);

  await Asleep.of(b);
  await a.open('/');
  await a.thank({ did: 'You waited at the station' });
  for (const called of [of_b, of_tablet]) {
    const { body } = await service.call_of(called);
    assert.deepEqual(called.open(body), kCall);
  }
  assert.deepEqual(service.calls.map(({ path }) => path).sort(), [of_a, of_b, of_tablet].map(({ path }) => path).sort(), 'once each');
}, here);

scene('switched off, a device is called no more, and its sister is', async (stage) => {
  const service = await PushService.start(stage.endings);
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  const tablet = await stage.phone('tablet');
  await pair(a, b);
  await let_in(b, tablet, 'Tablet');
  const [of_b, of_tablet] = [await reachable(b, service, 'b'), await reachable(tablet, service, 'tablet')];
  for (const phone of [b, tablet]) await switch_on(phone);
  await until_subscribed(stage.the_relay, 2);
  await the_switch(b).click();
  await b.sees('notify.off');
  await until_subscribed(stage.the_relay, 1);
  for (const phone of [b, tablet]) await Asleep.of(phone);
  await a.thank({ did: 'You closed the window' });
  await service.call_of(of_tablet);
  assert.deepEqual(service.calls_of(of_b), []);
}, here);

scene('a browser that was told no says so, and what was allowed and then forbidden ends at the relay, too', async (stage) => {
  const service = await PushService.start(stage.endings);
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  // Without anybody to ask, this browser's answer is no.
  await to_notifications(a);
  await the_switch(a).and(a.page.locator(':not([aria-disabled])')).click();
  await a.sees('notify.denied.do');
  assert.equal(await the_switch(a).count(), 0);

  await reachable(b, service, 'b');
  await switch_on(b);
  await until_subscribed(stage.the_relay, 1);
  await b.context.clearPermissions();
  await b.page.reload();
  await b.sees('notify.off');
  await until_subscribed(stage.the_relay, 0);
}, here);

scene('a subscription that has ended is ended at the relay, and made anew when Attune is opened', async (stage) => {
  const { service, a, b, called } = await two_with_one_to_be_called(stage);
  await switch_on(b);
  await until_subscribed(stage.the_relay, 1);
  service.answer(called, 410);
  await Asleep.of(b);
  await a.thank({ did: 'You found the key' });
  await service.call_of(called);
  await until_subscribed(stage.the_relay, 0);

  called.move();
  await b.open('/');
  await b.on_today();
  await until_called_at(stage.the_relay, called);
  await Asleep.of(b);
  await a.thank({ did: 'You kept it' });
  const { body } = await service.call_of(called);
  assert.deepEqual(called.open(body), kCall);
}, here);

scene('a reminder that is to call tells the relay a time and no more, calls like anything else, and is on Today', async (stage) => {
  const { service, b, called } = await two_with_one_to_be_called(stage);
  const to_reminders = async () => {
    await b.go('you');
    await b.tap('remind.title');
    await b.button('remind.make.here').waitFor();
  };
  const with_a_call = b.page.getByRole('switch', { name: t('remind.call'), exact: true });

  // Without notifications there is no call, and the way leads to them.
  await to_reminders();
  await b.sees('remind.call.off');
  assert.equal(await with_a_call.count(), 0);
  await switch_on(b);
  await to_reminders();
  assert.equal(await with_a_call.getAttribute('aria-checked'), 'false', 'off until it is chosen');
  await b.tap('remind.make.here');
  await b.sees('remind.made.here');
  await with_a_call.click();
  await b.write('remind.time', '21:00');
  await b.reads(/“wake this device at 21:00” and so learns that time/);
  await b.tap('remind.make.here');
  await b.sees('remind.made.call');
  await until_call_times(stage.the_relay, 1);
  const [time] = call_times(stage.the_relay);
  const tomorrow = await b.page.evaluate(() => new Date(new Date().setDate(new Date().getDate() + 1)).setHours(21, 0, 0, 0));
  assert.equal(time * 1000, tomorrow);

  const asleep = await Asleep.of(b);
  the_time_comes(stage.the_relay);
  const { body } = await service.call_of(called);
  const call = called.open(body);
  assert.deepEqual(call, kCall, 'a call like any other');
  await asleep.hears(call);
  assert.deepEqual(await asleep.shown(), [{ title: t('notify.says.item'), silent: false, ...kNeutral }]);
  await until_call_times(stage.the_relay, 0);
  await b.open('/');
  await b.page.clock.setFixedTime(tomorrow + 60_000);
  await b.page.reload();
  await b.sees('remind.due.thank');
}, here);

scene('the times of a reminder are taken back when it goes, and when the device is called no more', async (stage) => {
  const { b } = await two_with_one_to_be_called(stage);
  await switch_on(b);
  const with_a_call = (within) => within.getByRole('switch', { name: t('remind.call'), exact: true });
  const daily = async () => {
    await b.go('you');
    await b.tap('remind.title');
    await b.tap('remind.every.day');
    await with_a_call(b.page.getByRole('main')).click();
    await b.tap('remind.make.here');
    await until_call_times(stage.the_relay, 16);
  };
  await daily();
  await b.page.getByRole('main').getByRole('listitem').getByRole('button', { name: t('remind.for.thank') }).click();
  const sheet = b.page.getByRole('dialog');
  await with_a_call(sheet).click();
  await until_call_times(stage.the_relay, 0);
  await with_a_call(sheet).click();
  await until_call_times(stage.the_relay, 16);
  await b.tap('remind.remove');
  await until_call_times(stage.the_relay, 0);

  await daily();
  await to_notifications(b);
  await the_switch(b).click();
  await b.sees('notify.off');
  await until_subscribed(stage.the_relay, 0);
  await until_call_times(stage.the_relay, 0);
}, here);

scene('it is offered once, after something good, and asks the browser nothing by itself', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await a.page.addInitScript(() => {
    globalThis.asked = 0;
    const ask = Notification.requestPermission.bind(Notification);
    Notification.requestPermission = () => ((globalThis.asked += 1), ask());
  });
  await a.page.reload();
  await pair(a, b);
  await a.go('today');
  await a.sees('today.suggest.go');
  assert.equal(await a.text('notify.offer').count(), 0);
  await a.thank({ did: 'You laughed first' });
  await a.safe();
  await a.sees('notify.offer');
  await a.page.getByRole('main').locator('.notice', { hasText: t('notify.offer') }).getByRole('button', { name: t('common.close') }).click();
  await a.text('notify.offer').waitFor({ state: 'detached' });
  await a.page.reload();
  await a.on_today();
  await a.sees('today.suggest.go');
  assert.equal(await a.text('notify.offer').count(), 0);
  assert.equal(await a.page.evaluate(() => globalThis.asked), 0);
  assert.equal(subscriptions(stage.the_relay), 0);
});

scene('a relay that wakes nobody says so', async (stage) => {
  const a = await stage.phone('a');
  const b = await stage.phone('b');
  await pair(a, b);
  await to_notifications(a);
  await a.reads(sentences('push-off').what);
  assert.equal(await the_switch(a).count(), 0);
}, { relay: ['--push', 'off'] });
