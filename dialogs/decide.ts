import type { IntentName } from '../intents/names.js';
import type { Understanding } from '../intents/understanding.js';
import { unsure } from '../knowledge/evidence.js';
import type { PhoneField } from '../knowledge/phone.js';
import { phoneFields } from '../knowledge/phone.js';
import type { Absorbed } from './absorb.js';
import { openStores } from './absorb.js';
import { parsePick } from './choices.js';
import { stepAfter } from './flow.js';
import type { Frame } from './frame.js';
import type { Move } from './moves.js';
import type { Cursor } from './session.js';

/** Least confidence to act on an intent: while something is open, and while nothing is. */
const leastSteer = 0.5;
const leastData = 0.9;
const leastTopic = { open: 0.5, idle: 0.3 } as const;
const leastAnswer = 0.65;
/** A bare yes or no names an answer by the first word of its label alone. */
const leastBareAnswer = 0.5;
const leastOutcome = 0.45;
/** A fix counts as working only when they say so. */
const leastWorked = 0.7;
/** From here on steering wins over an answer; a question of the person's own needs less beside a fix. */
const leastSure = 0.75;
const leastAside = 0.55;
/** From here on a part of the message is a second problem. */
const leastOther = 0.8;
/** Where a vendor's text is quoted, its parts are of one problem. */
const leastBesideQuote = 0.97;
/** Below this a problem is a guess. */
const leastCertain = 0.7;

/** Steering that is meant as such wherever the conversation stands. */
const steering: ReadonlySet<string> = new Set<IntentName>([
  'talk.help',
  'talk.repeat',
  'talk.back',
  'talk.skip',
  'talk.why',
  'talk.restart',
  'talk.cancel',
  'talk.bot',
  'talk.upset',
  'talk.bye',
  'talk.thanks',
  'talk.greet',
  'log.show',
  'data.export',
  'data.delete',
]);

/** Steering that leaves what is open, comes back to it or questions it; nobody says so who tells how a step went. */
const leaving: ReadonlySet<string> = new Set<IntentName>([
  'talk.greet',
  'talk.repeat',
  'talk.back',
  'talk.skip',
  'talk.restart',
  'talk.why',
]);

/** Decides what the message is for, given what is open and what it told in passing. */
export function decideMove(frame: Frame, said: Understanding, absorbed: Absorbed): Move {
  const { cursor } = frame.session;
  if (said.intent === 'talk.human' && said.confidence >= leastSteer)
    return { do: 'steer', intent: 'talk.human' };
  if (isCorrection(frame, said, absorbed)) return { do: 'replan', phone: absorbed.phone };
  if (said.refusesCost && cursor?.kind === 'step' && isCostly(frame, cursor.fix))
    return { do: 'outcome', outcome: 'cannot' };
  if (said.refusesCost && cursor !== undefined && isBrief(said)) return { do: 'replan', phone: [] };
  const answered = cursor === undefined ? undefined : answerMove(frame, cursor, said, absorbed);
  if (answered !== undefined) return answered;
  const { intent, confidence } = said;
  if (intent !== 'oos' && steering.has(intent) && confidence >= steerFrom(intent))
    return { do: 'steer', intent };
  const quoted = cursor === undefined ? quotedProblem(frame, said, absorbed) : undefined;
  if (quoted !== undefined) return quoted;
  const topic = isFigures(said) && cursor !== undefined ? undefined : topicMove(frame, said, absorbed);
  if (topic !== undefined) return topic;
  const { phone, amounts, errors, tried, answers } = absorbed;
  if (phone.length + amounts.length + errors + tried.length + answers.length > 0) {
    return { do: 'replan', phone: absorbed.phone };
  }
  if (intent === 'talk.fixed' || intent === 'talk.notfixed') {
    return { do: 'outcome', outcome: intent === 'talk.fixed' ? 'worked' : 'failed' };
  }
  if (cursor !== undefined && namesKnownPhone(said)) return { do: 'replan', phone: [] };
  const isLikely = confidence >= 0.35 && !intent.startsWith('data.');
  if (intent !== 'oos' && steering.has(intent) && isLikely) return { do: 'steer', intent };
  if (intent === 'oos' && cursor === undefined) return { do: 'outOfScope' };
  return { do: 'unclear' };
}

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

/** The problem that a vendor's text names exactly; the words around it may fit several. */
function quotedProblem(frame: Frame, said: Understanding, absorbed: Absorbed): Move | undefined {
  const quoted = absorbed.errors > 0 ? frame.device.evidence.errors.at(-1) : undefined;
  const topic = frame.brain.knowledge.causes.get(quoted?.cause ?? '')?.topic;
  if (topic === undefined || said.intent.startsWith('learn.')) return undefined;
  const isSure = isTopic(said.intent) && !said.isCloseCall;
  return isSure ? undefined : { do: 'problem', topic, others: [] };
}

/** True when the message names the phone or the backup as it is known already. */
function namesKnownPhone(said: Understanding): boolean {
  return said.mentions.some((one) => !one.isNegated && phoneFields.some((field) => field === one.entity));
}

/** True for a problem of the person's own, named while they read something. */
function isComplaint(said: Understanding): boolean {
  return said.intent.startsWith('fix.') && said.confidence >= leastTopic.open;
}

/** True for a message of a few words, which says only one thing. */
function isBrief(said: Understanding): boolean {
  return said.text.trim().split(/\s+/).length <= 7;
}

/** How sure the intent is; of a question, how sure that it is one, whichever lesson answers it best. */
function sureness({ intent, confidence, alternatives }: Understanding): number {
  if (!intent.startsWith('learn.')) return confidence;
  const others = alternatives.filter((one) => one.intent.startsWith('learn.'));
  return others.reduce((sum, one) => sum + one.confidence, confidence);
}

/** True for a question of the person's own, which answers nothing. */
function isAside(said: Understanding): boolean {
  return said.intent.startsWith('learn.') || said.text.trimEnd().endsWith('?');
}

/** True for a message of hardly more than amounts, speeds or times, which complains of nothing. */
function isFigures(said: Understanding): boolean {
  if (said.amounts.length + said.speeds.length + said.durationsHours.length === 0) return false;
  return said.text.replace(/[\d.,]+\s*[a-z]+/gi, '').trim().length <= 24;
}

/** What a person's data are asked for in must be beyond doubt: "I have a copy" is not. */
function steerFrom(intent: string): number {
  return intent.startsWith('data.') ? leastData : leastSteer;
}

/** The message as an answer to what is open; undefined when it is none. */
function answerMove(frame: Frame, cursor: Cursor, said: Understanding, absorbed: Absorbed): Move | undefined {
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

/** True for a fact that answers the question, or makes it needless. */
function isAskedBy(frame: Frame, question: string, field: PhoneField): boolean {
  const asked = frame.brain.knowledge.questions.get(question);
  return question === field || asked?.unless.includes(field) === true;
}

/** One of the choices that the words fit; "not sure, waiting for Wi-Fi I think" is no doubt between two of them. */
function closeMove(ids: string[]): Move {
  const [id, ...others] = ids.filter((one) => !one.endsWith(`:${unsure}`));
  const pick = id === undefined || others.length > 0 ? undefined : parsePick(id);
  return pick === undefined ? { do: 'close', ids } : { do: 'pick', pick };
}

function isCostly(frame: Frame, fix: string): boolean {
  return frame.brain.knowledge.fixes.get(fix)?.risk === 'costs';
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

/** True for a guessed problem to which nothing belongs of what the message tells in so many words. */
function isFarFetched(
  frame: Frame,
  { intent, confidence }: Understanding,
  answers: readonly string[],
): boolean {
  if (confidence >= leastCertain || answers.length === 0 || !intent.startsWith('fix.')) return false;
  return answers.every((id) => {
    const question = frame.brain.knowledge.questions.get(id);
    return question !== undefined && ![question.topic, ...question.alsoIn].includes(intent);
  });
}

function topicMove(frame: Frame, said: Understanding, { answers, errors }: Absorbed): Move | undefined {
  const { intent } = said;
  const isSame = intent === frame.session.topic;
  const least = frame.session.cursor === undefined || isSame ? leastTopic.idle : leastTopic.open;
  if (said.isCloseCall && frame.session.cursor === undefined) {
    const labels = [intent, ...said.alternatives.map((one) => one.intent)].filter(isTopic).slice(0, 2);
    // What the message tells in so many words needs no guess.
    if (labels.length > 0 && answers.length > 0) return { do: 'problem', topic: 'fix.unknown', others: [] };
    // Whoever measures the speed asks how long it takes.
    const isMeasured = said.speeds.length > 0 && labels.includes('fix.network');
    if (isMeasured) return { do: 'problem', topic: 'fix.network', others: [] };
    if (labels.length === 2) return { do: 'guess', labels };
    if (intent === 'fix.unknown') return { do: 'problem', topic: intent, others: [] };
  }
  if (!isTopic(intent) || sureness(said) < least) return undefined;
  if (frame.session.cursor === undefined && isFarFetched(frame, said, answers))
    return { do: 'problem', topic: 'fix.unknown', others: [] };
  if (said.ruledOut.some((topic) => topic === intent) || hasRoomBesides(said))
    return { do: 'problem', topic: otherTopic(said), others: [] };
  if (intent.startsWith('learn.')) return { do: 'lesson', topic: intent };
  const others = said.intents
    .filter(
      (one) =>
        one.intent.startsWith('fix.') &&
        one.intent !== intent &&
        one.confidence >= (errors > 0 ? leastBesideQuote : leastOther) &&
        !said.ruledOut.some((topic) => topic === one.intent) &&
        isMoreThanNames(said, one.span),
    )
    .map((one) => one.intent as string);
  const named = [...new Set([...(intent === 'fix.unknown' ? [] : [intent]), ...others])];
  const [topic = intent, ...rest] = named;
  return { do: 'problem', topic, others: rest };
}

/** Free space that is plenty for most backups, in bytes. */
const plentyBytes = 15e9;

/** True when the message names plenty of free space, and another problem: "I have 60 GB left, so that can't be it". */
function hasRoomBesides({ intent, amounts, intents }: Understanding): boolean {
  const isPlenty = amounts.length === 1 && amounts[0]?.role === 'free' && amounts[0].bytes >= plentyBytes;
  return (
    intent === 'fix.storage' &&
    isPlenty &&
    intents.some((one) => isTopic(one.intent) && one.intent !== intent)
  );
}

/** False for a part of the message that only names things, such as "iPhone 13, iOS 17.5", and tells no problem. */
function isMoreThanNames(
  { text, mentions }: Understanding,
  span: Understanding['mentions'][number]['span'],
): boolean {
  let rest = text.slice(span.start, span.end);
  for (const one of mentions) rest = rest.replace(text.slice(one.span.start, one.span.end), ' ');
  return (rest.match(/\p{L}{2,}/gu) ?? []).length >= 2;
}

/** The problem of a message that says which one it is not. */
function otherTopic(said: Understanding): string {
  const others = [...said.intents, ...said.alternatives].map(({ intent }) => intent as string);
  return (
    others.find(
      (one) => one.startsWith('fix.') && one !== said.intent && !said.ruledOut.some((topic) => topic === one),
    ) ?? 'fix.unknown'
  );
}

function isTopic(label: string): boolean {
  return label.startsWith('fix.') || label.startsWith('learn.');
}
