import type { Understanding } from '../intents/understanding.js';
import { unsure } from '../knowledge/evidence.js';
import type { PhoneField } from '../knowledge/phone.js';
import type { Absorbed } from './absorb.js';
import { openStores } from './absorb.js';
import { parsePick } from './choices.js';
import { stepAfter } from './flow.js';
import type { Frame } from './frame.js';
import {
  isAside,
  isFigures,
  isTopic,
  leastSteer,
  leastTopic,
  leaving,
  steering,
  sureness,
} from './meaning.js';
import type { Move } from './moves.js';
import type { Cursor } from './session.js';

/** Least confidence in an answer, and in an outcome of a step. */
const leastAnswer = 0.65;
/** A bare yes or no names an answer by the first word of its label alone. */
const leastBareAnswer = 0.5;
const leastOutcome = 0.45;
/** A fix counts as working only when they say so. */
const leastWorked = 0.7;
/** From here on steering wins over an answer; a question of the person's own needs less beside a fix. */
const leastSure = 0.75;
const leastAside = 0.55;

/** The message as an answer to what is open; undefined when it is none. */
export function answerMove(
  frame: Frame,
  cursor: Cursor,
  said: Understanding,
  absorbed: Absorbed,
): Move | undefined {
  const { answer } = said;
  const isSteering =
    (steering.has(said.intent) || isAside(said)) &&
    sureness(said) >= (said.intent.startsWith('learn.') && 'fix' in cursor ? leastAside : leastSure);
  const choice = answer?.choice;
  const pick = choice === undefined ? undefined : parsePick(choice.id);
  const rival = cursor.kind === 'step' || cursor.kind === 'check' ? (answer?.outcome?.confidence ?? 0) : 0;
  const isBare = answer?.yesNo !== undefined && said.text.trim().split(/\s+/).length <= 2;
  const least = Math.max(isSteering ? 0.9 : isBare ? leastBareAnswer : leastAnswer, Math.min(rival, 0.9));
  const isFixed = said.intent === 'talk.fixed' && said.confidence >= 0.85;
  if (isFixed && (choice?.confidence ?? 0) < 0.95) return { do: 'outcome', outcome: 'worked' };
  if (choice !== undefined && pick !== undefined && choice.confidence >= least) {
    return { do: 'pick', pick };
  }
  if ((cursor.kind === 'step' || cursor.kind === 'check') && !isFigures(said)) {
    const outcome = outcomeMove(frame, said, isSteering);
    // A bare "no" before the last step says that it is not done yet, and not that it was of no use.
    const isBareNo = said.intent === 'talk.no' && cursor.kind === 'step' && !isLastStep(frame, cursor);
    if (outcome !== undefined && !isBareNo) return outcome;
  }
  if (isSteering || (cursor.kind === 'lesson' && isComplaint(said))) return undefined;
  if (absorbed.amounts.some((name) => openStores(frame).includes(name))) return { do: 'values' };
  if (cursor.kind === 'question' && absorbed.phone.some((field) => isAskedBy(frame, cursor.question, field)))
    return { do: 'replan', phone: absorbed.phone };
  if (answer?.closeChoices !== undefined) return closeMove(answer.closeChoices);
  if (answer?.isUnsure === true) return { do: 'unsure' };
  const yesNo = answer?.yesNo;
  return yesNo === undefined ? undefined : { do: 'yesNo', yes: yesNo === 'yes' };
}

/** True for a problem of the person's own, named while they read something. */
function isComplaint(said: Understanding): boolean {
  return said.intent.startsWith('fix.') && said.confidence >= leastTopic.open;
}

/** True for a fact that answers the question, or makes it needless. */
export function isAskedBy(frame: Frame, question: string, field: PhoneField): boolean {
  const asked = frame.brain.knowledge.questions.get(question);
  return question === field || asked?.unless.includes(field) === true;
}

/** One of the choices that the words fit; "not sure, waiting for Wi-Fi I think" is no doubt between two of them. */
function closeMove(ids: string[]): Move {
  const [id, ...others] = ids.filter((one) => !one.endsWith(`:${unsure}`));
  const pick = id === undefined || others.length > 0 ? undefined : parsePick(id);
  return pick === undefined ? { do: 'close', ids } : { do: 'pick', pick };
}

function isLastStep(frame: Frame, cursor: Extract<Cursor, { kind: 'step' }>): boolean {
  const fix = frame.brain.knowledge.fixes.get(cursor.fix);
  return fix === undefined || stepAfter(frame, fix, cursor.step) === undefined;
}

function outcomeMove(frame: Frame, said: Understanding, isSteering: boolean): Move | undefined {
  const outcome = said.answer?.outcome;
  if (said.intent === 'talk.fixed' && said.confidence >= leastSteer)
    return { do: 'outcome', outcome: 'worked' };
  // What still goes wrong, or what the screen shows, is no success, however much it sounds like one.
  const isClaimed = !isTopic(said.intent) || said.confidence < leastTopic.open;
  if (outcome?.name === 'worked' && (!isClaimed || outcome.confidence < leastWorked)) return undefined;
  const isOtherTopic = isTopic(said.intent) && said.intent !== frame.session.topic;
  if (outcome === undefined || (said.answer?.isUnsure === true && outcome.name === 'failed'))
    return undefined;
  if (isOtherTopic && said.confidence >= Math.min(0.8, outcome.confidence + 0.2)) return undefined;
  if (outcome.name === 'paused' && said.intent === 'talk.cancel' && isSteering) return undefined;
  if (isSteering && leaving.has(said.intent)) return undefined;
  // "May I ask why" is no refusal, however much it sounds like one.
  if (isSteering && said.intent === 'talk.why' && outcome.name === 'cannot') return undefined;
  const rival = isSteering && outcome.name !== 'paused' ? Math.max(0.85, said.confidence) : leastOutcome;
  return outcome.confidence >= rival ? { do: 'outcome', outcome: outcome.name } : undefined;
}
