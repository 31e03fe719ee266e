// What the two phones in a room tell each other without a trace: that one is here, has paused, is away, has left.
// Nothing of it is stored; a signal that does not get through is harmless, since the next one comes in five seconds.
import type { Core, Source } from '../../core/client.ts';
import type { Item, Reply } from '../../core/types.ts';

export type Say = 'here' | 'paused' | 'away' | 'left';
export interface PresenceView { item: Item | null; other: Say | 'unknown' }

/** The part of the core that carries signals. */
interface Carrier {
  view(name: 'presence'): Source<PresenceView | undefined>;
  command(name: 'signal.say', args: { item: Item; say: Say }): Promise<Reply>;
}
const carrier = (core: Core) => core as unknown as Carrier;

export const presence_of = (core: Core): Source<PresenceView | undefined> => carrier(core).view('presence');

/** Refused without a network, and by a core that knows no signals: neither keeps anybody from going on. */
export function say(core: Core, item: Item, what: Say): void {
  void carrier(core).command('signal.say', { item, say: what });
}
