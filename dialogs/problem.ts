import type { EvidenceSource, FixOutcome, LedgerEntry } from '../knowledge/evidence.js';
import { unsure } from '../knowledge/evidence.js';
import type { Situation } from '../knowledge/fix-value.js';
import { phoneFields } from '../knowledge/phone.js';
import type { Fix } from '../knowledge/schema.js';
import type { Frame } from './frame.js';
import type { Cursor, Stop } from './session.js';

/** Places kept for going back. */
const trailLength = 20;

/** The situation that the planner decides from. */
export function situationOf(frame: Frame): Situation {
  const { brain, device, session } = frame;
  return {
    knowledge: brain.knowledge,
    evidence: device.evidence,
    ledger: device.ledger,
    asked: session.asked,
    skipped: [...session.skipped, ...impossible(frame)],
    askedInARow: session.askedInARow,
  };
}

/** Fixes that cost what the person will not pay, or need what the person has not got. */
function impossible({ session, brain }: Frame): string[] {
  const isImpossible = ({ risk, needsComputer }: Fix) =>
    (session.refusesCost && risk === 'costs') || (session.lacksComputer && needsComputer);
  return [...brain.knowledge.fixes.values()].filter(isImpossible).map((fix) => fix.id);
}

/** Starts on a topic: what belonged to the last problem is forgotten, what is known of the phone stays. */
export function startProblem(frame: Frame, topic: string): void {
  const { session, device } = frame;
  const isAnother = session.topic === undefined;
  if (session.solved !== undefined) delete session.aside[session.solved.topic];
  session.solved = undefined;
  if (isAnother) {
    forgetProblem(frame);
    device.evidence.topics = [];
    device.evidence.ruledOut = [...(frame.understanding?.ruledOut ?? [])];
  }
  session.topic = topic;
  session.cursor = undefined;
  if (!device.evidence.topics.includes(topic)) device.evidence.topics.push(topic);
  device.evidence.ruledOut = device.evidence.ruledOut.filter((one) => one !== topic);
  takeUp(frame, topic);
  const implied = frame.brain.knowledge.topics.get(topic)?.implies ?? {};
  for (const [id, answer] of Object.entries(implied)) {
    const known = device.evidence.facts[id];
    if (known === undefined || known.at === frame.now) learn(frame, id, answer, 'inferred');
  }
  session.queue = session.queue.filter((one) => one !== topic);
}

/** Keeps what was told about a problem until its turn comes, so that it does not lead straight back to it. */
export function setAside(frame: Frame, topic: string): void {
  const { brain, device, session } = frame;
  const { evidence } = device;
  session.aside[topic] = structuredClone(evidence);
  evidence.ruledOut.push(topic);
  // What the message says and what happens was told of this problem, and not of the one that comes first.
  for (const [id, question] of brain.knowledge.questions) {
    if (question.alsoIn.includes(topic)) delete evidence.facts[id];
  }
  evidence.errors = evidence.errors.filter((one) => brain.knowledge.causes.get(one.cause)?.topic !== topic);
}

/** Takes up again what was told about a problem before it was set aside; what is newer counts more. */
function takeUp({ device, session }: Frame, topic: string): void {
  const before = session.aside[topic];
  if (before === undefined) return;
  const { evidence } = device;
  evidence.facts = { ...before.facts, ...evidence.facts };
  evidence.amounts = { ...before.amounts, ...evidence.amounts };
  evidence.errors = [...before.errors, ...evidence.errors];
  delete session.aside[topic];
}

/** Forgets answers, amounts and texts of the last problem; the phone and the ledger stay. */
function forgetProblem(frame: Frame): void {
  const { session, device } = frame;
  const kept = Object.entries(device.evidence.facts).filter(
    ([id, fact]) => ([...phoneFields, 'os'] as string[]).includes(id) || fact.at === frame.now,
  );
  device.evidence.facts = Object.fromEntries(kept);
  device.evidence.ruledOut = [];
  session.asked = [];
  session.askedInARow = 0;
  session.skipped = [];
  session.trail = [];
  session.lost = [];
  session.named = [];
  session.gatePassed = undefined;
}

/** Ends the problem in hand; the ledger and the phone stay. */
export function endProblem(frame: Frame): void {
  forgetProblem(frame);
  const { evidence } = frame.device;
  evidence.facts = Object.fromEntries(
    Object.entries(evidence.facts).filter(([id]) => ([...phoneFields, 'os'] as string[]).includes(id)),
  );
  evidence.amounts = {};
  evidence.errors = [];
  evidence.topics = [];
  frame.session.refusesCost = false;
  frame.session.topic = undefined;
  frame.session.cursor = undefined;
}

/** Ends a problem that is solved, as far as can be told: it may turn out that it is not. */
export function endSolved(frame: Frame, fix: string | undefined): void {
  const { session, device } = frame;
  const { topic } = session;
  if (topic !== undefined) session.aside[topic] = structuredClone(device.evidence);
  endProblem(frame);
  if (topic !== undefined) session.solved = { topic, ...(fix === undefined ? {} : { fix }) };
}

/** Takes up the problem that seemed solved, with all that was told of it; false when there was none. */
export function reopenSolved(frame: Frame): boolean {
  const { solved } = frame.session;
  if (solved === undefined) return false;
  // What was told of it waits under its topic, and must not be forgotten with the end it seemed to have.
  frame.session.solved = undefined;
  if (solved.fix !== undefined) record(frame, solved.fix, 'failed');
  startProblem(frame, solved.topic);
  return true;
}

/** Remembers where the person was, so that "back" returns there. */
export function leaveStop(frame: Frame): void {
  const { cursor } = frame.session;
  if (cursor === undefined) return;
  frame.session.trail.push({ cursor, facts: {}, ledger: {} });
  if (frame.session.trail.length > trailLength) frame.session.trail.shift();
}

/** Leaves what is open to decide anew; a question that has no answer yet may be asked again. */
export function reopen(frame: Frame): void {
  const { session, device } = frame;
  const { cursor } = session;
  leaveStop(frame);
  if (cursor?.kind !== 'question' || device.evidence.facts[cursor.question] !== undefined) return;
  session.asked = session.asked.filter((id) => id !== cursor.question);
  session.askedInARow = Math.max(0, session.askedInARow - 1);
}

/** Records an answer and what follows from it, remembering what stood there before. */
export function learn(frame: Frame, question: string, answer: string, source: EvidenceSource): void {
  const asked = frame.brain.knowledge.questions.get(question);
  const given = asked?.answers.find((one) => one.id === answer);
  const implied = answer === unsure ? asked?.whenUnsure : given?.implies;
  for (const [id, value] of Object.entries({ ...implied, [question]: answer })) {
    const { facts } = frame.device.evidence;
    const before = facts[id];
    if (before !== undefined && id !== question && before.source !== 'inferred') continue;
    const stop = lastStop(frame);
    if (stop !== undefined && !(id in stop.facts)) stop.facts[id] = before ?? null;
    facts[id] = { answer: value, source: id === question ? source : 'inferred', at: frame.now };
  }
}

/** Writes the outcome of a fix into the ledger. */
export function record(frame: Frame, fix: string, outcome: FixOutcome, by: LedgerEntry['by'] = 'bot'): void {
  const { ledger } = frame.device;
  const stop = lastStop(frame);
  if (stop !== undefined && !(fix in stop.ledger)) stop.ledger[fix] = ledger[fix] ?? null;
  ledger[fix] = { outcome, by, at: frame.now };
  frame.facts.push({ kind: 'outcome', detail: { fix, outcome, by } });
}

/** Goes back to the stop before, undoing what was learned since; the cursor there, or undefined at the start. */
export function goBack(frame: Frame): Cursor | undefined {
  const stop = frame.session.trail.pop();
  if (stop === undefined) return undefined;
  restore(frame.device.evidence.facts, stop.facts);
  restore(frame.device.ledger, stop.ledger);
  const { cursor } = stop;
  if (cursor.kind === 'question') {
    frame.session.asked = frame.session.asked.filter((id) => id !== cursor.question);
  }
  if (cursor.kind === 'gate') frame.session.gatePassed = undefined;
  frame.session.skipped =
    'fix' in cursor ? frame.session.skipped.filter((id) => id !== cursor.fix) : frame.session.skipped;
  frame.session.cursor = cursor;
  return cursor;
}

function restore<T>(into: Record<string, T>, before: Record<string, unknown>): void {
  for (const [id, value] of Object.entries(before)) {
    if (value === null) delete into[id];
    else into[id] = value as T;
  }
}

function lastStop(frame: Frame): Stop | undefined {
  return frame.session.trail.at(-1);
}
