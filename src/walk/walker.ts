import type { Brain } from '../../dialogs/frame.js';
import type { Cursor } from '../../dialogs/session.js';
import { rankCauses } from '../../knowledge/belief.js';
import { phoneOf, suits } from '../../knowledge/phone.js';
import type { Reply } from '../../knowledge/reply.js';
import type { Memory, Taken, TakeTurn } from './talk.js';
import { createTurns, emptyMemory, pressed, typed } from './talk.js';

/** How often the same place is walked on from, for each phone. */
const visitsOfAPlace = 1;

/** Messages after which a conversation that always fails must have ended. */
const longestRefusal = 120;

/** What a walk found. */
export interface Walk {
  /** Piece of knowledge, such as "step free-space look", to the messages that reach it. */
  pieces: Map<string, string[]>;
  /** How conversations ended, and how often: fixed, taught, person. */
  ends: Map<string, number>;
  /** Paths that came to no reply, or to no end. */
  faults: string[];
  turns: number;
}

interface Place {
  memory: Memory;
  /** What the person may do next: a label and the id of its button, or a text. */
  moves: { text: string; choiceId?: string }[];
  path: string[];
}

/** Walks the dialogs breadth first from the openings, over every button and the texts for open questions. */
export async function walk(brain: Brain, openings: readonly string[]): Promise<Walk> {
  const turns = createTurns(brain);
  const found: Walk = { pieces: new Map(), ends: new Map(), faults: [], turns: 0 };
  const visits = new Map<string, number>();
  const refused = new Set<string>();
  const queue: Place[] = openings.map((text) => ({ memory: emptyMemory(), moves: [{ text }], path: [] }));
  for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
    for (const move of place.moves) {
      const incoming = move.choiceId === undefined ? typed(move.text) : pressed(move.choiceId, move.text);
      const taken = await turns(place.memory, incoming);
      found.turns += 1;
      const path = [...place.path, move.text];
      note(found, brain, taken, path);
      const key = keyOf(taken.memory);
      const visit = (visits.get(key) ?? 0) + 1;
      visits.set(key, visit);
      if (taken.memory.session.cursor === undefined || visit > visitsOfAPlace) continue;
      const cursor = JSON.stringify(taken.memory.session.cursor);
      if (!refused.has(cursor)) await refuseToTheEnd({ found, brain, turns }, taken, path);
      refused.add(cursor);
      queue.push({ memory: taken.memory, moves: movesFrom(brain, taken), path });
    }
  }
  return found;
}

/** Places are told apart by the topic, what is open and the platform; the rest leads to much the same messages. */
function keyOf(memory: Memory): string {
  const { session, device } = memory;
  return JSON.stringify([session.topic, session.cursor, phoneOf(device.evidence).platform]);
}

function movesFrom(brain: Brain, taken: Taken): Place['moves'] {
  const { cursor } = taken.memory.session;
  const buttons = (taken.replies.at(-1)?.choices ?? []).map(({ id, label }) => ({
    text: label,
    choiceId: id,
  }));
  const question = cursor?.kind === 'question' ? brain.knowledge.questions.get(cursor.question) : undefined;
  const phone = phoneOf(taken.memory.device.evidence);
  const hidden = (question?.answers ?? [])
    .filter((answer) => suits(answer.for, phone))
    .map((answer) => ({ text: answer.label, choiceId: `q:${question?.id}:${answer.id}` }))
    .filter((answer) => buttons.every((one) => one.choiceId !== answer.choiceId));
  const amounts = (question?.stores ?? []).length > 0 ? typedAmounts.map((text) => ({ text })) : [];
  return [...buttons, ...hidden, ...amounts, { text: 'why' }];
}

/** Answers to questions for amounts: too little, just enough, plenty; slow, and overdue. */
const typedAmounts = [
  '2 GB free and it needs 5 GB',
  '8 GB free and it needs 7.9 GB',
  '40 GB free, needs 3 GB',
  '1 hour',
  '3 days, 5 GB',
];

function note(found: Walk, brain: Brain, taken: Taken, path: string[]): void {
  for (const piece of piecesOf(brain, taken)) {
    if (!found.pieces.has(piece)) found.pieces.set(piece, path);
  }
  if (taken.replies.length === 0) found.faults.push(`no reply: ${path.join(' | ')}`);
  if (isUnguarded(brain, taken))
    found.faults.push(`no gate before ${taken.memory.session.cursor?.kind}: ${path.join(' | ')}`);
  for (const fact of taken.frame.facts) {
    const how =
      fact.kind === 'handoff' ? 'person' : fact.kind === 'ended' ? String(fact.detail.how) : undefined;
    if (how !== undefined) found.ends.set(how, (found.ends.get(how) ?? 0) + 1);
  }
}

/** True when a step that deletes or switches off is shown to a person who did not pass its gate. */
function isUnguarded(brain: Brain, { memory }: Taken): boolean {
  const { cursor, gatePassed } = memory.session;
  if (cursor?.kind !== 'step' && cursor?.kind !== 'check') return false;
  const risk = brain.knowledge.fixes.get(cursor.fix)?.risk;
  return (risk === 'deletes' || risk === 'switchesOff') && gatePassed !== cursor.fix;
}

interface Walker {
  found: Walk;
  brain: Brain;
  turns: TakeTurn;
}

/** Says no to everything from here on: that too must come to an end, with a person or taught. */
async function refuseToTheEnd(walker: Walker, from: Taken, start: string[]): Promise<void> {
  const { found, brain, turns } = walker;
  const path = [...start];
  let taken = from;
  for (let count = 0; count < longestRefusal; count += 1) {
    if (taken.memory.session.cursor === undefined) return;
    const choices = taken.replies.at(-1)?.choices ?? [];
    const refusal = choices.find(({ id }) => refusals.test(id)) ?? choices.at(-1);
    if (refusal === undefined) break;
    taken = await turns(taken.memory, pressed(refusal.id, refusal.label));
    found.turns += 1;
    path.push(refusal.label);
    note(found, brain, taken, [...path]);
  }
  found.faults.push(`no end: ${path.join(' | ')}`);
}

const refusals = /(:failed|:unsure|:skip|:no|:end|:done|d:none)$/;

/** Names of the pieces of knowledge that this turn shows. */
function piecesOf(brain: Brain, taken: Taken): string[] {
  const { session } = taken.memory;
  const links = taken.replies.flatMap((reply) => (reply.links ?? []).map((link) => `link ${link.url}`));
  const causes = session.named.map((cause) => `cause ${cause}`);
  return [
    ...(session.cursor === undefined ? [] : piecesAt(session.cursor)),
    ...links,
    ...answersIn(taken),
    ...causes,
    ...saidPieces(brain, taken.replies),
    ...mendedCause(brain, taken.memory),
  ];
}

/** Answers that have a button here, or that the person has just given. */
function answersIn({ replies, frame }: Taken): string[] {
  const buttons = replies.flatMap((reply) => (reply.choices ?? []).map((choice) => choice.id));
  const given = frame.incoming.kind === 'message' ? frame.incoming.choiceId : undefined;
  return [...buttons, given ?? ''].flatMap((id) => {
    const [kind, question, answer] = id.split(':');
    return kind === 'q' ? [`answer ${question} ${answer}`] : [];
  });
}

function piecesAt(cursor: Cursor): string[] {
  switch (cursor.kind) {
    case 'question':
      return [`question ${cursor.question}`];
    case 'gate':
    case 'check':
      return [`fix ${cursor.fix}`];
    case 'step':
      return [`fix ${cursor.fix}`, `step ${cursor.fix} ${cursor.step}`];
    case 'lesson':
      return [`lesson ${cursor.lesson}`];
    default:
      return [];
  }
}

/** Tips and causes are said within other messages, and known by their words. */
function saidPieces(brain: Brain, replies: readonly Reply[]): string[] {
  const said = replies.map((reply) => reply.say).join('\n');
  const tips = [...brain.knowledge.tips.values()].filter((tip) =>
    [tip.say].flat().some((text) => said.includes(text)),
  );
  const causes = [...brain.knowledge.causes.values()].filter((cause) => said.includes(cause.name));
  return [...tips.map((tip) => `tip ${tip.id}`), ...causes.map((cause) => `cause ${cause.id}`)];
}

/** The cause for which the fix in hand is shown: the one that it is likeliest to mend. */
function mendedCause(brain: Brain, { session, device }: Memory): string[] {
  const { cursor } = session;
  const fix = cursor !== undefined && 'fix' in cursor ? brain.knowledge.fixes.get(cursor.fix) : undefined;
  if (fix === undefined) return [];
  const chances = rankCauses(brain.knowledge, device.evidence, device.ledger);
  const share = ([cause, works]: [string, number]) => works * (chances.get(cause) ?? 0);
  const [first] = Object.entries(fix.mends).sort((a, b) => share(b) - share(a));
  return first === undefined ? [] : [`cause ${first[0]}`];
}
