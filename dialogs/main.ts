import type { DialogContext } from 'botbuilder-dialogs';
import type { Expectation } from '../intents/understanding.js';
import { derivedFacts } from '../knowledge/derive.js';
import type { EvidenceSource } from '../knowledge/evidence.js';
import { slotsFor, storageImageOf } from '../knowledge/slots.js';
import { absorb } from './absorb.js';
import { parsePick } from './choices.js';
import { decideMove } from './decide.js';
import { lead, sayWords, showCursor } from './flow.js';
import type { Frame } from './frame.js';
import type { Incoming, OpeningContext } from './incoming.js';
import type { Move } from './moves.js';
import { perform } from './perform.js';
import { learn, record } from './problem.js';
import { settle } from './topic.js';
import { secondProblem } from './topic-move.js';
import { viewOf } from './views.js';

/** After a pause this long a person is asked whether to go on, unless the message answers what is open. */
const longPauseMs = 8 * 3600 * 1000;

/** Handles what came in: reads it, decides what it is for, and lets the topic's waterfall go on. */
export async function runTurn(dc: DialogContext, frame: Frame): Promise<void> {
  const { incoming } = frame;
  if (incoming.kind === 'event') await takeEvent(dc, frame, incoming);
  else if (frame.holder === 'bot') await takeMessage(dc, frame, incoming);
  frame.session.lastTurnAt = frame.now;
}

async function takeMessage(
  dc: DialogContext,
  frame: Frame,
  message: Extract<Incoming, { kind: 'message' }>,
): Promise<void> {
  frame.session.hasGreeted = true;
  if (message.text.trim() === '' && message.choiceId === undefined) {
    const empty = frame.session.cursor === undefined ? 'empty' : 'empty.open';
    lead(frame, message.attachments.length > 0 ? 'attachment' : empty);
    if (!showCursor(frame)) sayLeads(frame);
    return;
  }
  await goOn(dc, frame, readMove(frame, message));
}

/** What the message means: a pressed button by its id, everything else by understanding. */
function readMove(frame: Frame, message: Extract<Incoming, { kind: 'message' }>): Move {
  const pick = message.choiceId === undefined ? undefined : parsePick(message.choiceId);
  if (message.choiceId !== undefined && pick !== undefined) return pressed(frame, message.choiceId, pick);
  const expectation = expectationOf(frame);
  const said = frame.brain.understand(message.text, {
    locale: frame.locale,
    now: new Date(frame.now),
    ...(expectation === undefined ? {} : { expected: expectation }),
  });
  frame.understanding = said;
  frame.facts.push({ kind: 'understood', detail: { intent: said.intent, confidence: said.confidence } });
  const second = secondProblem(frame, said);
  if (second !== undefined) return { do: 'later', topic: second };
  const absorbed = absorb(frame, said);
  if (absorbed.amounts.length > 0) noticeAmounts(frame);
  const move = decideMove(frame, said, absorbed);
  return afterPause(frame, move);
}

/** Shows the space once it is known, and says so when the numbers tell another story than the person did. */
function noticeAmounts(frame: Frame): void {
  const { evidence } = frame.device;
  frame.image = storageImageOf(evidence);
  const isSaidToFit = evidence.facts.fit?.answer === 'fits';
  if (!isSaidToFit || derivedFacts(evidence).fit !== 'short') return;
  const { free = '', needed = '' } = slotsFor(evidence, frame.locale);
  lead(frame, 'contradiction.space', { free, needed });
}

/** A button of this place is taken as it is; one of an older message corrects an answer or is shown to be old. */
function pressed(frame: Frame, id: string, pick: NonNullable<ReturnType<typeof parsePick>>): Move {
  const isHere = expectationOf(frame)?.choices.some((choice) => choice.id === id) === true;
  if (isHere) return { do: 'pick', pick };
  if (pick.kind === 'answer' && frame.device.evidence.facts[pick.question] !== undefined) {
    return { do: 'pick', pick };
  }
  if (pick.kind === 'label' && frame.session.topic === undefined) return { do: 'pick', pick };
  lead(frame, 'oldButton');
  return { do: 'stay' };
}

/** The expectation of the open place; undefined when nothing is open. */
function expectationOf(frame: Frame): Expectation | undefined {
  const { cursor } = frame.session;
  return cursor === undefined ? undefined : viewOf(frame, cursor)?.expectation;
}

function afterPause(frame: Frame, move: Move): Move {
  const { session } = frame;
  const isLong = session.lastTurnAt > 0 && frame.now - session.lastTurnAt > longPauseMs;
  const isVague = move.do === 'unclear' || (move.do === 'steer' && move.intent === 'talk.greet');
  if (!isLong || !isVague || session.topic === undefined) return move;
  return { do: 'resume', topic: session.topic };
}

async function goOn(dc: DialogContext, frame: Frame, move: Move): Promise<void> {
  frame.move = move;
  if (dc.activeDialog !== undefined) await dc.continueDialog();
  else await settle(dc, frame, perform(frame, move));
}

async function takeEvent(
  dc: DialogContext,
  frame: Frame,
  incoming: Extract<Incoming, { kind: 'event' }>,
): Promise<void> {
  switch (incoming.event) {
    case 'joined':
      if (!frame.session.hasGreeted) sayWords(frame, incoming.isGroup ? 'greet.group' : 'greet.first');
      frame.session.hasGreeted = true;
      return;
    case 'openingContext':
      return takeOpening(dc, frame, incoming.context);
    case 'handoffStatus':
      return takeHandoffStatus(frame, incoming.state);
    case 'unknown':
      return;
  }
}

/** Prefills what the page or the agent knows; with an error text the first reply already uses it. */
async function takeOpening(dc: DialogContext, frame: Frame, context: OpeningContext): Promise<void> {
  const source: EvidenceSource = context.source;
  for (const field of ['platform', 'vendor', 'service'] as const) {
    const value = context[field];
    const question = frame.brain.knowledge.questions.get(field);
    if (value !== undefined && question?.answers.some((one) => one.id === value))
      learn(frame, field, value, source);
  }
  for (const tried of context.fixesTried ?? []) {
    if (frame.brain.knowledge.fixes.has(tried.fix)) record(frame, tried.fix, tried.outcome, tried.by);
  }
  if (context.errorText === undefined || context.errorText.trim() === '') return;
  frame.session.hasGreeted = true;
  await goOn(dc, frame, readMove(frame, { kind: 'message', text: context.errorText, attachments: [] }));
}

function takeHandoffStatus(frame: Frame, state: 'accepted' | 'failed' | 'completed'): void {
  if (state === 'accepted') {
    frame.holder = 'person';
    return;
  }
  frame.holder = 'bot';
  sayWords(frame, state === 'failed' ? 'handoff.failed' : 'handoff.back');
}

function sayLeads(frame: Frame): void {
  const text = frame.leads.splice(0).join(' ');
  frame.out.push({ kind: 'reply', reply: { say: text } });
}
