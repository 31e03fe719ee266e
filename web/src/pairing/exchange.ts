// Where an exchange stands, for the two sides of it.
import type { InvitationState, JoiningState } from '../core/types.ts';

/** A link is out, or its words are being compared: until that is over there is no other. */
export const is_open = (state: InvitationState | JoiningState): boolean => state !== 'none' && state !== 'ended' && state !== 'joined';
