// run.mjs FOLDER ROUNDS: how long after one taps the floor stands on the other's screen, between two browsers and a relay
// on this machine, beside what a bare WebSocket message takes from one page through an echo and back. Needs
// ./run --build-only and its own packages (scripts/npm-ci.sh tests/bench/floor). Prints figures as judge.mjs takes them.
import { WebSocketServer } from 'ws';
import { pair } from '../../../web/e2e/world/couple.mjs';
import { begin } from '../../../web/e2e/world/listening.mjs';
import { launch, Phone } from '../../../web/e2e/world/phone.mjs';
import { Relay } from '../../../web/e2e/world/relay.mjs';
import { t } from '../../../web/e2e/world/texts.mjs';

const rounds = Number(process.argv[3] ?? 5);
const pieces = 5; // of each round, with four hand-overs each, a second apart: p99 is the slowest of twenty
const echoes = 200; // of each round

const at = (share, values) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)];

/** From the tap of one to the other's screen; both pages share a clock. */
async function handed_over(from, to, button, title) {
  const wanted = t(title, to.other);
  const seen = to.page.evaluate((text) => new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('h1')?.textContent?.trim() !== text) return false;
      // What is in the document now stands on the screen with the next frame.
      requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
      return true;
    };
    if (!look()) {
      const watching = new MutationObserver(() => look() && watching.disconnect());
      watching.observe(document.body, { subtree: true, childList: true, characterData: true });
    }
  }), wanted);
  await from.page.locator('main[data-settled=true]').waitFor();
  const tapped = from.page.evaluate(() => new Promise((resolve) => addEventListener('pointerup', () => resolve(performance.timeOrigin + performance.now()), { once: true, capture: true })));
  await from.page.getByRole('button', { name: t(button, from.other), exact: true }).click();
  return (await seen) - (await tapped);
}

async function echoed(page, address) {
  return page.evaluate(([url, times]) => new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    const took = [];
    let sent = 0;
    const send = () => {
      sent = performance.now();
      socket.send(new Uint8Array(1_000));
    };
    socket.onopen = send;
    socket.onerror = () => reject(new Error('no echo'));
    socket.onmessage = () => {
      took.push(performance.now() - sent);
      if (took.length < times) return send();
      socket.close();
      resolve(took);
    };
  }), [address, echoes]);
}

const endings = [];
try {
  const relay = await Relay.start();
  endings.push(() => relay.remove());
  const echo = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  echo.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  endings.push(() => new Promise((resolve) => echo.close(resolve)));
  const browser = await launch();
  endings.push(() => browser.close());
  const phone = async () => {
    const one = new Phone(await browser.newContext({ viewport: { width: 390, height: 844 } }), relay.address);
    await one.open();
    return one;
  };
  const [a, b] = [await phone(), await phone()];
  const bare = await (await browser.newContext()).newPage(); // an empty page asks nobody what it may connect to
  await pair(a, b);
  await begin(a, b);
  const figures = { p50: { runs: [], references: [] }, p99: { runs: [], references: [] } };
  for (let round = 0; round < rounds; round += 1) {
    const took = [];
    for (let piece = 0; piece < pieces; piece += 1) {
      took.push(await handed_over(a, b, 'listen.room.do.piece', 'listen.room.spoken.mine.title'));
      took.push(await handed_over(b, a, 'listen.room.do.back', 'listen.room.given-back.mine.title'));
      took.push(await handed_over(a, b, 'listen.room.do.yes', 'listen.room.more.theirs.title'));
      took.push(await handed_over(a, b, 'listen.room.do.more', 'listen.room.speaking.theirs.title'));
    }
    const echo_took = await echoed(bare, `ws://127.0.0.1:${echo.address().port}`);
    for (const [name, share] of [['p50', 0.5], ['p99', 0.99]]) {
      figures[name].runs.push(at(share, took));
      figures[name].references.push(at(share, echo_took));
    }
  }
  for (const [name, { runs, references }] of Object.entries(figures)) {
    console.log(JSON.stringify({ figure: `the floor on the other's screen, ${name}`, unit: 'ms', runs, reference: `a WebSocket echo, ${name}`, references, budget: null }));
  }
} finally {
  for (const end of endings.reverse()) await end();
}
