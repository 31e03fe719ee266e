// One person's browser: what they see and tap, by role and by the words on the screen.
import assert from 'node:assert/strict';
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { patience } from './patience.mjs';
import { called, t } from './texts.mjs';

const arguments_ = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const no_network = /ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)|WebSocket connection/;
/** The two screens everything is looked at on. */
export const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

export const launch = (more = []) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...arguments_, ...more] });

/** A browser of one person alone, its profile in a folder; answers with its process, too. */
export async function launch_in(folder) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: arguments_, viewport: sizes.phone, reducedMotion: 'reduce', locale: 'en-GB',
  });
  const lock = readlinkSync(join(folder, 'SingletonLock')); // host-pid
  return { context, pid: Number(lock.slice(lock.lastIndexOf('-') + 1)) };
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A name that is this text, or begins with it (a row's name goes on with its second line). */
export const begins = (text) => new RegExp(`^\\s*${escaped(text)}(\\s|$)`);

export class Phone {
  partner = null;
  faults = [];
  foreign = [];
  sockets = []; // addresses of the WebSockets that were opened, those of workers among them

  /** `options` are those of a Playwright context; `relay`: where it may connect to, if the app comes from elsewhere. */
  static async take(browser, origin, options = {}, relay = origin) {
    const context = await browser.newContext({ viewport: sizes.phone, reducedMotion: 'reduce', locale: 'en-GB', ...options });
    const phone = new Phone(context, origin, relay);
    await phone.open();
    return phone;
  }

  constructor(context, origin, relay = origin) {
    this.context = context;
    this.origin = origin;
    context.setDefaultTimeout(patience);
    context.on('page', (page) => {
      page.on('websocket', (socket) => {
        this.sockets.push(socket.url());
        if (new URL(socket.url()).origin !== relay.replace(/^http/, 'ws')) this.foreign.push(socket.url());
      });
    });
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.origin !== origin) this.foreign.push(request.url());
    });
    context.on('weberror', (error) => this.faults.push(String(error.error())));
    context.on('console', (message) => {
      // A browser says for every request that it is offline, or that a server was killed; that is no fault of ours.
      if (message.type() === 'error' && !no_network.test(message.text())) this.faults.push(message.text());
    });
  }

  /** A tab more; the newest is the one that is looked at. */
  async open(path = '/') {
    this.page = await this.context.newPage();
    await this.page.goto(this.origin + path);
    return this.page;
  }

  get other() {
    return called(this.partner);
  }

  // ---- what stands there

  text(key, params) {
    return this.page.getByText(t(key, { ...this.other, ...params })).filter({ visible: true }).first();
  }
  async sees(key, params) {
    await this.text(key, params).waitFor();
  }
  async reads(words) {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor();
  }
  async reads_nothing_of(words) {
    assert.equal(await this.page.getByText(words).count(), 0, `"${words}" is on the screen`);
  }
  title(key, params) {
    return this.page.getByRole('heading', { level: 1, name: t(key, { ...this.other, ...params }), exact: true });
  }
  async at(key, params) {
    await this.title(key, params).waitFor();
  }
  async at_prompt(question) {
    await this.page.getByRole('heading', { level: 1, name: question, exact: true }).waitFor();
  }
  button(key, params) {
    return this.page.getByRole('button', { name: begins(t(key, { ...this.other, ...params })) }).filter({ visible: true });
  }
  field(key) {
    return this.page.getByLabel(t(key), { exact: true });
  }

  // ---- what they do

  async tap(key, params) {
    await this.button(key, params).first().click();
    await this.arrived();
  }
  /** What a tap leads to stands there in the second frame behind it (src/app/paint.ts); a person sees it before they go on. */
  async arrived() {
    try {
      await this.page.evaluate(() => document.visibilityState !== 'visible' || new Promise((run) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(run)))));
    } catch (gone) {
      if (!/context was destroyed|has been closed|navigat/i.test(String(gone))) throw gone; // it led out of the page
    }
  }
  async write(key, words) {
    await this.field(key).fill(words);
  }

  /** The four places of the bar; from anywhere inside, by going back first. */
  async go(place) {
    const tab = this.page.getByRole('navigation', { name: t('nav.label') }).getByRole('button', { name: t(`nav.${place}`) });
    const back = this.page.getByRole('banner').getByRole('button', { name: t('common.back'), exact: true });
    for (;;) {
      // Read before looking: a screen that goes by itself between the two must count as having moved.
      const before = await this.page.evaluate(() => JSON.stringify(history.state));
      await tab.or(back).first().waitFor();
      if (await tab.isVisible()) break;
      // A screen may go by itself once it is done. A click that waits for its button would then hit a later one; and
      // where the button has gone without a move, there is nothing to wait for but the screen that took its place. It
      // may go after it was found, too: a button that has left the page hears no click.
      const clicked = await back.evaluateAll(([button]) => {
        if (!button?.isConnected) return false;
        button.click();
        return true;
      });
      if (clicked) await this.page.waitForFunction((state) => JSON.stringify(history.state) !== state, before);
    }
    await tab.click();
    await this.page.getByRole('button', { name: t(`nav.${place}`) }).and(this.page.locator('[aria-current=page]')).first().waitFor();
    await this.arrived();
  }
  async room(practice) {
    await this.go('practices');
    await this.tap(`practices.${practice}`);
  }

  // ---- the start, alone

  async start(name = '') {
    await this.tap('doors.start');
    if (name) await this.write('start.name.label', name);
    await this.tap('start.go');
    await this.on_today();
  }
  async on_today() {
    await this.page.getByRole('navigation', { name: t('nav.label') }).waitFor();
  }
  /** Everything written lies with the relay; private things leave at each connecting, so it comes to that first. */
  async safe() {
    await this.go('today');
    await this.offline();
    await this.sees('sync.offline');
    await this.online();
    await this.button('sync.safe').waitFor();
  }

  // ---- flight mode

  async offline() {
    await this.context.setOffline(true);
  }
  async online() {
    await this.context.setOffline(false);
  }

  // ---- thanks

  async thanks() {
    await this.room('cherish');
    await this.tap('thanks.list.title');
  }
  async write_thanks({ did, says = '', felt = '' }) {
    await this.room('cherish');
    await this.button('thanks.title').or(this.button('thanks.empty.go')).first().click();
    await this.at('thanks.title');
    await this.write('thanks.step.did', did);
    if (says) await this.write('thanks.step.says', says);
    if (felt) await this.write('thanks.step.felt', felt);
  }
  async thank(wording) {
    await this.write_thanks(wording);
    await this.tap('thanks.send');
    await this.reads(wording.did);
  }
  /** Opens the envelope that awaits on Today. */
  async open_thanks() {
    await this.go('today');
    await this.tap('today.awaits.thanks');
    await this.tap('thanks.open');
  }
  async letter(did) {
    await this.thanks();
    await this.page.getByRole('button').filter({ hasText: did, visible: true }).first().click();
  }

  // ---- sealed questions

  async offer_question() {
    await this.room('openup');
    await this.tap('openup.empty.go');
    const question = await this.page.getByRole('main').locator('p.prompt').innerText();
    await this.tap('openup.offer');
    await this.page.getByRole('button').filter({ hasText: question }).first().waitFor();
    return question;
  }
  async open_question(question) {
    await this.room('openup');
    await this.page.getByRole('button').filter({ hasText: question, visible: true }).first().click();
  }
  /** As the first of the two: there is a place for the other's then. */
  async seal(answer) {
    await this.write('openup.answer.label', answer);
    await this.tap('openup.answer.seal');
    await this.sees('openup.sealed.place');
  }

  // ---- at the end

  /** Nothing went wrong behind the screens, and nobody else was asked for anything. */
  assert_clean() {
    assert.deepEqual(this.faults, [], 'errors in the console');
    assert.deepEqual(this.foreign, [], 'requests to another origin');
  }
  async close() {
    await this.context.close();
  }
}
