// A browser whose camera sees one still picture: a code taken from another phone's screen.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './phone.mjs';

const width = 640;
const height = 480;
const share = 0.8; // of the height of the picture, as a phone held before another one fills it

export class Camera {
  #folder = mkdtempSync(join(tmpdir(), 'attune-camera-'));

  /** Chromium reads the file whenever a page begins to look. */
  static async of(stage) {
    const camera = new Camera();
    stage.endings.push(() => rmSync(camera.#folder, { recursive: true, force: true }));
    camera.browser = await launch(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera.#file}`]);
    stage.endings.push(() => camera.browser.close());
    return camera;
  }

  get #file() {
    return join(this.#folder, 'sees.y4m');
  }

  /** Holds it before the code that stands on a phone. */
  async hold_before(phone, label) {
    const code = phone.page.getByRole('img', { name: label, exact: true });
    await code.waitFor();
    const { box, path } = await code.evaluate((svg) => ({ box: svg.getAttribute('viewBox'), path: svg.querySelector('path').getAttribute('d') }));
    const [left, top, size] = box.split(' ').map(Number);
    const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
    writeFileSync(this.#file, film((x, y) => dark.has(`${x + left} ${y + top}`), size));
  }
}

/** One frame of a square of `size` modules in the middle of a grey picture. */
function film(is_dark, size) {
  const module = Math.floor((height * share) / size);
  const [from_x, from_y] = [width, height].map((length) => Math.floor((length - module * size) / 2));
  const light = Buffer.alloc(width * height, 128);
  for (let y = 0; y < module * size; y += 1)
    for (let x = 0; x < module * size; x += 1) {
      light[(from_y + y) * width + from_x + x] = is_dark(Math.floor(x / module), Math.floor(y / module)) ? 30 : 230;
    }
  const no_colour = Buffer.alloc((width * height) / 2, 128);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\nFRAME\n`), light, no_colour]);
}
