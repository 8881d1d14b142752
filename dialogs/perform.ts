import { redact } from '../intents/redact.js';
import { derivedFacts } from '../knowledge/derive.js';
import { unsure } from '../knowledge/evidence.js';
import { slotsFor } from '../knowledge/slots.js';
import { explainTerm, takeAside, takeFix } from './asides.js';
import { parsePick } from './choices.js';
import { finishFixed, lead, say, sayWords, showCursor, stepAfter } from './flow.js';
import type { Frame } from './frame.js';
import type { Judgement } from './judge.js';
import { judge } from './judge.js';
import { lessonFor, lessonReply } from './lessons.js';
import { vague } from './meaning.js';
import type { Move } from './moves.js';
import { leaveStop, record, reopen, reopenSolved, setAside, startProblem } from './problem.js';
import { steer } from './steer.js';
import { viewOf } from './views.js';
import { heardOf, textOf } from './wording.js';

/** Topics offered to choose from when two messages in a row were not understood. */
const commonTopics = ['fix.storage', 'fix.network', 'fix.unknown'];

/** Least confidence that a fix helped in part, where another problem is named. */
const leastPartly = 0.8;

/** Carries out the move; what it returns says what the dialog does next. */
export function perform(frame: Frame, move: Move): Judgement {
  const result = performKnown(frame, move);
  if (result === 'unclear') return unclear(frame);
  frame.session.unclear = 0;
  return result;
}

function performKnown(frame: Frame, move: Move): Judgement {
  switch (move.do) {
    case 'steer':
      return steer(frame, move.intent);
    case 'problem':
      return takeProblem(frame, move.topic, move.others);
    case 'later':
      return keepForLater(frame, move.topic);
    case 'lesson':
      return takeLesson(frame, move.topic);
    case 'guess':
      frame.session.cursor = { kind: 'guess', labels: move.labels };
      frame.session.guessedAt = redact(textOfMessage(frame));
      return 'show';
    case 'resume':
      leaveStop(frame);
      frame.session.cursor = { kind: 'offer', offer: 'resume', topic: move.topic };
      return 'show';
    case 'close':
      return askWhich(frame, move.ids);
    case 'stay':
      return frame.session.cursor === undefined ? 'end' : 'show';
    case 'outOfScope':
      keepPhrase(frame);
      sayWords(frame, 'oos');
      return 'wait';
    case 'unclear':
      return 'unclear';
    case 'outcome':
      return outcomeAnywhere(frame, move);
    case 'replan':
      return replan(frame, move);
    case 'aside':
      return takeAside(frame, move.about);
    case 'fix':
      return takeFix(frame, move.fix);
    case 'term':
      return explainTerm(frame, move.term);
    default:
      return judge(frame, move);
  }
}

/** "It works" and "still failing" count even where no fix is open. */
function outcomeAnywhere(frame: Frame, move: Extract<Move, { do: 'outcome' }>): Judgement {
  const { cursor } = frame.session;
  // At its gate a fix was not tried yet, so that nothing can be said of it.
  if (cursor?.kind === 'step' || cursor?.kind === 'check') return judge(frame, move);
  if (move.outcome === 'worked') {
    finishFixed(frame, undefined);
    return 'wait';
  }
  if (cursor?.kind === 'question') return stillFailingAt(frame, cursor.question);
  if (cursor !== undefined) {
    lead(frame, 'stillFailing.open');
    return 'show';
  }
  if (!reopenSolved(frame)) return takeProblem(frame, 'fix.unknown', []);
  lead(frame, 'outcome.lead.failed');
  return 'plan';
}

/** Asks once more in other words; whoever cannot tell then either is asked something else. */
function stillFailingAt(frame: Frame, question: string): Judgement {
  const key = `q:${question}`;
  lead(frame, 'stillFailing.open');
  if (frame.session.lost.includes(key)) return judge(frame, { do: 'unsure' });
  frame.session.lost.push(key);
  showCursor(frame, { isRephrased: true });
  return 'wait';
}

function replan(frame: Frame, move: Extract<Move, { do: 'replan' }>): Judgement {
  const changed = move.phone[0];
  const answer = changed === undefined ? undefined : frame.device.evidence.facts[changed]?.answer;
  const question = changed === undefined ? undefined : frame.brain.knowledge.questions.get(changed);
  const label = question?.answers.find((one) => one.id === answer)?.label;
  if (frame.session.topic !== undefined) {
    if (label !== undefined) {
      lead(frame, 'noted.phone', { phone: label });
      return judge(frame, move);
    }
    note(frame);
    return rethink(frame);
  }
  if (frame.device.evidence.errors.length > 0) {
    const cause = frame.brain.knowledge.causes.get(frame.device.evidence.errors.at(-1)?.cause ?? '');
    if (cause !== undefined) return takeProblem(frame, cause.topic, []);
  }
  if (label === undefined) note(frame);
  else lead(frame, 'noted.phone', { phone: label });
  lead(frame, 'ask.problem');
  return 'end';
}

/** Shows that something was taken in, by the amounts themselves where those were told. */
function note(frame: Frame): void {
  const { amounts = [] } = frame.understanding ?? {};
  const isFree = frame.understanding?.refusesCost === true;
  const figures = amounts.length > 0 ? 'noted.amounts' : hasNewFigures(frame) ? 'noted.time' : 'noted';
  const heard = heardOf(frame);
  const words = isFree ? 'noted.free' : figures === 'noted' && heard !== undefined ? 'noted.heard' : figures;
  lead(frame, words, { ...slotsFor(frame.device.evidence, frame.locale), heard });
}

/** True when the message told something that may change what comes next. */
function isNews(frame: Frame): boolean {
  return hasNewFigures(frame) || heardOf(frame) !== undefined;
}

function hasNewFigures(frame: Frame): boolean {
  const { amounts = [], speeds = [], durationsHours = [] } = frame.understanding ?? {};
  return amounts.length + speeds.length + durationsHours.length > 0;
}

/** Decides anew, but never in the middle of a fix, unless the numbers just told say that it is of no use. */
function rethink(frame: Frame): Judgement {
  const { cursor } = frame.session;
  if ((cursor?.kind === 'step' || cursor?.kind === 'check') && !isShortOfSpace(frame, cursor.fix))
    return 'show';
  reopen(frame);
  return 'plan';
}

/** True when the message shows that space is missing, and the fix in hand makes none. */
function isShortOfSpace({ brain, device, understanding }: Frame, fix: string): boolean {
  if (understanding === undefined || understanding.amounts.length === 0) return false;
  const facts = derivedFacts(device.evidence);
  const isShort = facts.fit === 'short' || facts['whatsapp-room'] === 'short';
  return isShort && brain.knowledge.fixes.get(fix)?.topic !== 'fix.storage';
}

function takeProblem(frame: Frame, topic: string, others: string[]): Judgement {
  const { session, brain } = frame;
  const opening = brain.knowledge.topics.get(topic)?.opening;
  if (opening === undefined) return 'unclear';
  if (session.topic === topic) {
    note(frame);
    return session.cursor === undefined || isNews(frame) ? rethink(frame) : 'show';
  }
  if (session.topic !== undefined && !vague.has(topic)) switchProblem(frame, topic);
  else if (session.topic !== undefined) {
    note(frame);
    return isNews(frame) ? rethink(frame) : 'show';
  }
  startProblem(frame, topic);
  session.queue.push(
    ...others.filter((one) => !session.queue.includes(one) && brain.knowledge.topics.has(one)),
  );
  if (frame.understanding?.isUpset === true) lead(frame, 'upset.open');
  heardBesides(frame);
  const heard = heardOf(frame, vague.has(topic) ? undefined : topic);
  frame.leads.push(textOf(frame, opening, { heard }));
  if (others.length > 0 && frame.leads.length < 3) lead(frame, 'several');
  return 'plan';
}

/** Keeps a second problem until the first is done. */
function keepForLater(frame: Frame, topic: string): Judgement {
  const { session } = frame;
  if (!session.queue.includes(topic)) session.queue.push(topic);
  session.told[topic] = redact(textOfMessage(frame));
  lead(frame, 'later');
  return 'show';
}

/** Shows that what the message says beside the problem was heard. */
function heardBesides(frame: Frame): void {
  const { ledger } = frame.device;
  const hasTried = Object.values(ledger).some((entry) => entry.by === 'person' && entry.at === frame.now);
  if (hasTried) lead(frame, 'noted.tried');
  if (frame.understanding?.refusesCost === true) lead(frame, 'noted.free');
}

/** Leaves the problem in hand for another; a fix that is half done waits for its turn. */
function switchProblem(frame: Frame, topic: string): void {
  const { session, device } = frame;
  const old = session.topic;
  const isVague = vague.has(old ?? '');
  // A problem without a cause is the one that is named now, so that it need not come back.
  const isHalfDone = session.cursor !== undefined && 'fix' in session.cursor && !isVague;
  closeInHand(frame, isVague);
  leaveStop(frame);
  device.evidence.topics = isVague || isHalfDone ? [] : device.evidence.topics;
  // A message that says only that there is no backup counts no more once they say why.
  const isOfNew = (cause: string) => frame.brain.knowledge.causes.get(cause)?.topic === topic;
  if (isVague) device.evidence.errors = device.evidence.errors.filter(({ cause }) => isOfNew(cause));
  if (isHalfDone && old !== undefined) setAside(frame, old);
  if (isHalfDone && old?.startsWith('fix.') && !session.queue.includes(old)) {
    session.queue.push(old);
    lead(frame, 'switch', { name: frame.brain.knowledge.topics.get(old)?.name ?? '' });
  }
  session.topic = topic;
}

/** A fix whose last step is done when another problem shows was of no use; one that is begun waits, where it can. */
function closeInHand(frame: Frame, isVague: boolean): void {
  const { cursor } = frame.session;
  const fix =
    cursor !== undefined && 'fix' in cursor ? frame.brain.knowledge.fixes.get(cursor.fix) : undefined;
  if (fix === undefined || cursor?.kind === 'gate') return;
  const isLast =
    cursor?.kind === 'check' || (cursor?.kind === 'step' && stepAfter(frame, fix, cursor.step) === undefined);
  const outcome = frame.understanding?.answer?.outcome;
  const isPartly = outcome?.name === 'partly' && outcome.confidence >= leastPartly;
  if (isLast) record(frame, fix.id, isPartly ? 'partly' : 'failed');
  else if (isVague) frame.session.skipped.push(fix.id);
}

/** A question beside a fix is answered and the fix goes on; otherwise it is a topic of its own. */
function takeLesson(frame: Frame, topic: string): Judgement {
  const { session } = frame;
  const isAside = session.topic?.startsWith('fix.') === true && session.cursor !== undefined;
  if (session.topic === topic && session.cursor?.kind === 'lesson')
    return judge(frame, { do: 'yesNo', yes: true });
  if (!isAside) {
    const opening = frame.brain.knowledge.topics.get(topic)?.opening;
    if (opening === undefined) return 'unclear';
    if (session.topic !== undefined) session.topic = undefined;
    startProblem(frame, topic);
    session.taught = session.taught.filter((id) => frame.brain.knowledge.lessons.get(id)?.topic !== topic);
    frame.leads.push(textOf(frame, opening));
    const lesson = lessonFor(frame, topic, textOfMessage(frame));
    if (lesson === undefined) return 'unclear';
    session.taught.push(lesson.id);
    frame.facts.push({ kind: 'taught', detail: { lesson: lesson.id } });
    session.cursor = { kind: 'lesson', lesson: lesson.id };
    return 'show';
  }
  const lesson = lessonFor(frame, topic, textOfMessage(frame));
  if (lesson === undefined) return 'unclear';
  session.taught.push(lesson.id);
  frame.facts.push({ kind: 'taught', detail: { lesson: lesson.id } });
  say(frame, lessonReply(frame, lesson));
  lead(frame, 'return');
  return 'show';
}

function textOfMessage(frame: Frame): string {
  return frame.incoming.kind === 'message' ? frame.incoming.text : '';
}

/** Offers the few buttons that the words fit, instead of all. */
function askWhich(frame: Frame, ids: readonly string[]): Judgement {
  const { cursor } = frame.session;
  const choices = cursor === undefined ? [] : (viewOf(frame, cursor)?.reply.choices ?? []);
  const close = choices.filter((choice) => ids.includes(choice.id));
  const real = close.filter((choice) => !choice.id.endsWith(`:${unsure}`));
  const only = close.length === 2 && real.length === 1 ? parsePick(real[0]?.id ?? '') : undefined;
  // "Not sure, waiting for Wi-Fi I think" is no doubt between two of them.
  if (only !== undefined) return judge(frame, { do: 'pick', pick: only });
  if (close.length < 2) {
    // Answers that no button shows cannot be chosen between; the first fits best.
    const pick = parsePick(ids[0] ?? '');
    return pick === undefined ? 'unclear' : judge(frame, { do: 'pick', pick });
  }
  say(frame, { say: frame.brain.knowledge.words.say('which'), choices: close });
  return 'wait';
}

/** Keeps the message, redacted, for editors to see what was not understood. */
function keepPhrase(frame: Frame): void {
  if (frame.understanding === undefined) return;
  const { text, intent } = frame.understanding;
  frame.phrases.push({ text: redact(text), reason: 'unclear', meant: intent });
}

/** Says it another way first, then offers choices, then a person. */
function unclear(frame: Frame): Judgement {
  const { session } = frame;
  session.unclear += 1;
  frame.facts.push({ kind: 'unclear', detail: { times: session.unclear } });
  keepPhrase(frame);
  if (session.unclear >= 3) {
    session.unclear = 0;
    leaveStop(frame);
    session.cursor = { kind: 'offer', offer: 'human', topic: session.topic ?? 'fix.unknown' };
    return 'show';
  }
  if (session.cursor === undefined) {
    if (session.unclear === 1) {
      sayWords(frame, 'unclear.idle');
      return 'wait';
    }
    session.cursor = { kind: 'guess', labels: commonTopics };
    return 'show';
  }
  lead(frame, session.unclear === 1 ? 'unclear.first' : 'unclear.choices');
  showCursor(frame, { isRephrased: session.unclear === 1 });
  return 'wait';
}
