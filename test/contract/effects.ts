import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Taken, TakeTurn } from '../../src/walk/talk.js';
import { pressed, typed } from '../../src/walk/talk.js';
import type { Place } from './places.js';
import type { Line, WordingName } from './wordings.js';

/** How long a person stays away, in milliseconds. */
const weeksMs = 3 * 7 * 24 * 3600 * 1000;

/** One try of a wording at a place: undefined where the line has no meaning there, else whether it did what it says. */
export type Trial = (place: Place, at: number) => Promise<{ text: string; isKept: boolean } | undefined>;

/** What the trials of a line need. */
interface Setting {
  turns: TakeTurn;
  knowledge: Knowledge;
  wordings: Record<WordingName, readonly string[]>;
}

/** How each line is tried with these wordings, over these dialogs. */
export function trialsOf(setting: Setting): Record<Line, Trial> {
  const { turns, knowledge } = setting;
  const says =
    (line: Exclude<Line, 'correct'>, isKept: (place: Place, taken: Taken) => boolean): Trial =>
    async (place, at) => {
      const text = wordingOf(setting, line, at);
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
    correct: (place, at) => corrects(setting, place, at),
    two: (place, at) => answersTwo(setting, place, at),
    aside: async (place, at) => {
      if (!isOfProblem(place)) return undefined;
      const trial = says(
        'aside',
        (_, taken) => stays(place, taken) && has(taken, 'taught') && isUnspent(place, taken),
      );
      return trial(place, at);
    },
    leave: (place, at) => leaves(setting, place, at),
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
    resume: (place, at) => resumes(setting, place, at),
    human: says('human', (_, taken) => has(taken, 'handoff') && taken.memory.session.cursor === undefined),
    upset: says('upset', (place, taken) => stays(place, taken) && saysOne(knowledge, taken, ['upset'])),
    unclear: (place, at) => staysUnclear(setting, place, at),
  };
}

function wordingOf({ wordings }: Setting, name: WordingName, at: number): string {
  return wordings[name][at % wordings[name].length] ?? '';
}

function isOfProblem({ memory }: Place): boolean {
  return memory.session.topic?.startsWith('fix.') === true;
}

/** True when one of these words of the bot's own is said. */
function saysOne({ words }: Knowledge, { replies }: Taken, ids: readonly string[]): boolean {
  return ids.some((id) => replies.some(({ say, lead = '' }) => `${lead} ${say}`.includes(words.say(id))));
}

/** An interruption uses up no try: what was asked, looked for and left out is as it was. */
function isUnspent({ memory }: Place, taken: Taken): boolean {
  const spent = ({ session, device }: Place['memory']) =>
    JSON.stringify([session.asked, session.askedInARow, session.lost, session.skipped, device]);
  return spent(memory) === spent(taken.memory) && taken.memory.session.unclear === 0;
}

/** After an aside the person may choose not to return: the place is kept, and nothing more is asked. */
async function leaves(setting: Setting, place: Place, at: number): ReturnType<Trial> {
  if (!isOfProblem(place)) return undefined;
  const aside = await setting.turns(place.memory, typed('how often should i back up'));
  const text = wordingOf(setting, 'leave', at);
  const taken = await setting.turns(aside.memory, typed(text));
  const isQuiet = (taken.replies.at(-1)?.choices ?? []).length === 0;
  return { text, isKept: isSame(place.cursor, taken) && isUnderstood(taken) && isQuiet };
}

/** What is not understood is said another way once, then its buttons are pointed out, then a person is offered. */
async function staysUnclear(setting: Setting, place: Place, at: number): ReturnType<Trial> {
  const { turns, knowledge } = setting;
  const text = [0, 1, 2].map((more) => wordingOf(setting, 'unclear', at + more));
  const first = await turns(place.memory, typed(text[0] ?? ''));
  const second = await turns(first.memory, typed(text[1] ?? ''));
  const third = await turns(second.memory, typed(text[2] ?? ''));
  const { cursor } = third.memory.session;
  const isKept =
    isSame(place.cursor, first) &&
    saysOne(knowledge, first, ['unclear.first']) &&
    isSame(place.cursor, second) &&
    saysOne(knowledge, second, ['unclear.choices']) &&
    hasChoicesOf(place, second) &&
    cursor?.kind === 'offer' &&
    cursor.offer === 'human';
  return { text: text.join(' / '), isKept };
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
  if (!('fix' in cursor) || isSame(cursor, taken)) return false;
  return session.skipped.includes(cursor.fix) || device.ledger[cursor.fix]?.outcome === 'cannot';
}

/** The phone is another: what is known follows it, what was tried stays, and the topic goes on or is planned anew. */
async function corrects(setting: Setting, place: Place, at: number): ReturnType<Trial> {
  const { facts } = place.memory.device.evidence;
  const platform = facts.platform?.answer;
  if (platform === undefined || platform === 'unsure') return undefined;
  if (!isOfProblem(place)) return undefined;
  const text = wordingOf(setting, platform === 'android' ? 'toIphone' : 'toSamsung', at);
  const taken = await setting.turns(place.memory, typed(text));
  const after = taken.memory.device.evidence.facts;
  const isRight = after.platform?.answer === (platform === 'android' ? 'iphone' : 'android');
  const isVendor = platform === 'android' || after.vendor?.answer === 'samsung';
  const goesOn = taken.memory.session.topic !== undefined || has(taken, 'handoff');
  return { text, isKept: isRight && isVendor && goesOn && isUnderstood(taken) };
}

/** The open question gets its answer, and what is told besides goes into the ledger. */
async function answersTwo(setting: Setting, place: Place, at: number): ReturnType<Trial> {
  const { turns, knowledge } = setting;
  const { cursor, memory, choices } = place;
  if (cursor.kind !== 'question' || memory.device.ledger.restart !== undefined) return undefined;
  if (knowledge.questions.get(cursor.question)?.topic === 'fix.restore') return undefined;
  const answers = choices.filter(({ id }) => !id.endsWith(':unsure'));
  const choice = answers[at % Math.max(1, answers.length)];
  if (choice === undefined) return undefined;
  const text = wordingOf(setting, 'two', at).replace('{label}', choice.label.toLowerCase());
  const taken = await turns(memory, typed(text));
  const { evidence, ledger } = taken.memory.device;
  const isAnswered = `q:${cursor.question}:${evidence.facts[cursor.question]?.answer}` === choice.id;
  return { text, isKept: isAnswered && ledger.restart?.outcome === 'failed' };
}

/** After weeks a greeting is asked whether to go on, and yes leads back to the same place. */
async function resumes(setting: Setting, place: Place, at: number): ReturnType<Trial> {
  const { turns } = setting;
  const { memory } = place;
  if (memory.session.topic === undefined) return undefined;
  const text = wordingOf(setting, 'resume', at);
  const later = memory.session.lastTurnAt + weeksMs;
  const asked = await turns(memory, typed(text), later);
  const { cursor } = asked.memory.session;
  if (cursor?.kind !== 'offer' || cursor.offer !== 'resume') return { text, isKept: false };
  const yes = asked.replies.at(-1)?.choices?.find(({ id }) => id.endsWith(':yes'));
  const back = await turns(asked.memory, pressed(yes?.id ?? '', yes?.label), later + 60_000);
  return { text, isKept: isSame(place.cursor, back) };
}
