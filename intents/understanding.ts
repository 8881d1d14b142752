import type { IntentName, Label, OutcomeName } from './names.js';

/** Where in the original text something stands: UTF-16 offsets, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** A choice that the bot has on offer, in the order shown. */
export interface ExpectedChoice {
  id: string;
  label: string;
  /** Other words that mean this choice ("galaxy" for Samsung), lower case; may be empty. */
  words: readonly string[];
}

/** Kinds of value that an open question can be answered with. */
export type ValueKind =
  | 'amount'
  | 'speed'
  | 'percent'
  | 'duration'
  | 'osVersion'
  | 'dateTime'
  | 'model'
  | 'text';

/** What the bot has just asked or shown; the same words mean other things in another place. */
export interface Expectation {
  /** What is open: a question, a step to do, the question whether it worked, a safety gate, or an offer. */
  open: 'question' | 'step' | 'check' | 'gate' | 'offer';
  choices: readonly ExpectedChoice[];
  /** Values that answer it beside the choices, the most expected first. */
  values: readonly ValueKind[];
}

/** An amount of data. `bytes` counts decimal units (1 GB = 1e9 bytes), as vendors show them. */
export interface Amount {
  bytes: number;
  /** In one spelling, with the unit as meant: "8.2 GB", "512 MB". */
  text: string;
  span: Span;
  /** What the words around it say it is: "3.2 free", "needs 8 gigs", "200gb plan". */
  role?: 'free' | 'used' | 'total' | 'needed';
}

/** A connection speed: bits stay apart from bytes. */
export interface Speed {
  bitsPerSecond: number;
  text: string;
  span: Span;
}

/** One entity value in the text, in the taxonomy's spelling. */
export interface EntityMention {
  entity: EntityName;
  value: string;
  span: Span;
  /** True for "not an iphone", "no iCloud here". */
  isNegated: boolean;
  /** True where the person corrects what was said before: "no wait, android". */
  isCorrection: boolean;
}

/** Entity names, as in the taxonomy. */
export type EntityName =
  | 'platform'
  | 'vendor'
  | 'model'
  | 'service'
  | 'amount'
  | 'speed'
  | 'percent'
  | 'osVersion'
  | 'network'
  | 'content'
  | 'duration'
  | 'date'
  | 'ordinal'
  | 'yesNo';

/** One intent found in the text, and the part of the text that says it. */
export interface FoundIntent {
  intent: IntentName;
  /** 0 to 1, calibrated: of all answers given 0.8, about 80 % are right. */
  confidence: number;
  span: Span;
}

/** How the text answers what was expected; a field is absent where it does not. */
export interface Answer {
  choice?: { id: string; confidence: number };
  /** With two choices that both fit, their ids, so that the bot can ask which. */
  closeChoices?: string[];
  yesNo?: 'yes' | 'no';
  /** "not sure", "no idea", "dunno", "what do you mean". */
  isUnsure: boolean;
  /** Only while a step, a check or a gate is open. */
  outcome?: { name: OutcomeName; confidence: number };
  dateTime?: { iso: string; text: string };
  /** Only at a gate: whether there is a second copy, as far as it is beyond doubt; "skip" where it is not to be deleted. */
  gate?: 'copy' | 'noCopy' | 'skip';
}

/** What a message asks or says beside the matter. */
export const asideNames = [
  'cost', // whether the step costs money
  'time', // how long it takes
  'safety', // whether something is deleted or lost
  'otherMessage', // the screen says another thing now
  'moreSpace', // would rather buy space
  'noPerson', // does not want to be handed over
  'pause', // needs a moment
  'howTo', // asks for the way to do something
  'turnOff', // wants no backup any more
] as const;

/** One of them. */
export type AsideName = (typeof asideNames)[number];

/** All that one message says, as far as it can be read without knowing the person. */
export interface Understanding {
  text: string;
  /** The likeliest label for the whole message. */
  intent: Label;
  confidence: number;
  /** Up to three further labels, likeliest first. */
  alternatives: { intent: Label; confidence: number }[];
  /** How sure the engine is that the message is out of scope, 0 to 1; comparable even where it is no answer. */
  strangeness?: number;
  /** True when the two likeliest are too close to choose for the person ("did you mean"). */
  isCloseCall: boolean;
  /** Every intent in the message in order of appearance; empty when it is out of scope. */
  intents: FoundIntent[];
  /** Not negated values by entity, in the taxonomy's spelling, for logs of development and the command line. */
  entities: Partial<Record<EntityName, string[]>>;
  mentions: EntityMention[];
  amounts: Amount[];
  speeds: Speed[];
  /** Percentages, 0 to 100. */
  percents: number[];
  /** Hours, from "3 hours", "all night", "two days". */
  durationsHours: number[];
  /** Intents that the person rules out: "wifi is not the problem" gives fix.network. */
  ruledOut: IntentName[];
  /** True when the person does not want to spend money ("I won't pay"). */
  refusesCost: boolean;
  /** True when the person shows to be fed up, whatever else the message says. */
  isUpset: boolean;
  asides: AsideName[];
  /** The word that the message asks the meaning of, as the lexicon names it. */
  term?: string;
  /** The parts in which the person says what they did already ("restarted it", "deleted old backups"). */
  tried: { text: string; span: Span }[];
  /** Present when an expectation was given. */
  answer?: Answer;
}

/** What `understand` may take into account beside the text. */
export interface UnderstandOptions {
  /** BCP 47; English examples are the only ones so far. */
  locale?: string;
  expected?: Expectation;
  /** The turn's clock, for relative dates; needed only when a date-time is expected. */
  now?: Date;
}
