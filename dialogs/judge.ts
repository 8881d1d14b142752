import type { OutcomeName } from '../intents/names.js';
import { unsure } from '../knowledge/evidence.js';
import type { Fix, Step } from '../knowledge/schema.js';
import { absorb } from './absorb.js';
import { finishFixed, lead, moveTo, offerQueued, sayWords, showCursor, stepAfter } from './flow.js';
import type { Frame } from './frame.js';
import { handOver } from './handoff.js';
import { lessonsLeft } from './lessons.js';
import { isUnderWay } from './meaning.js';
import type { Move, Pick } from './moves.js';
import { endProblem, goBack, learn, leaveStop, record, reopen, startProblem } from './problem.js';
import type { Cursor } from './session.js';
import { otherPathOf, stepsFor, textOf } from './wording.js';

/**
 * What is to be done once an answer is judged: `plan` decides anew, `show` shows the cursor,
 * `wait` has said all there is, `end` is done with the topic.
 */
export type Judgement = 'plan' | 'show' | 'wait' | 'end' | 'unclear';

/** Takes the answer to what is open into the evidence, the ledger or the cursor. */
export function judge(frame: Frame, move: Move): Judgement {
  const { cursor } = frame.session;
  switch (move.do) {
    case 'pick':
      return judgePick(frame, move.pick);
    case 'outcome':
      return cursor !== undefined && 'fix' in cursor ? judgeOutcome(frame, cursor, move.outcome) : 'unclear';
    case 'values':
      leaveStop(frame);
      return 'plan';
    case 'replan':
      reopen(frame);
      return 'plan';
    case 'unsure':
      return cursor?.kind === 'question' ? judgeAnswer(frame, cursor.question, unsure) : 'unclear';
    case 'yesNo':
      return cursor === undefined ? 'unclear' : judgeYesNo(frame, cursor, move.yes);
    default:
      return 'unclear';
  }
}

function judgePick(frame: Frame, pick: Pick): Judgement {
  switch (pick.kind) {
    case 'answer':
      return judgeAnswer(frame, pick.question, pick.answer);
    case 'outcome':
      return judgeOutcome(frame, { kind: 'step', fix: pick.fix, step: pick.step }, pick.outcome);
    case 'gate':
      return judgeGate(frame, pick.fix, pick.answer);
    case 'offer':
      return judgeOffer(frame, pick.yes);
    case 'label':
      return judgeLabel(frame, pick.label);
    case 'more':
      return judgeLesson(frame, pick.lesson);
  }
}

function judgeAnswer(frame: Frame, question: string, answer: string): Judgement {
  leaveStop(frame);
  learn(frame, question, answer, 'chosen');
  frame.facts.push({ kind: 'answered', detail: { question, answer } });
  const given = frame.brain.knowledge.questions.get(question)?.answers.find((one) => one.id === answer);
  if (given?.heard !== undefined) frame.leads.push(textOf(frame, given.heard));
  return 'plan';
}

function judgeOutcome(frame: Frame, cursor: Cursor, outcome: OutcomeName): Judgement {
  const fix = 'fix' in cursor ? frame.brain.knowledge.fixes.get(cursor.fix) : undefined;
  if (fix === undefined) return 'plan';
  const step = cursor.kind === 'step' ? cursor.step : (stepsFor(frame, fix).at(-1)?.id ?? '');
  switch (outcome) {
    case 'done': {
      const next = stepAfter(frame, fix, step);
      moveTo(frame, next ?? { kind: 'check', fix: fix.id });
      return 'show';
    }
    case 'worked':
      finishFixed(frame, fix.id);
      return 'wait';
    case 'paused':
      // Before the last step hardly a backup runs: it is the person who needs time.
      if (cursor.kind === 'step' && stepAfter(frame, fix, step) !== undefined && !saysUnderWay(frame)) {
        sayWords(frame, 'waiting');
        return 'wait';
      }
      moveTo(frame, { kind: 'check', fix: fix.id });
      lead(frame, 'paused');
      return 'show';
    case 'notThere':
      return judgeNotThere(frame, fix, step);
    case 'cannot':
      return close(frame, fix, 'cannot', fix.instead === undefined ? 'outcome.lead.cannot' : undefined);
    case 'alreadyDone':
      return close(frame, fix, 'failed', 'outcome.lead.alreadyDone');
    case 'partly':
      return close(frame, fix, 'partly', 'outcome.lead.partly');
    case 'failed':
      return close(frame, fix, 'failed', 'outcome.lead.failed');
  }
}

function saysUnderWay({ understanding }: Frame): boolean {
  return understanding !== undefined && isUnderWay(understanding);
}

function close(
  frame: Frame,
  fix: Fix,
  outcome: 'failed' | 'partly' | 'cannot' | 'notThere',
  words: string | undefined,
): Judgement {
  leaveStop(frame);
  record(frame, fix.id, outcome);
  if (outcome === 'failed') learnFromFailure(frame, fix);
  if (words !== undefined) lead(frame, words);
  else if (fix.instead !== undefined) frame.leads.push(fix.instead);
  return 'plan';
}

/** Notes what follows from a fix that did not help. */
function learnFromFailure(frame: Frame, fix: Fix): void {
  for (const [question, answer] of Object.entries(fix.whenFailed)) learn(frame, question, answer, 'inferred');
}

/** The first time helps to find the menu; the second time goes another way. */
function judgeNotThere(frame: Frame, fix: Fix, stepId: string): Judgement {
  const step = fix.steps.find((one) => one.id === stepId);
  const key = `${fix.id}:${stepId}`;
  if (step === undefined || frame.session.lost.includes(key)) {
    return close(frame, fix, 'notThere', 'outcome.lead.notThere');
  }
  frame.session.lost.push(key);
  leadToMenu(frame, step);
  return 'show';
}

/** Says how to find the menu of a step. */
export function leadToMenu(frame: Frame, { paths, lost }: Step): void {
  const other = otherPathOf(frame, paths);
  if (lost !== undefined) frame.leads.push(lost);
  else if (other !== undefined) lead(frame, 'lost.other', { path: other.join(' > ') });
  else lead(frame, 'lost.search');
}

function judgeGate(frame: Frame, fixId: string, answer: 'copy' | 'noCopy' | 'skip'): Judgement {
  const fix = frame.brain.knowledge.fixes.get(fixId);
  const first = fix === undefined ? undefined : stepsFor(frame, fix)[0];
  if (fix === undefined || first === undefined || answer === 'skip') {
    leaveStop(frame);
    frame.session.skipped.push(fixId);
    lead(frame, 'skipped');
    return 'plan';
  }
  if (answer === 'noCopy') {
    const { cursor } = frame.session;
    if (cursor?.kind === 'gate' && cursor.part === 'copy') {
      showCursor(frame, { isRephrased: true });
      return 'wait';
    }
    moveTo(frame, { kind: 'gate', fix: fixId, part: 'copy' });
    return 'show';
  }
  frame.session.gatePassed = fixId;
  moveTo(frame, { kind: 'step', fix: fixId, step: first.id });
  return 'show';
}

function judgeOffer(frame: Frame, yes: boolean): Judgement {
  const { cursor } = frame.session;
  if (cursor?.kind === 'confirm') return judgeConfirm(frame, cursor.what, yes);
  if (cursor?.kind !== 'offer') return 'unclear';
  frame.session.cursor = undefined;
  if (cursor.offer === 'human') {
    if (yes) handOver(frame, 'unclear');
    return yes ? 'wait' : returnToStop(frame);
  }
  if (!yes) {
    if (cursor.offer === 'resume') endProblem(frame);
    // Who has nothing wrong is not asked again.
    lead(frame, cursor.offer === 'problem' ? 'cancel.idle' : 'fine');
    return 'end';
  }
  if (cursor.offer === 'resume') return returnToStop(frame);
  recallTold(frame, cursor.topic);
  startProblem(frame, cursor.topic);
  return 'plan';
}

/** Takes up what the person said of this problem when another was in hand: the phone, and what happens on it. */
function recallTold(frame: Frame, topic: string): void {
  const { [topic]: text, ...others } = frame.session.told;
  frame.session.told = others;
  if (text !== undefined) absorb(frame, frame.brain.understand(text, { locale: frame.locale }));
}

/** Goes on at the place that was left for an offer. */
function returnToStop(frame: Frame): Judgement {
  return goBack(frame) === undefined ? 'plan' : 'show';
}

function judgeConfirm(frame: Frame, what: 'dataDelete' | 'dataExport', yes: boolean): Judgement {
  frame.session.cursor = undefined;
  if (!yes) return returnToStop(frame);
  frame.dataRequest = what === 'dataDelete' ? 'delete' : 'export';
  if (what === 'dataExport') return 'wait';
  lead(frame, 'confirmed.dataDelete');
  return 'end';
}

function judgeLabel(frame: Frame, label: string): Judgement {
  const { guessedAt } = frame.session;
  if (guessedAt !== undefined) frame.phrases.push({ text: guessedAt, reason: 'corrected', meant: label });
  frame.session.guessedAt = undefined;
  frame.session.cursor = undefined;
  if (!frame.brain.knowledge.topics.has(label)) {
    lead(frame, 'guess.other');
    return 'end';
  }
  startProblem(frame, label);
  return 'plan';
}

function judgeLesson(frame: Frame, lessonId: string): Judgement {
  const lesson = frame.brain.knowledge.lessons.get(lessonId);
  if (lesson === undefined) {
    endLesson(frame);
    return 'wait';
  }
  frame.session.taught.push(lesson.id);
  frame.facts.push({ kind: 'taught', detail: { lesson: lesson.id } });
  moveTo(frame, { kind: 'lesson', lesson: lesson.id });
  return 'show';
}

/** Ends a lesson: what waits comes next, else the offer to help with a fix. */
export function endLesson(frame: Frame): void {
  frame.facts.push({ kind: 'ended', detail: { how: 'taught', topic: frame.session.topic ?? '' } });
  endProblem(frame);
  if (offerQueued(frame)) return;
  frame.session.cursor = { kind: 'offer', offer: 'problem', topic: 'fix.unknown' };
  showCursor(frame);
}

function judgeYesNo(frame: Frame, cursor: Cursor, yes: boolean): Judgement {
  switch (cursor.kind) {
    case 'check':
      return judgeOutcome(frame, cursor, yes ? 'worked' : 'failed');
    case 'step': {
      const fix = frame.brain.knowledge.fixes.get(cursor.fix);
      const isLast = fix !== undefined && stepAfter(frame, fix, cursor.step) === undefined;
      if (isLast) return judgeOutcome(frame, cursor, yes ? 'worked' : 'failed');
      return yes ? judgeOutcome(frame, cursor, 'done') : 'unclear';
    }
    case 'gate':
      return judgeGate(frame, cursor.fix, yes ? 'copy' : cursor.part === 'warning' ? 'noCopy' : 'skip');
    case 'offer':
    case 'confirm':
      return judgeOffer(frame, yes);
    case 'guess':
      return !yes ? judgeLabel(frame, 'none') : 'unclear';
    case 'lesson': {
      const next = yes ? lessonsLeft(frame, frame.session.topic ?? '')[0] : undefined;
      return judgeLesson(frame, next?.id ?? 'end');
    }
    case 'question':
      return 'unclear';
  }
}
