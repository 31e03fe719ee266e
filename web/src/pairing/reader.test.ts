// What a camera reads from the code on the screen is what was written into it. (With a real camera: e2e/tests/scanning.mjs.)
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { find_invitation } from '../app/invitation.ts';
import QrCode from '../design/QrCode.svelte';
import { reader } from './reader.ts';

interface Seen { data: Uint8ClampedArray; width: number; height: number }

const kLink = 'https://attune.example.org/#join=1.q8Kxv0mZ1oTn4cJ7bWl2yRr5sUu9pEe3hHd6gGf0aAk.https%3A%2F%2Fattune.example.org';
const kStep = 'attune-step.AAAAAAAAAIC0nLVqkq2oYd1ZpUoXq9Tt4fM3hH0r8Vb7sQe5wYx2Kg';
const kModule = 5; // pixels of the picture

/** The code as the component draws it, on a wall that is neither light nor dark; `turned` by quarters. */
function picture(text: string, turned = 0): Seen {
  const screen = mount(QrCode, { target: document.body, props: { text, label: 'code' } });
  flushSync();
  const svg = document.querySelector('svg');
  const [left = 0, top = 0, size = 0] = (svg?.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const dark = new Set([...(svg?.querySelector('path')?.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)h/g)].map(([, x, y]) => `${x} ${y}`));
  void unmount(screen);
  const wall = 40;
  const length = size * kModule + 2 * wall;
  const data = new Uint8ClampedArray(length * length * 4).fill(255);
  for (let y = 0; y < length; y++)
    for (let x = 0; x < length; x++) {
      let [at_x, at_y] = [x, y];
      for (let turn = 0; turn < turned; turn++) [at_x, at_y] = [at_y, length - 1 - at_x];
      const [column, row] = [Math.floor((at_x - wall) / kModule), Math.floor((at_y - wall) / kModule)];
      const on_wall = column < 0 || row < 0 || column >= size || row >= size;
      data.fill(on_wall ? 128 : dark.has(`${column + left} ${row + top}`) ? 40 : 240, (y * length + x) * 4, (y * length + x) * 4 + 3);
    }
  return { data, width: length, height: length };
}

/** The video that shows it: jsdom draws nothing, so the canvas it is drawn on hands the picture back. */
function film(seen: Seen): HTMLVideoElement {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ drawImage: () => undefined, getImageData: () => seen } as unknown as RenderingContext);
  return { videoWidth: seen.width, videoHeight: seen.height } as HTMLVideoElement;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

describe('A code on the screen', () => {
  it('is read back as the invitation it was made of', async () => {
    const video = film(picture(kLink));
    const text = await (await reader())(video);
    expect(text).toBe(kLink);
    expect(find_invitation(text ?? '')).toBe(kLink.slice(kLink.indexOf('#')));
  });
  it('is read back as the step it was made of', async () => {
    const video = film(picture(kStep));
    expect(await (await reader())(video)).toBe(kStep);
  });
  it('is read by a phone that is held sideways or upside down', async () => {
    for (const turned of [1, 2, 3]) {
      const video = film(picture(kLink, turned));
      expect(await (await reader())(video), `${turned} quarters`).toBe(kLink);
    }
  });
  it('that is not in sight yet is no fault', async () => {
    const video = film({ data: new Uint8ClampedArray(64 * 64 * 4).fill(200), width: 64, height: 64 });
    expect(await (await reader())(video)).toBeNull();
  });
});

describe('A browser that reads codes itself', () => {
  const detector = (formats: string[], found: string[]) =>
    class {
      static getSupportedFormats = () => Promise.resolve(formats);
      detect = () => Promise.resolve(found.map((rawValue) => ({ rawValue })));
    };
  it('is asked', async () => {
    vi.stubGlobal('BarcodeDetector', detector(['qr_code'], [kLink]));
    expect(await (await reader())({} as HTMLVideoElement)).toBe(kLink);
  });
  it('may find nothing yet', async () => {
    vi.stubGlobal('BarcodeDetector', detector(['qr_code'], []));
    expect(await (await reader())({} as HTMLVideoElement)).toBeNull();
  });
  it('is not asked when it knows other codes only', async () => {
    vi.stubGlobal('BarcodeDetector', detector(['ean_13'], ['4006381333931']));
    const video = film(picture(kLink));
    expect(await (await reader())(video)).toBe(kLink);
  });
});
