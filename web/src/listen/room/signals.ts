// What the two phones in a room tell each other without a trace: that one is here, has paused, is away, has left.
// Nothing of it is stored; a signal that does not get through is harmless, since the next one comes in five seconds.
import type { Core } from '../../core/client.ts';
import type { Item, Say } from '../../core/types.ts';

/** Refused without a network, and where a relay knows no signals: neither keeps anybody from going on. */
export function say(core: Core, item: Item, what: Say): void {
  void core.command('signal.say', { item, say: what });
}
