import { likelyCauses } from '../knowledge/explain.js';
import { phoneOf, suits } from '../knowledge/phone.js';
import { planNext } from '../knowledge/plan.js';
import type { Reply } from '../knowledge/reply.js';
import type { Fix, Tip, Topic } from '../knowledge/schema.js';
import type { Slots } from '../knowledge/text.js';
import type { Frame } from './frame.js';
import { handOver } from './handoff.js';
import { endSolved, leaveStop, record, situationOf } from './problem.js';
import type { Cursor } from './session.js';
import { viewOf } from './views.js';
import { stepsFor, textOf } from './wording.js';

/** Longest message, in words (design, "One thing at a time"). */
const maxWords = 60;

/** A cause is named to the person from this probability on. */
const leastLikely = 0.5;
/** And while questions are still asked, only when little else is left. */
const leastCertain = 0.9;

/** Says a reply; whatever leads there are come first, in the same message. */
export function say(frame: Frame, reply: Reply): void {
  const leads = frame.leads.splice(0);
  const rest = [reply.say, reply.also, reply.ask].filter((part) => part !== undefined);
  // What is said first matters most, so that the last lead goes when a message gets too long.
  while (leads.length > 1 && countWords([...leads, ...rest].join(' ')) > maxWords) leads.pop();
  const isLong = countWords([...leads, ...rest].join(' ')) > maxWords;
  if (isLong && leads.length > 0)
    frame.out.push({ kind: 'reply', reply: { say: leads.splice(0).join(' ') } });
  const { image } = frame;
  frame.image = undefined;
  const { step, tone } = reply;
  // Under a heading stands only what it names.
  const isHeaded = leads.length > 0 && ((step !== undefined && step.of > 1) || tone === 'warning');
  const texts = isHeaded ? { lead: leads.join(' ') } : { say: [...leads, reply.say].join(' ') };
  frame.out.push({ kind: 'reply', reply: { ...reply, ...texts, ...(image === undefined ? {} : { image }) } });
}

/** Says one of the bot's own words by id. */
export function sayWords(frame: Frame, id: string, slots: Record<string, string> = {}): void {
  say(frame, { say: frame.brain.knowledge.words.say(id, slots) });
}

/** Puts one of the bot's own words before whatever is said next in this turn. */
export function lead(frame: Frame, id: string, slots: Slots = {}): void {
  frame.leads.push(frame.brain.knowledge.words.say(id, slots));
}

/** Decides what comes next for the problem in hand and puts the cursor there; false when it ended. */
export function advance(frame: Frame): boolean {
  const plan = planNext(situationOf(frame));
  const { session } = frame;
  if (plan.kind === 'ask') {
    session.asked.push(plan.question);
    session.askedInARow += 1;
    session.cursor = { kind: 'question', question: plan.question };
    frame.facts.push({ kind: 'asked', detail: { question: plan.question } });
    nameCause(frame, leastCertain);
    return true;
  }
  if (plan.kind === 'fix') {
    session.askedInARow = 0;
    frame.facts.push({ kind: 'offered', detail: { fix: plan.fix } });
    nameCause(frame, leastLikely, frame.brain.knowledge.fixes.get(plan.fix));
    session.cursor = firstCursor(frame, plan.fix);
    return session.cursor !== undefined;
  }
  lead(frame, Object.keys(frame.device.ledger).length > 0 ? 'exhausted' : 'nothingFits');
  handOver(frame, 'exhausted');
  return false;
}

/** Says once what is most likely wrong, as soon as it is likely enough; before a fix only where that mends it. */
function nameCause(frame: Frame, least: number, fix?: Fix): void {
  const { session, device, brain } = frame;
  if (frame.leads.length > 0) return;
  const top = likelyCauses(brain.knowledge, device.evidence, device.ledger)[0];
  const isNew = top !== undefined && top.chance >= least && !session.named.includes(top.id);
  if (!isNew || (fix !== undefined && fix.mends[top.id] === undefined)) return;
  session.named.push(top.id);
  lead(frame, 'likely', { cause: top.name });
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** Where a fix starts: at its safety gate when it has one, else at its first step. */
function firstCursor(frame: Frame, fixId: string): Cursor | undefined {
  const fix = frame.brain.knowledge.fixes.get(fixId);
  const first = fix === undefined ? undefined : stepsFor(frame, fix)[0];
  if (fix === undefined || first === undefined) return undefined;
  if (isGated(fix) && frame.session.gatePassed !== fix.id)
    return { kind: 'gate', fix: fix.id, part: 'warning' };
  return { kind: 'step', fix: fix.id, step: first.id };
}

/** The larger plan for the backup in hand; undefined where none is known, or it was turned down. */
export function largerPlan(frame: Frame): Fix | undefined {
  const phone = phoneOf(frame.device.evidence);
  const { skipped, refusesCost } = frame.session;
  const plans = [...frame.brain.knowledge.fixes.values()].filter(
    (fix) => fix.risk === 'costs' && fix.topic !== 'fix.network' && !skipped.includes(fix.id),
  );
  if (refusesCost || phone.service === undefined) return undefined;
  return plans.find((fix) => suits(fix.for, phone) && frame.device.ledger[fix.id] === undefined);
}

/** Begins a fix that the person asked for; false when it has nothing to show. */
export function startFix(frame: Frame, fixId: string): boolean {
  frame.session.askedInARow = 0;
  frame.facts.push({ kind: 'offered', detail: { fix: fixId } });
  frame.session.cursor = firstCursor(frame, fixId);
  return frame.session.cursor !== undefined;
}

/** True for a fix that may not be shown before the person was told what is lost. */
export function isGated(fix: Fix): boolean {
  return fix.risk === 'deletes' || fix.risk === 'switchesOff';
}

/** Shows the place the conversation stands at; false when the content it named is gone. */
export function showCursor(frame: Frame, options: { isRephrased?: boolean } = {}): boolean {
  const { cursor } = frame.session;
  const view = cursor === undefined ? undefined : viewOf(frame, cursor, options);
  if (view === undefined) {
    frame.session.cursor = undefined;
    return false;
  }
  say(frame, view.reply);
  return true;
}

/** The step after this one; undefined after the last. */
export function stepAfter(frame: Frame, fix: Fix, step: string): Cursor | undefined {
  const steps = stepsFor(frame, fix);
  const next = steps[steps.findIndex((one) => one.id === step) + 1];
  return next === undefined ? undefined : { kind: 'step', fix: fix.id, step: next.id };
}

/** Ends with a working backup: one tip to keep it so, then the problem that waits, if any. */
export function finishFixed(frame: Frame, fixId: string | undefined): void {
  const { knowledge } = frame.brain;
  const fix = fixId === undefined ? undefined : knowledge.fixes.get(fixId);
  if (fix !== undefined) record(frame, fix.id, 'worked');
  const topic = knowledge.topics.get(fix?.topic ?? frame.session.topic ?? '');
  const tip = tipFor(frame, topic, fixId);
  frame.facts.push({ kind: 'ended', detail: { how: 'fixed', topic: topic?.id ?? '' } });
  const text = knowledge.words.say('fixed');
  say(frame, { say: tip === undefined ? text : `${text} ${textOf(frame, tip.say)}`, tone: 'done' });
  endSolved(frame, fix?.id);
  offerQueued(frame);
}

/** One tip of the topic that suits the phone; fixes of a topic take its tips in turn. */
function tipFor(frame: Frame, topic: Topic | undefined, fixId: string | undefined): Tip | undefined {
  const phone = phoneOf(frame.device.evidence);
  const tips = (topic?.tips ?? []).filter((tip) => suits(tip.for, phone));
  const place = (topic?.fixes ?? []).findIndex((fix) => fix.id === fixId);
  return tips[Math.max(0, place) % Math.max(1, tips.length)];
}

/** Offers the problem that the person named besides; true when there was one. */
export function offerQueued(frame: Frame): boolean {
  const topic = frame.session.queue.shift();
  if (topic === undefined) return false;
  frame.session.cursor = { kind: 'offer', offer: 'next', topic };
  return showCursor(frame);
}

/** Moves the cursor, so that "back" finds the place that is left. */
export function moveTo(frame: Frame, cursor: Cursor): void {
  leaveStop(frame);
  frame.session.cursor = cursor;
}
