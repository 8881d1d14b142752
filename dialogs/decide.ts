import type { IntentName } from '../intents/names.js';
import type { Understanding } from '../intents/understanding.js';
import { phoneFields } from '../knowledge/phone.js';
import type { Absorbed } from './absorb.js';
import { answerMove, isAskedBy } from './answer-move.js';
import { asideMove, isTried } from './aside-move.js';
import type { Frame } from './frame.js';
import { isDeed, isFigures, isNames, isTopic, leastSteer, steering } from './meaning.js';
import type { Move } from './moves.js';
import { quotedProblem, topicMove } from './topic-move.js';

/** What a person's data are asked for in must be beyond doubt. */
const leastData = 0.9;

/** Decides what the message is for, given what is open and what it told in passing. */
export function decideMove(frame: Frame, said: Understanding, absorbed: Absorbed): Move {
  const { cursor } = frame.session;
  if (wantsPerson(said)) return { do: 'steer', intent: 'talk.human' };
  if (isCorrection(frame, said, absorbed)) return { do: 'replan', phone: absorbed.phone };
  // Whoever says it once more takes what is open for something that costs.
  if (said.refusesCost && cursor?.kind === 'step' && (absorbed.refusedBefore || isCostly(frame, cursor.fix)))
    return { do: 'outcome', outcome: 'cannot' };
  if (said.refusesCost && cursor !== undefined && isBrief(said)) return { do: 'replan', phone: [] };
  const aside = asideMove(frame, said);
  if (aside !== undefined) return aside;
  const answered = cursor === undefined ? undefined : answerMove(frame, cursor, said, absorbed);
  if (answered !== undefined) return answered;
  const { intent, confidence } = said;
  const isTold = cursor !== undefined && isDeed(said);
  const isSteering = intent !== 'oos' && steering.has(intent) && confidence >= steerFrom(intent);
  const isOfCopies = isTold || cursor?.kind === 'gate';
  if (isSteering && !isNewStart(frame, said) && !(isOfCopies && intent.startsWith('data.')))
    return { do: 'steer', intent };
  const quoted = cursor === undefined ? quotedProblem(frame, said, absorbed) : undefined;
  if (quoted !== undefined) return quoted;
  const other = isNewStart(frame, said) ? said.intents.find((one) => isTopic(one.intent)) : undefined;
  if (other?.intent.startsWith('learn.') === true) return { do: 'lesson', topic: other.intent };
  const isBeside = (isFigures(said) && cursor !== undefined) || isNames(said) || isTold;
  const topic = isBeside ? undefined : topicMove(frame, said, absorbed);
  if (topic !== undefined) return topic;
  const { phone, amounts, errors, tried, answers } = absorbed;
  // A device that is named makes no backup problem of a message about something else.
  const isElsewhere =
    intent === 'oos' && cursor === undefined && !isNames(said) && !aboutBackups.test(said.text);
  if (isElsewhere && amounts.length + errors + tried.length === 0 && confidence >= leastElsewhere)
    return { do: 'outOfScope' };
  if (phone.length + amounts.length + errors + tried.length + answers.length > 0) {
    return { do: 'replan', phone: absorbed.phone };
  }
  if (intent === 'talk.notfixed') return { do: 'outcome', outcome: 'failed' };
  // What sounds like a success but is hardly one of this backup is asked about.
  if (intent === 'talk.fixed' && cursor?.kind !== 'gate')
    return { do: 'outcome', outcome: isTried(cursor) ? 'done' : 'worked' };
  const isNoted = namesKnownPhone(said) || isTold || (isFigures(said) && cursor?.kind === 'question');
  if (cursor !== undefined && isNoted) return { do: 'replan', phone: [] };
  const likely = likelySteering(said);
  if (likely !== undefined) return { do: 'steer', intent: likely };
  if (intent === 'oos' && cursor === undefined) return { do: 'outOfScope' };
  return { do: 'unclear' };
}

/** Least confidence that a part of the message asks for a person. */
const leastPerson = 0.8;

/** True for a message that asks for a person, if only with its last words. */
function wantsPerson(said: Understanding): boolean {
  // "No, human please" asks for one.
  const isRefusal = said.asides.includes('noPerson') && !/\bno\s*[,.!;]/i.test(said.text);
  if (isRefusal || isNames(said)) return false;
  if (said.intent === 'talk.human') return said.confidence >= leastSteer;
  return said.intents.some(({ intent, confidence }) => intent === 'talk.human' && confidence >= leastPerson);
}

/** Least confidence that a message is about something else. */
const leastElsewhere = 0.55;
const aboutBackups = /back(?:ed|s|ing)?[ -]?up|restor|sync|storage|cloud|upload|itunes|finder|saved?\b/i;

/** True when the message changes the phone itself, so that what is open may not fit any more. */
function isCorrection(frame: Frame, said: Understanding, absorbed: Absorbed): boolean {
  if (frame.session.topic === undefined) return false;
  if (absorbed.isOtherPhone) return true;
  if (absorbed.phone.length === 0) return false;
  const { cursor } = frame.session;
  if (cursor?.kind === 'question' && absorbed.phone.some((field) => isAskedBy(frame, cursor.question, field)))
    return false;
  return absorbed.corrected.length > 0 || said.mentions.some((mention) => mention.isCorrection);
}

/** True when the message names the phone or the backup as it is known already. */
function namesKnownPhone(said: Understanding): boolean {
  return said.mentions.some((one) => !one.isNegated && phoneFields.some((field) => field === one.entity));
}

/** True for a message of a few words, which says only one thing. */
function isBrief(said: Understanding): boolean {
  return said.text.trim().split(/\s+/).length <= 7;
}

/** True where nothing was begun yet, and "delete my backups and start fresh" is about the backups. */
function isNewStart({ session }: Frame, { intent, intents }: Understanding): boolean {
  const isIdle = session.topic === undefined && session.cursor === undefined;
  return intent === 'talk.restart' && isIdle && intents.some((one) => isTopic(one.intent));
}

/** Steering that the message may well be, where it is nothing else; "y?" is no yes, and means the next likeliest. */
function likelySteering({ text, intent, confidence, alternatives }: Understanding): IntentName | undefined {
  const asks = text.trimEnd().endsWith('?') && intent === 'talk.yes';
  const found = [{ intent, confidence }, ...(asks ? alternatives : [])].find(
    (one) => steering.has(one.intent) && one.confidence >= 0.35 && !one.intent.startsWith('data.'),
  );
  return found === undefined || found.intent === 'oos' ? undefined : found.intent;
}

/** What a person's data are asked for in must be beyond doubt: "I have a copy" is not. */
function steerFrom(intent: string): number {
  return intent.startsWith('data.') ? leastData : leastSteer;
}

function isCostly(frame: Frame, fix: string): boolean {
  return frame.brain.knowledge.fixes.get(fix)?.risk === 'costs';
}
