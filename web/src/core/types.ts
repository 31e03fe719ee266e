// The shapes the core speaks in: its views and its commands. The build writes them from the structs of the core; here a
// few get the names that screens use for them. Screens import them from here and nowhere else.
import type { Commands } from '../../../build/schema/types.ts';

export type * from '../../../build/schema/types.ts';
export type {
  DeviceView as Device, HeldView as Held, ListeningView as Listening, KeptView as KeptThanks, QuestionView as Question, StoryMoment as Moment, SyncView as Sync,
  ThanksView as Thanks, WrittenView as WrittenAnswer,
} from '../../../build/schema/types.ts';

/** What the other did, what it says about them, how it felt. */
export type Wording = Commands['cherish.thank'];

/** What a command answers: its id while it can still be undone, or a link. */
export interface Done { command?: string; link?: string }
export type Reply = { ok: true; value: Done } | { ok: false; code: string };
