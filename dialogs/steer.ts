import type { IntentName } from '../intents/names.js';
import { reasonsFor } from '../knowledge/explain.js';
import { formatList } from '../knowledge/text.js';
import { lead, say, sayWords, showCursor } from './flow.js';
import type { Frame } from './frame.js';
import { handOver } from './handoff.js';
import type { Judgement } from './judge.js';
import { endLesson, judge, leadToMenu } from './judge.js';
import { endProblem, goBack, learn, leaveStop } from './problem.js';
import { viewOf } from './views.js';

/** Carries out what steers the conversation; what is open stays open unless the person leaves it. */
export function steer(frame: Frame, intent: IntentName): Judgement {
  const handler = handlers[intent];
  return handler === undefined ? 'unclear' : handler(frame);
}

const handlers: Partial<Record<IntentName, (frame: Frame) => Judgement>> = {
  'talk.human': (frame) => {
    lead(frame, 'human');
    handOver(frame, 'asked');
    return 'wait';
  },
  'talk.help': (frame) => withOpen(frame, frame.session.cursor === undefined ? 'help.idle' : 'help.open'),
  'talk.bot': (frame) => withOpen(frame, 'bot'),
  'talk.greet': greet,
  'talk.thanks': (frame) => withOpen(frame, 'thanks'),
  'talk.bye': (frame) => {
    sayWords(frame, frame.session.cursor === undefined ? 'bye' : 'bye.open');
    return 'wait';
  },
  'talk.upset': (frame) => {
    lead(frame, 'upset');
    if (frame.session.cursor === undefined) lead(frame, 'ask.problem');
    return showOrEnd(frame);
  },
  'talk.repeat': repeat,
  'talk.back': back,
  'talk.skip': skip,
  'talk.why': why,
  'talk.restart': (frame) => {
    endProblem(frame);
    frame.device.evidence.facts = {};
    frame.session.queue = [];
    frame.session.aside = {};
    frame.session.told = {};
    lead(frame, 'restart');
    return 'end';
  },
  'talk.cancel': (frame) => {
    const wasOpen = frame.session.cursor !== undefined;
    sayWords(frame, wasOpen ? 'cancel' : 'cancel.idle');
    return 'wait';
  },
  'log.show': (frame) => {
    const tried = Object.entries(frame.device.ledger).map(([id, entry]) =>
      frame.brain.knowledge.words.say('log.entry', {
        fix: frame.brain.knowledge.fixes.get(id)?.name ?? id,
        outcome: frame.brain.knowledge.words.say(`outcome.${entry.outcome}`),
        date: new Intl.DateTimeFormat(frame.locale, { dateStyle: 'medium' }).format(entry.at),
      }),
    );
    lead(frame, tried.length === 0 ? 'log.empty' : 'log.list', { entries: tried.join('\n') });
    return showOrEnd(frame);
  },
  'data.export': (frame) => {
    leaveStop(frame);
    frame.session.cursor = { kind: 'confirm', what: 'dataExport' };
    return 'show';
  },
  'data.delete': (frame) => {
    leaveStop(frame);
    frame.session.cursor = { kind: 'confirm', what: 'dataDelete' };
    return 'show';
  },
};

/** Says the words, and shows again what is open. */
function withOpen(frame: Frame, words: string): Judgement {
  lead(frame, words);
  return showOrEnd(frame);
}

function showOrEnd(frame: Frame): Judgement {
  if (frame.session.cursor !== undefined) return 'show';
  const text = frame.leads.splice(0).join(' ');
  say(frame, { say: text });
  return 'wait';
}

function greet(frame: Frame): Judgement {
  if (!frame.session.hasGreeted) return withOpen(frame, 'greet.first');
  lead(frame, 'greet.again');
  if (frame.session.cursor === undefined) lead(frame, 'ask.problem');
  return showOrEnd(frame);
}

function repeat(frame: Frame): Judgement {
  const { cursor } = frame.session;
  if (cursor === undefined) return withOpen(frame, 'help.idle');
  if (cursor.kind === 'step') {
    const fix = frame.brain.knowledge.fixes.get(cursor.fix);
    const step = fix?.steps.find((one) => one.id === cursor.step);
    if (step === undefined || step.paths.length === 0) lead(frame, 'repeat.step');
    else leadToMenu(frame, step);
  }
  if (cursor.kind === 'question') {
    const key = `q:${cursor.question}`;
    // Whoever does not understand it the third time either is asked something else.
    if (frame.session.lost.filter((one) => one === key).length > 1) return judge(frame, { do: 'unsure' });
    frame.session.lost.push(key);
  }
  showCursor(frame, { isRephrased: true });
  return 'wait';
}

function back(frame: Frame): Judgement {
  const cursor = goBack(frame);
  lead(frame, cursor === undefined ? 'back.none' : 'back');
  return showOrEnd(frame);
}

function skip(frame: Frame): Judgement {
  const { cursor } = frame.session;
  if (cursor === undefined) return withOpen(frame, 'help.idle');
  if (cursor.kind === 'lesson') {
    endLesson(frame);
    return 'wait';
  }
  leaveStop(frame);
  if (cursor.kind === 'question') learn(frame, cursor.question, 'unsure', 'chosen');
  if ('fix' in cursor) frame.session.skipped.push(cursor.fix);
  if (cursor.kind === 'offer' || cursor.kind === 'guess' || cursor.kind === 'confirm') {
    endProblem(frame);
    lead(frame, 'fine');
    return 'end';
  }
  lead(frame, 'skipped');
  return 'plan';
}

/** Answers from the evidence why this is asked or advised, with the same buttons below. */
function why(frame: Frame): Judgement {
  const { cursor } = frame.session;
  const { knowledge } = frame.brain;
  if (cursor === undefined) return withOpen(frame, 'help.idle');
  const choices = viewOf(frame, cursor)?.reply.choices ?? [];
  const question = cursor.kind === 'question' ? knowledge.questions.get(cursor.question) : undefined;
  const fix = 'fix' in cursor ? knowledge.fixes.get(cursor.fix) : undefined;
  const reason = question?.why ?? fix?.why;
  if (reason === undefined) return withOpen(frame, 'why.none');
  const reasons =
    fix === undefined ? [] : reasonsFor(knowledge, fix.id, frame.device.evidence, frame.locale).slice(0, 2);
  const text =
    reasons.length === 0
      ? knowledge.words.say('why.plain', { reason })
      : knowledge.words.say('why.because', { reason, reasons: formatList(reasons, frame.locale) });
  say(frame, { say: text, ...(choices.length > 0 ? { choices } : {}) });
  return 'wait';
}
