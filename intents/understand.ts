import { readAmounts, readBareAmounts } from './amounts.js';
import { createAnswerReader } from './answers/answer.js';
import {
  type Classifier,
  type ClassifierModel,
  createClassifier,
  type Judgement,
} from './classify/classifier.js';
import type { FoundValue } from './entities/found.js';
import { createEntityReader } from './entities/read.js';
import { createLexiconReader } from './lexicon.js';
import { type IntentName, intentNames, type Label, outOfScope } from './names.js';
import { createNegationReader } from './negation.js';
import { createRemarkReader } from './remarks.js';
import { findIntents } from './segments.js';
import { readSpeeds } from './speeds.js';
import { foldText } from './text/fold.js';
import { blankMarkup } from './text/markup.js';
import { freeze, maxShort, remember, shortChars } from './text/remember.js';
import type { Token } from './text/tokens.js';
import { createTriedFinder } from './tried.js';
import type { EntityMention, Understanding, UnderstandOptions } from './understanding.js';

/** What the engine was trained to: the intents, and the outcomes of a step once there are examples. */
export interface UnderstandingModel {
  intents: ClassifierModel;
  outcomes?: ClassifierModel;
}

/** Understands one message; pure and synchronous, never throws. */
export type Understand = (text: string, options?: UnderstandOptions) => Understanding;

/** Longest part of a message that is read, in characters. */
const maxChars = 4_000;
const maxAlternatives = 3;
/** Two labels whose probabilities are nearer than this factor, the first below `sureFrom`, are a close call. */
const closeRatio = 0.6;
const sureFrom = 0.55;

/** Makes the engine of a trained model. */
export function createUnderstander(model: UnderstandingModel): Understand {
  const { lexicon } = model.intents;
  const reader = createLexiconReader(lexicon);
  const classifier = createClassifier(model.intents);
  const outcomes = model.outcomes && createClassifier(model.outcomes);
  const readEntities = createEntityReader(lexicon, reader);
  const negation = createNegationReader(lexicon, reader);
  const readRemarks = createRemarkReader(lexicon, reader);
  const findTried = createTriedFinder(lexicon, reader);
  const readAnswer = createAnswerReader(lexicon, reader, outcomes);
  const read = (text: string, { hasAmount, hasVersion }: Asked): Message => {
    const head = blankMarkup(text.slice(0, maxChars));
    const folded = foldText(head);
    const tokens = classifier.read(head);
    const speeds = readSpeeds(head);
    const amounts = readAmounts(head).filter(
      (amount) => !speeds.some((speed) => speed.span.start === amount.span.start),
    );
    if (hasAmount && amounts.length === 0) amounts.push(...readBareAmounts(head));
    const entities = readEntities(folded, tokens, hasVersion);
    const figures: FoundValue[] = [
      ...amounts.map((amount) => ({ entity: 'amount' as const, value: amount.text, span: amount.span })),
      ...speeds.map((speed) => ({ entity: 'speed' as const, value: speed.text, span: speed.span })),
    ];
    const mentions = negation.mark([...entities.found, ...figures], tokens, folded);
    const judgement = classifier.classifyTokens(tokens);
    const label = toLabels(judgement, tokens.length > 0);
    const intents = allIntents(head, tokens, label, classifier);
    const understanding: Understanding = {
      text,
      ...label,
      isCloseCall: label.isCloseCall && !saysBoth(label, intents),
      intents,
      entities: gather(mentions),
      mentions,
      amounts,
      speeds,
      percents: entities.percents,
      durationsHours: entities.durationsHours,
      ruledOut: negation.ruledOut(tokens),
      ...readRemarks(tokens),
      tried: findTried(head, tokens),
    };
    return { head, tokens, understanding };
  };
  const readShort = remember(
    (key) => freeze(read(key.slice(2), { hasAmount: key[0] === 'a', hasVersion: key[1] === 'v' })),
    maxShort,
  );
  return (text, { expected, now } = {}) => {
    const hasAmount = expected?.values.includes('amount') === true;
    const hasVersion = expected?.values.includes('osVersion') === true;
    const { head, tokens, understanding } =
      text.length > shortChars
        ? read(text, { hasAmount, hasVersion })
        : readShort(`${hasAmount ? 'a' : '-'}${hasVersion ? 'v' : '-'}${text}`);
    if (expected === undefined) return understanding;
    const { intent, tried } = understanding;
    const steering = intent === 'talk.yes' ? 'yes' : intent === 'talk.no' ? 'no' : undefined;
    const said = expected.open === 'question' ? outside(tried, tokens) : tokens;
    return { ...understanding, answer: readAnswer({ text: head, tokens: said, expected, now, steering }) };
  };
}

/** Bare figures that the open question lets count: "15" as gigabytes, "18.5" as a version. */
interface Asked {
  hasAmount: boolean;
  hasVersion: boolean;
}

/** A message as it is read whatever was asked, but for its figures. */
interface Message {
  head: string;
  tokens: readonly Token[];
  understanding: Understanding;
}

/** The words beside what was tried, for what was tried answers no question; all words when there are no others. */
function outside(tried: Understanding['tried'], tokens: readonly Token[]): readonly Token[] {
  const others = tokens.filter(
    (token) => !tried.some(({ span }) => token.start >= span.start && token.end <= span.end),
  );
  return others.length > 0 ? others : tokens;
}

/** True when the two likeliest labels are two matters of the message, each said in a part of its own: no doubt. */
function saysBoth({ intent, alternatives }: Labels, intents: Understanding['intents']): boolean {
  const parts = new Set<Label>(intents.map((one) => one.intent));
  const next = alternatives[0]?.intent;
  return parts.has(intent) && next !== undefined && parts.has(next);
}

type Labels = Pick<Understanding, 'intent' | 'confidence' | 'alternatives' | 'isCloseCall' | 'strangeness'>;

function toLabels(judgement: Judgement, hasWords: boolean): Labels {
  if (!hasWords)
    return { intent: outOfScope, confidence: 1, alternatives: [], isCloseCall: false, strangeness: 1 };
  const ranked = judgement.ranked.map(({ label, confidence }) => ({ intent: toLabel(label), confidence }));
  const best = ranked[0] ?? { intent: outOfScope, confidence: 1 };
  const next = ranked[1];
  const isCloseCall =
    next !== undefined && best.confidence < sureFrom && next.confidence > best.confidence * closeRatio;
  return {
    strangeness: judgement.strangeness,
    intent: best.intent,
    confidence: best.confidence,
    alternatives: ranked.slice(1, 1 + maxAlternatives),
    isCloseCall,
  };
}

function toLabel(label: string): Label {
  return intentNames.find((name) => name === label) ?? outOfScope;
}

function allIntents(
  text: string,
  tokens: Parameters<typeof findIntents>[1],
  label: Labels,
  classifier: Classifier,
): Understanding['intents'] {
  if (label.intent === outOfScope) return [];
  const intent: IntentName = label.intent;
  return findIntents(text, tokens, { intent, confidence: label.confidence }, classifier);
}

function gather(mentions: readonly EntityMention[]): Understanding['entities'] {
  const entities: Understanding['entities'] = {};
  for (const { entity, value, isNegated } of mentions) {
    if (isNegated) continue;
    const values = entities[entity] ?? [];
    if (!values.includes(value)) values.push(value);
    entities[entity] = values;
  }
  return entities;
}
