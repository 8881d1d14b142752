import type { TurnContext } from 'botbuilder';
import type { DialogState } from 'botbuilder-dialogs';
import type { Understanding, UnderstandOptions } from '../intents/understanding.js';
import type { Evidence, Ledger } from '../knowledge/evidence.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Reply } from '../knowledge/reply.js';
import type { Incoming } from './incoming.js';
import type { Move } from './moves.js';
import type { Session } from './session.js';

/** One phone of the person, with what is known of it and what was tried on it. */
export interface Device {
  id: string;
  nickname?: string;
  evidence: Evidence;
  ledger: Ledger;
}

/** Something that happened in the turn, by ids and numbers alone: never text, never a name. */
export interface Fact {
  kind:
    | 'understood'
    | 'asked'
    | 'answered'
    | 'offered'
    | 'outcome'
    | 'handoff'
    | 'taught'
    | 'ended'
    | 'unclear';
  detail: Record<string, string | number | boolean>;
}

/** Who answers the person now. */
export type Holder = 'bot' | 'waiting' | 'person';

/** What a person at a desk needs to take over. */
export interface HandoffSummary {
  phone: Record<string, string>;
  evidence: string[];
  causes: string[];
  fixes: { fix: string; outcome: string; by: string }[];
  errorText?: string;
}

/** What the turn sends out: a message, or the hand-off of the conversation. */
export type Outgoing =
  | { kind: 'reply'; reply: Reply; isExport?: boolean }
  | { kind: 'handoff'; summary: HandoffSummary };

/** An answer found in a message that nobody asked for. */
export interface FoundAnswer {
  question: string;
  answer: string;
  /** True for a wording that gives this answer in whatever topic it is said. */
  isQuote: boolean;
  /** How many words of the message say it. */
  words: number;
}

/** What dialogs may use beside the turn itself; pure, made once at start. */
export interface Brain {
  knowledge: Knowledge;
  understand(text: string, options?: UnderstandOptions): Understanding;
  /** Causes whose exact vendor text the message quotes, likeliest first, with the text as the vendor words it. */
  findErrors(text: string): { cause: string; text: string }[];
  /** Lessons that the message is about, the likeliest first; empty when none shares a rare word with it. */
  findLessons(text: string): string[];
  /** Answers to questions that the message gives unasked, in the very words of the answer. */
  findAnswers(text: string): FoundAnswer[];
  /** Fixes that this part of a message names as done. */
  findTried(text: string): string[];
}

/** All that one turn reads and writes. Nothing outside it changes before the turn is committed. */
export interface Frame {
  brain: Brain;
  incoming: Incoming;
  /** The turn's clock, milliseconds since 1970; there is no other. */
  now: number;
  locale: string;
  session: Session;
  /** Bot Framework's stack of dialogs. */
  stack: DialogState;
  holder: Holder;
  /** The phone in hand. */
  device: Device;
  /** Every phone that this person spoke of, as stored before the turn. */
  devices: Device[];
  out: Outgoing[];
  facts: Fact[];
  /** What was not understood or was corrected in this turn, redacted. */
  phrases: { text: string; reason: 'unclear' | 'corrected'; meant: string }[];
  /** What the message says, once main has read it. */
  understanding?: Understanding;
  /** What the message is for, once main has decided. */
  move?: Move;
  /** Said before whatever comes next in this turn. */
  leads: string[];
  /** The space as a picture, to go with the next reply once new amounts are known. */
  image?: Reply['image'];
  /** What the person asked of their data; carried out by the host with the commit. */
  dataRequest?: 'export' | 'delete';
}

const frameKey = Symbol('frame');

/** Puts the frame where every dialog of the turn finds it. */
export function setFrame(context: TurnContext, frame: Frame): void {
  context.turnState.set(frameKey, frame);
}

/** The frame of this turn. @throws TypeError outside a turn. */
export function frameOf(context: TurnContext): Frame {
  const frame: Frame | undefined = context.turnState.get(frameKey);
  if (frame === undefined) throw new TypeError('frameOf: there is no frame in this turn');
  return frame;
}
