// Waiting: always for something to be so, never for time to pass.
import assert from 'node:assert/strict';
import { setImmediate as immediate } from 'node:timers/promises';

export const patience = Number(process.env.PATIENCE ?? 20_000); // the longest anything may take to be seen, in ms

/** Until `look` finds something. `else_say`: what is so instead. */
export async function until(look, else_say) {
  const end = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(performance.now() < end, else_say());
    // A browser may be asking this process something meanwhile, and a look into a file leaves no moment to answer it.
    await immediate();
  }
}
