// Which touch is to be shown as it comes. What this page has shown is not shown again, though its record may still be on its way.
import type { Core } from '../core/client.ts';
import type { TouchesView, TouchView } from '../core/types.ts';

const felt_here = new WeakMap<Core, Set<string>>();

export function remember_felt(core: Core, item: string): void {
  felt_here.set(core, (felt_here.get(core) ?? new Set()).add(item));
}

/** The newest of the other's that was not felt, and how many came with it: feeling it is feeling those before it. */
export function newest_unfelt(core: Core, view: TouchesView | undefined): { touch: TouchView; others: number } | null {
  const theirs = view?.touches.filter(({ by_me }) => !by_me) ?? [];
  const known = theirs.findIndex(({ item, felt }) => felt || felt_here.get(core)?.has(item));
  const fresh = known < 0 ? theirs : theirs.slice(0, known);
  return fresh[0] ? { touch: fresh[0], others: fresh.length - 1 } : null;
}
