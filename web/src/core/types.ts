// The shapes the core speaks in: its views and its commands. Screens import them from here and nowhere else.

export type Mark = 'on-this-phone' | 'safe';
/** A written time: milliseconds since 1970 UTC, and the writer's offset from UTC in minutes. */
export interface At { ms: number; offset: number }
/** The id of an event. */
export type Item = string;

export interface Sync { connection: 'offline' | 'connecting' | 'online'; on_this_phone: number; resting: number; busy: boolean }
export interface NoticeEntry { id: string; code: string; at: At }
export interface AppView {
  phase: 'fresh' | 'alone' | 'paired' | 'recovering' | 'joining';
  name: string | null;
  partner: string | null;
  relay: string;
  sync: Sync;
  recovery: 'none' | 'confirmed';
  invitation: InvitationView['state'];
  offers: number;
  reading_only: boolean;
  notices: NoticeEntry[];
  undo: { command: string; kind: string; until: number } | null;
}

export interface FirstStep { step: 'thank' | 'answer' | 'phrase'; done: boolean }
export interface Awaiting { kind: 'thanks' | 'question' | 'answers' | 'offers'; item: Item; prompt: string | null; at: At }
export interface Since {
  kind: 'thanks-answered' | 'thanks-edited' | 'taken-back' | 'partner-joined' | 'answers-opened' | 'thanks';
  item: Item;
  at: At;
}
export interface TodayView {
  first_steps: FirstStep[];
  awaiting: Awaiting[];
  since: Since[];
  suggestion: 'thank' | 'question' | 'invite' | 'phrase';
}

export interface Wording { did: string; says: string; felt: string }
export type Tap = 'landed' | 'warmed' | 'smiled';
export interface Thanks extends Wording {
  item: Item;
  by_me: boolean;
  at: At;
  mark: Mark;
  held: boolean;
  opened: boolean;
  edited: (Wording & { at: At })[];
  taken_back: 'no' | 'gone' | 'kept-by-me';
  answer: { tap: Tap | null; words: string; at: At; by_me: boolean } | null;
}
export interface KeptThanks extends Wording { item: Item; at: At; mark: Mark; sent: boolean; offered: boolean }
export interface CherishView { thanks: Thanks[]; kept: KeptThanks[] }

export interface Question {
  item: Item;
  prompt: string;
  by_me: boolean;
  at: At;
  mark: Mark;
  state: 'offered' | 'mine-sealed' | 'not-opened' | 'opening' | 'opened' | 'withheld';
  seen: boolean;
  sealed_at: At | null;
  opened_at: At | null;
  mine: string | null;
  theirs: string | null;
  can_take_back: boolean;
}
export interface WrittenAnswer { item: Item; prompt: string; text: string; at: At; mark: Mark; sent: boolean }
export interface OpenUpView { questions: Question[]; written: WrittenAnswer[] }

export interface InvitationView {
  state: 'none' | 'waiting' | 'compare' | 'approved' | 'joined' | 'ended';
  link: string;
  relay: string;
  until: number;
  words: string[];
  partner: string | null;
  ended: null | 'expired' | 'declined' | 'second-request' | 'different-words' | 'cancelled' | 'bad-request';
}
export interface JoiningView {
  state: 'none' | 'looking' | 'asked' | 'compare' | 'approved' | 'ended';
  relay: string;
  ready: boolean;
  words: string[];
  ended: null | 'link-short' | 'link-altered' | 'link-used' | 'link-expired' | 'link-unknown' | 'declined'
    | 'different-words' | 'refused' | 'no-answer';
}

export interface RecoveryView {
  state: 'none' | 'shown' | 'confirmed';
  words: string[];
  relay: string;
  ask: number[];
  choices: string[];
}
export interface RecoveringDevice { key: string; name: string; added: At | null; phrase: boolean }
export interface RecoveringView {
  state: 'none' | 'connecting' | 'reading' | 'devices' | 'finishing' | 'failed';
  done: number;
  total: number;
  devices: RecoveringDevice[];
  code: string | null;
}
export interface Device extends RecoveringDevice { this_one: boolean }
export interface DevicesView { devices: Device[] }

export interface StepView {
  position: number;
  newest: number;
  words: string[];
  code: string;
  check: 'none' | 'same' | 'different' | 'not-there-yet';
}
export interface OffersView {
  offers: { item: Item; kind: 'thanks' | 'answer'; prompt: string | null; text: string; at: At }[];
}
export interface Moment { kind: 'thanks' | 'answers' | 'paired'; item: Item; prompt: string | null; by_me: boolean; at: At }
export interface StoryView { moments: Moment[] }
export interface DraftView { text: string }

/** View name → what it takes and what it gives. */
export interface Views {
  app: { args: Empty; value: AppView };
  today: { args: Empty; value: TodayView };
  cherish: { args: Empty; value: CherishView };
  openup: { args: Empty; value: OpenUpView };
  invitation: { args: Empty; value: InvitationView };
  joining: { args: Empty; value: JoiningView };
  recovery: { args: Empty; value: RecoveryView };
  recovering: { args: Empty; value: RecoveringView };
  devices: { args: Empty; value: DevicesView };
  step: { args: { position?: number }; value: StepView };
  offers: { args: Empty; value: OffersView };
  story: { args: Empty; value: StoryView };
  draft: { args: { key: string }; value: DraftView };
}

export type Empty = Record<string, never>;

/** Command name → its arguments. */
export interface Commands {
  'space.start': { name?: string; relay: string };
  'space.rename': { name: string };
  'space.name-device': { name: string };
  'space.invite': { app: string };
  'space.cancel-invitation': Empty;
  'space.join': { link: string };
  'space.accept': { name?: string };
  'space.decline': Empty;
  'space.same-words': Empty;
  'space.different-words': Empty;
  'space.phrase-show': Empty;
  'space.phrase-confirm': { picks: { place: number; word: string }[] };
  'space.phrase-later': Empty;
  'space.recover': { words: string; relay: string };
  'space.recover-finish': { keep: string[] };
  'space.recover-cancel': Empty;
  'space.open-item': { item: Item };
  'space.take-back': { item: Item };
  'space.keep-to-myself': { item: Item };
  'space.looked': Empty;
  'space.check-step': { code: string };
  'space.undo': { command: string };
  'space.dismiss': { notice: string };
  'space.draft': { key: string; text: string };
  'cherish.thank': Wording;
  'cherish.keep': Wording;
  'cherish.send-kept': { item: Item };
  'cherish.edit': { item: Item } & Wording;
  'cherish.answer': { item: Item; tap?: Tap; words?: string };
  'openup.offer': { prompt: string };
  'openup.answer': { question: Item; text: string };
  'openup.pass': { question: Item };
  'openup.write': { prompt: string; text: string };
  'openup.send-written': { item: Item };
}

export interface Done { command?: string; link?: string }
export type Reply = { ok: true; value: Done } | { ok: false; code: string };
