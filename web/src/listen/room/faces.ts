// What one of the two sees of a session, and what they may do there. Each stage has a face for whoever has the floor and one
// for the other; the core refuses everything else (docs/LISTENING.md). At the table both are shown at once.
import type { Commands, ListeningView } from '../../core/types.ts';

type Turn = 'speaking' | 'spoken' | 'given-back' | 'more' | 'making-sense' | 'imagining' | 'feeling-given';
export type Face =
  | `${Turn}.mine` | `${Turn}.theirs`
  | 'smaller-offered' | 'thanking' | 'thanked' | 'keeping' | 'kept' | 'time-out' | 'back';

/** Those with a line of their own; a time-out has its own screen. */
export type Running = Exclude<Face, 'time-out' | 'back'>;

/** Who looks: I, or at the table the one across from me. */
export type Side = 'me' | 'across';

export function face_of(s: ListeningView): Face | null {
  return s.stage === 'time-out' ? (s.i_am_ready ? 'back' : 'time-out') : running_face_of(s);
}

export function running_face_of(s: ListeningView, side: Side = 'me'): Running | null {
  switch (s.stage) {
    case 'proposed': case 'agreed': case 'time-out': case 'ended': return null;
    case 'smaller-offered': return 'smaller-offered';
    case 'thanking': return (side === 'me' ? s.my_thanks : s.their_thanks) === null ? 'thanking' : 'thanked';
    case 'keeping': return s.i_keep === null ? 'keeping' : 'kept';
    default: return `${s.stage}.${(s.floor === 'mine') === (side === 'me') ? 'mine' : 'theirs'}`;
  }
}

export const has_floor = (face: Face): boolean => face.endsWith('.mine');
/** The piece that is being said, or was just said and is not understood yet: its time is shown. */
export const is_about_a_piece = (s: ListeningView): boolean => s.stage === 'speaking' || s.stage === 'spoken' || s.stage === 'given-back';

/** A session that runs: each is told that the other is there, and the screen stays on. */
export const runs = (s: ListeningView): boolean => s.stage !== 'proposed' && s.stage !== 'agreed' && s.stage !== 'time-out' && s.stage !== 'ended';

/** What is written, in a typed session; the thank-you in each. */
export type Words = 'piece' | 'back' | 'missed' | 'sense' | 'feeling' | 'instead' | 'thanks' | 'idea';
export const kWords = ['piece', 'back', 'missed', 'sense', 'feeling', 'instead', 'thanks', 'idea'] as const satisfies readonly Words[];
/** Beginning like this it goes from the device with the session. */
export const draft_key = (item: string, words: Words): string => `listen.${item}.${words}`;

export type Act =
  | 'piece' | 'back' | 'yes' | 'almost' | 'not-yet' | 'more' | 'all' | 'sense' | 'feeling' | 'right' | 'else'
  | 'missed' | 'instead' | 'smaller' | 'thank' | 'keep' | 'let-go' | 'ready';

type Named = { [N in keyof Commands]: N extends `listen.${string}` ? N : never }[keyof Commands];
interface Doable {
  command: Named;
  args?: object;
  /** Names the step it was made in sight of. */
  moves?: true;
  /** Names what was asked. */
  answers?: true;
  /** What has to be written for it in a typed session. */
  words?: Exclude<Words, 'idea'>;
}
export const kDoes: Record<Act, Doable> = {
  piece: { command: 'listen.piece', moves: true, words: 'piece' },
  back: { command: 'listen.say-back', moves: true, words: 'back' },
  yes: { command: 'listen.confirm', args: { heard: 'yes' }, moves: true },
  almost: { command: 'listen.confirm', args: { heard: 'almost' }, moves: true },
  'not-yet': { command: 'listen.confirm', args: { heard: 'not-yet' }, moves: true },
  missed: { command: 'listen.confirm', args: { heard: 'almost' }, moves: true, words: 'missed' },
  more: { command: 'listen.more', args: { more: true }, moves: true },
  all: { command: 'listen.more', args: { more: false }, moves: true },
  sense: { command: 'listen.make-sense', moves: true, words: 'sense' },
  feeling: { command: 'listen.imagine', moves: true, words: 'feeling' },
  right: { command: 'listen.name-feeling', args: { right: true }, moves: true },
  else: { command: 'listen.name-feeling', args: { right: false }, moves: true },
  instead: { command: 'listen.name-feeling', args: { right: false }, moves: true, words: 'instead' },
  smaller: { command: 'listen.smaller', moves: true },
  thank: { command: 'listen.thank' },
  keep: { command: 'listen.keep', args: { keep: true } },
  'let-go': { command: 'listen.keep', args: { keep: false } },
  ready: { command: 'listen.ready', answers: true },
};

/** What a tap opens before anything is said: what was missed (in writing), what it is instead. */
export type Asking = 'missed' | 'instead' | null;

/** The buttons of a face, the big one first. */
export function acts(face: Face, asking: Asking): Act[] {
  if (asking) return [asking];
  switch (face) {
    case 'speaking.mine': return ['piece'];
    case 'spoken.mine': return ['back'];
    case 'given-back.mine': return ['yes', 'almost', 'not-yet'];
    case 'smaller-offered': return ['smaller'];
    case 'more.mine': return ['more', 'all'];
    case 'making-sense.mine': return ['sense'];
    case 'imagining.mine': return ['feeling'];
    case 'feeling-given.mine': return ['right', 'else'];
    case 'thanking': return ['thank'];
    case 'keeping': return ['keep', 'let-go'];
    case 'time-out': return ['ready'];
    default: return [];
  }
}

/** The newest of these in a typed session. */
export function newest(s: ListeningView, move: ListeningView['pieces'][number]['move']): ListeningView['pieces'][number] | undefined {
  return s.pieces.findLast((one) => one.move === move);
}
