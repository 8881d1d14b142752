import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Taken, TakeTurn } from '../../src/walk/talk.js';
import { pressed, typed } from '../../src/walk/talk.js';
import type { Place } from './places.js';
import type { Line } from './wordings.js';
import { wordings } from './wordings.js';

/** How long a person stays away, in milliseconds. */
const weeksMs = 3 * 7 * 24 * 3600 * 1000;

/** One try of a wording at a place: undefined where the line has no meaning there, else whether it did what it says. */
export type Trial = (place: Place, at: number) => Promise<{ text: string; isKept: boolean } | undefined>;

/** How each line is tried, over these dialogs. */
export function trialsOf(turns: TakeTurn, knowledge: Knowledge): Record<Line, Trial> {
  const says =
    (line: Exclude<Line, 'correct'>, isKept: (place: Place, taken: Taken) => boolean): Trial =>
    async (place, at) => {
      const text = wordings[line][at % wordings[line].length] ?? '';
      return { text, isKept: isKept(place, await turns(place.memory, typed(text))) };
    };
  const stays = (place: Place, taken: Taken) => isSame(place.cursor, taken) && isUnderstood(taken);
  return {
    back: says('back', (place, taken) => {
      const before = place.memory.session.trail.at(-1)?.cursor ?? place.cursor;
      return isSame(before, taken) && isUnderstood(taken);
    }),
    skip: says('skip', isSkipped),
    repeat: says('repeat', (place, taken) => stays(place, taken) && hasChoicesOf(place, taken)),
    rephrase: says('rephrase', (place, taken) => stays(place, taken) && hasChoicesOf(place, taken)),
    why: says('why', (place, taken) => stays(place, taken) && isReasoned(place, taken)),
    correct: (place, at) => corrects(turns, place, at),
    two: (place, at) => answersTwo({ turns, knowledge }, place, at),
    aside: async (place, at) => {
      if (place.memory.session.topic?.startsWith('fix.') !== true) return undefined;
      const trial = says('aside', (_, taken) => stays(place, taken) && has(taken, 'taught'));
      return trial(place, at);
    },
    restart: says('restart', ({ memory }, { memory: { session, device } }) => {
      const kept = Object.keys(device.ledger).length === Object.keys(memory.device.ledger).length;
      return (
        session.topic === undefined && session.cursor === undefined && kept && isEmpty(device.evidence.facts)
      );
    }),
    stop: says(
      'stop',
      (place, taken) => stays(place, taken) && (taken.replies.at(-1)?.choices ?? []).length === 0,
    ),
    resume: (place, at) => resumes(turns, place, at),
    human: says('human', (_, taken) => has(taken, 'handoff') && taken.memory.session.cursor === undefined),
  };
}

function isSame(cursor: unknown, { memory }: Taken): boolean {
  return JSON.stringify(cursor) === JSON.stringify(memory.session.cursor);
}

function isUnderstood(taken: Taken): boolean {
  return taken.replies.length > 0 && !has(taken, 'unclear');
}

function has({ frame }: Taken, kind: string): boolean {
  return frame.facts.some((fact) => fact.kind === kind);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function hasChoicesOf({ choices }: Place, { replies }: Taken): boolean {
  const shown = (replies.at(-1)?.choices ?? []).map(({ id }) => id);
  return choices.every(({ id }) => shown.includes(id));
}

/** A reason comes with the same buttons and does not say the place again word by word. */
function isReasoned(place: Place, taken: Taken): boolean {
  return taken.frame.move?.do === 'steer' && hasChoicesOf(place, taken);
}

/** A question counts as not known, a fix is left out; a lesson ends or gives way to the next. */
function isSkipped({ cursor }: Place, taken: Taken): boolean {
  const { session, device } = taken.memory;
  if (has(taken, 'handoff')) return true;
  if (cursor.kind === 'question') {
    return device.evidence.facts[cursor.question]?.answer === 'unsure' && !isSame(cursor, taken);
  }
  if (cursor.kind === 'lesson') return !isSame(cursor, taken) && isUnderstood(taken);
  return 'fix' in cursor && session.skipped.includes(cursor.fix) && !isSame(cursor, taken);
}

/** The phone is another: what is known follows it, what was tried stays, and the topic goes on or is planned anew. */
async function corrects(turns: TakeTurn, place: Place, at: number): ReturnType<Trial> {
  const { facts } = place.memory.device.evidence;
  const platform = facts.platform?.answer;
  if (platform === undefined || platform === 'unsure') return undefined;
  if (place.memory.session.topic?.startsWith('fix.') !== true) return undefined;
  const texts = platform === 'android' ? wordings.toIphone : wordings.toSamsung;
  const text = texts[at % texts.length] ?? '';
  const taken = await turns(place.memory, typed(text));
  const after = taken.memory.device.evidence.facts;
  const isRight = after.platform?.answer === (platform === 'android' ? 'iphone' : 'android');
  const isVendor = platform === 'android' || after.vendor?.answer === 'samsung';
  const goesOn = taken.memory.session.topic !== undefined || has(taken, 'handoff');
  return { text, isKept: isRight && isVendor && goesOn && isUnderstood(taken) };
}

/** The open question gets its answer, and what is told besides goes into the ledger. */
async function answersTwo(
  { turns, knowledge }: { turns: TakeTurn; knowledge: Knowledge },
  place: Place,
  at: number,
): ReturnType<Trial> {
  const { cursor, memory, choices } = place;
  if (cursor.kind !== 'question' || memory.device.ledger.restart !== undefined) return undefined;
  if (knowledge.questions.get(cursor.question)?.topic === 'fix.restore') return undefined;
  const answers = choices.filter(({ id }) => !id.endsWith(':unsure'));
  const choice = answers[at % Math.max(1, answers.length)];
  if (choice === undefined) return undefined;
  const text = (wordings.two[at % wordings.two.length] ?? '').replace('{label}', choice.label.toLowerCase());
  const taken = await turns(memory, typed(text));
  const { evidence, ledger } = taken.memory.device;
  const isAnswered = `q:${cursor.question}:${evidence.facts[cursor.question]?.answer}` === choice.id;
  return { text, isKept: isAnswered && ledger.restart?.outcome === 'failed' };
}

/** After weeks a greeting is asked whether to go on, and yes leads back to the same place. */
async function resumes(turns: TakeTurn, place: Place, at: number): ReturnType<Trial> {
  const { memory } = place;
  if (memory.session.topic === undefined) return undefined;
  const text = wordings.resume[at % wordings.resume.length] ?? '';
  const later = memory.session.lastTurnAt + weeksMs;
  const asked = await turns(memory, typed(text), later);
  const { cursor } = asked.memory.session;
  if (cursor?.kind !== 'offer' || cursor.offer !== 'resume') return { text, isKept: false };
  const yes = asked.replies.at(-1)?.choices?.find(({ id }) => id.endsWith(':yes'));
  const back = await turns(asked.memory, pressed(yes?.id ?? '', yes?.label), later + 60_000);
  return { text, isKept: isSame(place.cursor, back) };
}
