// files.mjs: every file that a first visit loads, with its bytes as they come over the line, those of its header beside
// them. Needs ./run --build-only and the packages of web/.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { launch } from '../../../web/e2e/world/phone.mjs';
import { Relay, free_port } from '../../../web/e2e/world/relay.mjs';

const kEnd = Buffer.from('\r\n\r\n');
const answers = [];

/** Notes each request of one connection, and what its answer takes. */
function listen(browser, relay) {
  const asked = [];
  let left = 0;
  let waiting = Buffer.alloc(0);
  browser.on('data', (bytes) => {
    asked.push(...[...bytes.toString('latin1').matchAll(/^[A-Z]+ (\S+) HTTP/gm)].map((found) => found[1]));
    relay.write(bytes);
  });
  relay.on('data', (bytes) => {
    browser.write(bytes);
    let rest = Buffer.concat([waiting, bytes]);
    while (rest.length > left && rest.indexOf(kEnd, left) >= 0) {
      rest = rest.subarray(left);
      const header = rest.indexOf(kEnd) + kEnd.length;
      const said = rest.subarray(0, header).toString('latin1');
      const body = Number(/^content-length: *(\d+)/im.exec(said)?.[1] ?? 0);
      answers.push({ file: asked.shift(), status: Number(said.slice(9, 12)), header, body });
      left = header + body;
    }
    const seen = Math.min(left, rest.length);
    left -= seen;
    waiting = Buffer.from(rest.subarray(seen));
  });
}

const port = await free_port();
const relay = new Relay(await free_port(), ['--origins', `http://localhost:${port}`]);
await relay.run();
const line = createServer((browser) => {
  const behind = connect(relay.port, '127.0.0.1');
  listen(browser, behind);
  for (const [one, other] of [[browser, behind], [behind, browser]]) {
    one.on('close', () => other.destroy());
    one.on('error', () => {});
  }
}).listen(port, '127.0.0.1');
await once(line, 'listening');

const browser = await launch();
const context = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'allow' });
const page = await context.newPage();
await page.goto(`http://localhost:${port}`);
await page.getByRole('heading', { level: 1 }).waitFor();
await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
await browser.close();
line.close();
await relay.remove();

answers.sort((one, other) => other.body - one.body);
for (const { file, status, header, body } of answers) console.log(`${String(body).padStart(7)} + ${String(header).padStart(4)}  ${status}  ${file}`);
const sum = (part) => answers.reduce((all, one) => all + one[part], 0);
console.log(`${answers.length} files: ${((sum('body') + sum('header')) / 1024).toFixed(1)} KB, ${(sum('header') / 1024).toFixed(1)} of them headers`);
