import type { OutcomeName } from '../intents/names.js';
import type { Answer, Understanding } from '../intents/understanding.js';
import { unsure } from '../knowledge/evidence.js';
import { type PhoneField, phoneOf } from '../knowledge/phone.js';
import type { Absorbed } from './absorb.js';
import { openStores } from './absorb.js';
import { parsePick } from './choices.js';
import { stepAfter } from './flow.js';
import type { Frame } from './frame.js';
import {
  isAside,
  isFigures,
  isNames,
  isTopic,
  isUnderWay,
  leastSteer,
  leastTopic,
  leaving,
  steering,
  stopping,
  sureness,
  vague,
} from './meaning.js';
import type { Move, Pick } from './moves.js';
import type { Cursor } from './session.js';

/** Least confidence in an answer, and in an outcome of a step. */
const leastAnswer = 0.65;
/** And where the message is of nothing that we know. */
const leastUnheard = 0.7;
/** From here on the words are all of a choice. */
const leastWhole = 0.85;
/** A bare yes or no names an answer by the first word of its label alone. */
const leastBareAnswer = 0.5;
const leastOutcome = 0.45;
const leastPaused = 0.85;
/** And where the message is like little that we know; of what is like nothing, hardly any fit counts. */
const leastUnknown = 0.6;
const leastStrange = 0.98;
const leastNonsense = 0.99;
const nonsense = 0.9;
/** A fix counts as working only when they say so. */
const leastWorked = 0.7;
/** From here on steering wins over an answer; a question of the person's own needs less beside a fix. */
const leastSure = 0.75;
/** Least confidence in an answer beside steering that is beyond doubt: "nah skip" says no to nothing. */
const leastBesideSure = 0.96;
const leastAside = 0.55;
const google = /\b(?:google|g ?photos|gmail|drive|bins?|trash|backup itself)\b/i;

/** Names of the place that a fix clears, by the backup in hand. */
const samePlace: Record<string, RegExp> = {
  icloud: /\b(?:i ?cloud|backup itself|that backup|old phone itself)\b/i,
  google,
  google_photos: google,
  whatsapp: /\b(?:whatsapp|backup itself)\b/i,
};

/** A gate opens to the words of its button alone, or to a plain yes. */
const leastOpening = 0.95;
/** A bare yes below this, and an outcome, are no yes yet. */
const leastFirm = 0.8;
/** Most words of a yes to the question whether the backup finished. */
const mostYesWords = 5;
const but = /\b(?:but|although|though|except|only)\b/i;
/** What works beside the backup says nothing of it. */
const others = /\b(?:else|others?|rest)\b/i;
/** From here on figures tell how far the backup has come. */
const leastProgress = 0.9;
/** Least confidence in an outcome where the message is a problem without a cause as well. */
const leastTold = 0.7;
/** Words of a message that can say one thing only. */
const fewWords = 3;

/** The message as an answer to what is open; undefined when it is none. */
export function answerMove(
  frame: Frame,
  cursor: Cursor,
  said: Understanding,
  absorbed: Absorbed,
): Move | undefined {
  if (cursor.kind === 'gate') {
    const gate = gateMove(frame, cursor.fix, said);
    if (gate !== undefined) return gate;
    if (said.answer?.yesNo === 'no' && said.intent === 'talk.no') return { do: 'yesNo', yes: false };
  }
  const { answer } = said;
  const isSteering =
    (steering.has(said.intent) || isAside(said)) &&
    sureness(said) >= (said.intent.startsWith('learn.') && 'fix' in cursor ? leastAside : leastSure);
  const choice = answer?.choice;
  const pick = choice === undefined ? undefined : parsePick(choice.id);
  const words = said.text.trim().split(/\s+/).length;
  const isShrug = answer?.isUnsure === true && words <= 2;
  const isNonsense = said.intent === 'oos' && (said.strangeness ?? 0) >= nonsense && !isShrug;
  const rival = cursor.kind === 'step' || cursor.kind === 'check' ? (answer?.outcome?.confidence ?? 0) : 0;
  const isBare = answer?.yesNo !== undefined && words <= 2;
  const beside = said.confidence >= 0.9 ? leastBesideSure : 0.9;
  const usual = isBare ? leastBareAnswer : leastAnswer;
  const least = Math.max(
    isSteering ? beside : isNonsense ? 0.9 : said.intent === 'oos' ? leastUnheard : usual,
    Math.min(rival, 0.9),
  );
  const isTried = cursor.kind === 'step' || cursor.kind === 'check';
  const isFree = cursor.kind === 'question' || (cursor.kind === 'gate' && claimsSuccess(said));
  const isFixed = said.intent === 'talk.fixed' && said.confidence >= 0.85 && isFree;
  if (isFixed && (choice?.confidence ?? 0) < leastWhole) return { do: 'outcome', outcome: 'worked' };
  // "icloud" that names the backup is only a part of "iCloud is full".
  const isNaming = absorbed.phone.length > 0 && isNames(said);
  const isOnlyPart = isNaming && (choice?.confidence ?? 0) < leastWhole;
  // "It worked last week" holds the words of the button, and says that the backup fails.
  const isUnfounded = isSuccess(pick) && (words > fewWords || isUnderWay(said)) && !claimsSuccess(said);
  // "Done" is hardly "don't".
  const isContrary = cursor.kind === 'gate' && answer?.yesNo === 'yes' && !opensGate(pick);
  const isLikely =
    choice !== undefined &&
    !isContrary &&
    choice.confidence >= (opensGate(pick) ? leastOpening : least) &&
    !isOnlyPart &&
    !isUnfounded;
  if (isLikely && pick !== undefined && !(isSuccess(pick) && isAside(said))) {
    return { do: 'pick', pick };
  }
  // "icloud" at a step names the backup that it is about, and no menu that is missing.
  if ('fix' in cursor && absorbed.phone.length > 0 && words <= fewWords)
    return { do: 'replan', phone: absorbed.phone };
  // "Give me 10 minutes" is a figure, and tells of the step all the same.
  const isProgress =
    (answer?.outcome?.name === 'paused' || answer?.outcome?.name === 'partly') &&
    answer.outcome.confidence >= leastProgress;
  if (isTried && (isProgress || !isFigures(said))) {
    const outcome = outcomeMove(frame, said, isSteering);
    // A bare "no" before the last step says that it is not done yet, and not that it was of no use.
    const isBareNo = said.intent === 'talk.no' && cursor.kind === 'step' && !isLastStep(frame, cursor);
    // "Other things work" answers another question, and says that this works to nobody.
    if (absorbed.answers.length > 0 && outcome?.do === 'outcome' && outcome.outcome === 'worked')
      return undefined;
    if (isBareNo && words <= 2) return { do: 'outcome', outcome: 'paused' };
    if (outcome !== undefined && !isBareNo) return outcome;
  }
  if (isSteering || (cursor.kind === 'lesson' && isComplaint(said))) return undefined;
  if (absorbed.amounts.some((name) => openStores(frame).includes(name))) return { do: 'values' };
  if (cursor.kind === 'question' && absorbed.phone.some((field) => isAskedBy(frame, cursor.question, field)))
    return { do: 'replan', phone: absorbed.phone };
  if (answer?.closeChoices !== undefined) return closeMove(answer.closeChoices);
  if (answer?.isUnsure === true && !isNonsense) return { do: 'unsure' };
  // "Y?" asks, and says yes to nothing.
  // And "nope not that one, carry on" leaves it out.
  const isLeaving = leaving.has(said.intent) && said.confidence >= leastSteer && words > 2;
  // "Yes low power mode was on" tells of the problem, and answers a question only where it fits a choice.
  const isTelling = cursor.kind === 'question' && words > fewWords && isTopic(said.intent);
  const isElsewhere = ('fix' in cursor && absorbed.answers.length > 0) || isTelling || isNaming;
  const isNeither = isAside(said) || isGuess(said) || isLeaving || isElsewhere;
  return isNeither || answer?.yesNo === undefined ? undefined : yesNoMove(frame, cursor, said);
}

/** What a yes or no says at this place; undefined where more stands behind it. */
function yesNoMove(frame: Frame, cursor: Cursor, said: Understanding): Move | undefined {
  const isYes = said.answer?.yesNo === 'yes';
  const words = said.text.trim().split(/\s+/).length;
  if (cursor.kind === 'gate')
    return isYes ? { do: 'steer', intent: 'talk.repeat' } : { do: 'yesNo', yes: false };
  if (cursor.kind !== 'step' && cursor.kind !== 'check') return { do: 'yesNo', yes: isYes };
  if (isYes && words > 2) return yesAtFix(frame, cursor, said);
  if (isUnderWay(said)) return { do: 'outcome', outcome: 'paused' };
  // "No, it says not enough storage" names what comes next.
  if (!isYes && words > fewWords && isOtherProblem(frame, said)) return undefined;
  // "Hope so" is asked about once more.
  const isDoubtful =
    isYes && said.confidence < leastFirm && (said.answer?.outcome?.confidence ?? 0) < leastFirm;
  return isDoubtful ? { do: 'outcome', outcome: 'done' } : { do: 'yesNo', yes: isYes };
}

/** What the message says of a second copy, where it says it plainly. */
function gateMove(
  frame: Frame,
  fix: string,
  { text, answer, intent, confidence }: Understanding,
): Move | undefined {
  // A question of the person's own says nothing of a copy, whatever it asks about.
  const isQuestion = intent.startsWith('learn.') && confidence >= leastAside;
  // "Not now, maybe later" leaves, and hedges nothing; a bare "maybe" does.
  const isLeaving = stopping.has(intent) && confidence >= leastSteer && text.includes(' ');
  if (answer?.gate === undefined || isLeaving || (isQuestion && answer.gate !== 'skip')) return undefined;
  // What lies in the very place that is cleared is no second copy.
  const isSame =
    answer.gate === 'copy' && samePlace[phoneOf(frame.device.evidence).service ?? '']?.test(text) === true;
  return { do: 'pick', pick: { kind: 'gate', fix, answer: isSame ? 'noCopy' : answer.gate } };
}

function opensGate(pick: Pick | undefined): boolean {
  return pick?.kind === 'gate' && pick.answer === 'copy';
}

/** A yes with more behind it says that the backup works only where all of it does: "yes but it says not enough space". */
function yesAtFix(frame: Frame, cursor: Cursor, said: Understanding): Move | undefined {
  if (isOtherProblem(frame, said)) return undefined;
  const outcome = said.answer?.outcome;
  const isPlain = outcome === undefined || outcome.name === 'worked' || outcome.name === 'done';
  const words = said.text.trim().split(/\s+/).length;
  const isBrief = words <= (cursor.kind === 'check' ? mostYesWords : fewWords);
  if (isPlain && isBrief && !but.test(said.text) && !isUnderWay(said)) return { do: 'yesNo', yes: true };
  if (outcome?.name === 'worked' && !claimsSuccess(said)) return { do: 'outcome', outcome: 'done' };
  return { do: 'outcome', outcome: outcome?.name ?? 'done' };
}

function isOtherProblem(frame: Frame, { intent, confidence }: Understanding): boolean {
  return isTopic(intent) && confidence >= leastTopic.open && intent !== frame.session.topic;
}

function isSuccess(pick: Pick | undefined): boolean {
  return pick?.kind === 'outcome' && pick.outcome === 'worked';
}

/** True for a message that says of the backup in hand that it works now, and asks nothing. */
function claimsSuccess(said: Understanding): boolean {
  const { answer, intent, confidence } = said;
  const isClaim = answer?.outcome?.name === 'worked' && answer.outcome.confidence >= leastWorked;
  // "All backed up" sounds like a backup that fails, and says that it does not.
  const isSure = vague.has(intent) && (answer?.outcome?.confidence ?? 0) >= leastStrange;
  const isProblem = intent.startsWith('fix.') && confidence >= leastTopic.open && !isSure;
  return isClaim && !isAside(said) && !isProblem && !isUnderWay(said) && !others.test(said.text);
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

/** True at a step that is not the last of its fix. */
function isBeforeLast(frame: Frame): boolean {
  const { cursor } = frame.session;
  return cursor?.kind === 'step' && !isLastStep(frame, cursor);
}

function isLastStep(frame: Frame, cursor: Extract<Cursor, { kind: 'step' }>): boolean {
  const fix = frame.brain.knowledge.fixes.get(cursor.fix);
  return fix === undefined || stepAfter(frame, fix, cursor.step) === undefined;
}

function outcomeMove(frame: Frame, said: Understanding, isSteering: boolean): Move | undefined {
  const outcome = said.answer?.outcome;
  // What still goes wrong, or what the screen shows, is no success, however much it sounds like one.
  if (outcome?.name === 'worked' && !claimsSuccess(said)) return undefined;
  const isOtherTopic = isTopic(said.intent) && said.intent !== frame.session.topic;
  if (outcome === undefined || (said.answer?.isUnsure === true && outcome.name === 'failed'))
    return undefined;
  // Before its last step a fix has not failed: "it does not move at all" tells of the backup.
  const isEarly = isBeforeLast(frame) && vague.has(said.intent) && said.confidence >= leastTopic.open;
  if (isEarly && (outcome.name === 'failed' || outcome.name === 'partly')) return undefined;
  const isSurer = said.confidence >= Math.min(0.8, outcome.confidence + 0.2);
  if (isOtherTopic && isSurer && !tellsOfStep(said, outcome)) return undefined;
  if (isSteeringRather(said, outcome, isSteering)) return undefined;
  return outcome.confidence >= leastFor(outcome.name, said, isSteering)
    ? { do: 'outcome', outcome: outcome.name }
    : undefined;
}

/** True where the words tell how the step went, though they sound like a problem as well: "it's at 34%", "it's greyed out". */
function tellsOfStep(
  { intent }: Understanding,
  { name, confidence }: NonNullable<Answer['outcome']>,
): boolean {
  if (vague.has(intent)) return confidence >= leastTold;
  return confidence >= leastStrange && name !== 'failed' && name !== 'partly' && name !== 'worked';
}

/** True for a yes or no that is hardly likelier than that the message means nothing: "ghghgh". */
function isGuess({ intent, confidence, strangeness = 0 }: Understanding): boolean {
  return (intent === 'talk.yes' || intent === 'talk.no') && confidence < 0.55 && strangeness > 0.3;
}

/** Least confidence in an outcome, given what else the message may be. */
function leastFor(outcome: OutcomeName, said: Understanding, isSteering: boolean): number {
  const { intent, confidence, strangeness = 0 } = said;
  if (isGuess(said)) return leastStrange;
  if (isSteering) return outcome === 'paused' ? leastPaused : Math.max(0.85, confidence);
  if (intent === 'oos')
    return strangeness >= nonsense ? leastNonsense : strangeness >= 0.75 ? leastStrange : leastUnknown;
  return steering.has(intent) && confidence >= leastSteer ? confidence : leastOutcome;
}

/** True where the message leaves, stops or complains, however much it sounds like telling how a step went. */
function isSteeringRather(
  { text, intent, confidence }: Understanding,
  outcome: NonNullable<Answer['outcome']>,
  isSteering: boolean,
): boolean {
  const isPause = outcome.name === 'paused';
  // "Stopped" tells of the backup.
  const isTold =
    outcome.name === 'failed' && outcome.confidence >= leastStrange - 0.03 && /\w{3}ed\b/.test(text);
  if (isTold && stopping.has(intent)) return false;
  if (stopping.has(intent) && confidence >= leastSteer)
    return isPause || outcome.name === 'cannot' || isSteering;
  if (!isSteering) return false;
  // "Hold on" asks for time, and for no way back.
  // And "it's on now, what next" has done the step.
  if (intent === 'talk.skip' && outcome.name === 'done' && outcome.confidence >= leastStrange) return false;
  if (leaving.has(intent)) return !(isPause && outcome.confidence >= 0.95 && confidence < 0.9);
  // "May I ask why" is no refusal, however much it sounds like one.
  if (intent === 'talk.why') return outcome.name === 'cannot';
  return intent === 'talk.upset' && !(outcome.name === 'failed' && outcome.confidence >= 0.9);
}
