// Two people with a long past. Programs write it, which is faster than anybody's thumbs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Device, pair } from '../../../tests/wasm/device.mjs';
import { Hand } from '../../../tests/wasm/hand.mjs';
import { root } from './relay.mjs';

/** So many thank-yous of one of two people; answers with this one's twelve words. */
export async function with_a_past(address, events) {
  const core = readFileSync(join(root, 'build/wasm/attune.wasm'));
  const [a, b] = [await Device.open(core), await Device.open(core)];
  await pair(a, b, address);
  a.command('space.phrase-show');
  const { words, ask } = a.view('recovery');
  a.command('space.phrase-confirm', { picks: ask.map((place) => ({ place, word: words[place - 1] })) });
  for (const device of [a, b, a]) await device.again();
  for (const device of [a, b]) device.end();
  const now = Date.now();
  const hand = await Hand.of(a.rows, address);
  await hand.say(...Array.from({ length: events }, (_, n) => ({
    kind: 'cherish.thanked',
    content: { did: `You did the ${n}th good thing`, says: 'You are patient', felt: 'I could breathe again', at: { ms: now - (events - n) * 60_000, offset: 0 } },
  })));
  hand.close();
  return words;
}
