import type { Expectation, ExpectedChoice } from '../intents/understanding.js';
import { unsure } from '../knowledge/evidence.js';
import { phoneOf, suits } from '../knowledge/phone.js';
import type { Choice, Reply } from '../knowledge/reply.js';
import type { Fix, Question, QuestionAnswer } from '../knowledge/schema.js';
import { button, expected } from './choices.js';
import type { Frame } from './frame.js';
import { lessonView } from './lessons.js';
import type { Cursor } from './session.js';
import type { View } from './wording.js';
import { pathOf, stepsFor, textOf } from './wording.js';

/** Most answers with a button, beside "not sure". */
const maxAnswers = 4;

/** The view of the cursor; undefined when the content it names is gone. */
export function viewOf(
  frame: Frame,
  cursor: Cursor,
  options: { isRephrased?: boolean } = {},
): View | undefined {
  const { knowledge } = frame.brain;
  switch (cursor.kind) {
    case 'question': {
      const question = knowledge.questions.get(cursor.question);
      return question && questionView(frame, question, options.isRephrased === true);
    }
    case 'gate': {
      const fix = knowledge.fixes.get(cursor.fix);
      return fix && gateView(frame, fix, cursor.part, options.isRephrased === true);
    }
    case 'step': {
      const fix = knowledge.fixes.get(cursor.fix);
      return fix && stepView(frame, fix, cursor.step);
    }
    case 'check': {
      const fix = knowledge.fixes.get(cursor.fix);
      return fix && checkView(frame, fix);
    }
    case 'lesson':
      return lessonView(frame, cursor.lesson);
    case 'offer':
      return offerView(frame, cursor.offer, cursor.topic);
    case 'guess':
      return guessView(frame, cursor.labels);
    case 'confirm':
      return confirmView(frame, cursor.what);
  }
}

function questionView(frame: Frame, question: Question, isRephrased: boolean): View {
  const phone = phoneOf(frame.device.evidence);
  const answers = question.answers.filter((answer) => suits(answer.for, phone));
  const choiceOf = (id: string, label: string): Choice => ({ id: `q:${question.id}:${id}`, label });
  const choices = shownOf(answers).map((one) => choiceOf(one.id, one.label));
  const notSure = button(frame, `q:${question.id}:${unsure}`, 'unsure');
  const say = isRephrased && question.rephrase !== undefined ? question.rephrase : question.ask;
  const all: ExpectedChoice[] = [
    ...answers.map((one) => expected(choiceOf(one.id, one.label), one.words)),
    expected(notSure),
  ];
  return {
    reply: {
      say: textOf(frame, say),
      ...pathOf(frame, question.paths),
      choices: isKnownToAll(question) ? choices : [...choices, notSure],
    },
    expectation: { open: 'question', choices: all, values: valuesOf(question) },
  };
}

/** The answers that get a button, in their order; of too many the most common. */
function shownOf(answers: readonly QuestionAnswer[]): QuestionAnswer[] {
  const shown = answers.filter((one) => one.isShown);
  const common = new Set(shown.toSorted((a, b) => b.share - a.share).slice(0, maxAnswers));
  return shown.filter((one) => common.has(one));
}

/** True for the kind of phone: whoever has one can tell. */
function isKnownToAll(question: Question): boolean {
  return question.isFirst && Object.keys(question.whenUnsure).length === 0;
}

function valuesOf(question: Question): Expectation['values'] {
  return question.stores.map((name) =>
    name === 'uploadSpeed' ? 'speed' : name === 'elapsedHours' ? 'duration' : 'amount',
  );
}

function stepView(frame: Frame, fix: Fix, stepId: string): View | undefined {
  const steps = stepsFor(frame, fix);
  const at = steps.findIndex((step) => step.id === stepId);
  const step = steps[at];
  if (step === undefined) return undefined;
  const isLast = at === steps.length - 1;
  const id = (outcome: string) => `s:${fix.id}:${step.id}:${outcome}`;
  const choices = isLast
    ? [button(frame, id('worked'), 'worked'), button(frame, id('failed'), 'failed')]
    : [button(frame, id('done'), 'done')];
  const path = pathOf(frame, step.paths);
  if (path.path !== undefined) choices.push(button(frame, id('notThere'), 'notThere'));
  const reply: Reply = {
    say: textOf(frame, step.say),
    ...path,
    step: { number: at + 1, of: steps.length },
    choices,
    ...(isLast ? { ask: checkText(frame, fix) } : {}),
    ...(step.links.length > 0 ? { links: step.links.map(({ title, url }) => ({ title, url })) } : {}),
  };
  return {
    reply,
    expectation: {
      open: isLast ? 'check' : 'step',
      choices: isLast
        ? outcomesOf(choices, button(frame, id('paused'), 'paused'))
        : choices.map((one) => expected(one)),
      values: [],
    },
  };
}

/** Words of somebody whose backup is not done yet; they are understood where no button says so, too. */
const pausedWords = ['not yet', 'still going', 'in progress'];

function outcomesOf(choices: readonly Choice[], paused: Choice): ExpectedChoice[] {
  const others = choices.filter((one) => one.id !== paused.id);
  return [...others.map((one) => expected(one)), expected(paused, pausedWords)];
}

function checkText(frame: Frame, fix: Fix): string {
  return fix.check === undefined ? frame.brain.knowledge.words.say('check') : textOf(frame, fix.check);
}

function checkView(frame: Frame, fix: Fix): View {
  const last = stepsFor(frame, fix).at(-1)?.id ?? '';
  const choices = ['worked', 'failed', 'paused'].map((outcome) =>
    button(frame, `s:${fix.id}:${last}:${outcome}`, outcome),
  );
  return {
    reply: { say: checkText(frame, fix), choices },
    expectation: {
      open: 'check',
      choices: outcomesOf(choices, button(frame, `s:${fix.id}:${last}:paused`, 'paused')),
      values: [],
    },
  };
}

function gateView(frame: Frame, fix: Fix, part: 'warning' | 'copy', isRephrased: boolean): View {
  const { words } = frame.brain.knowledge;
  const phone = phoneOf(frame.device.evidence);
  const platform = phone.platform === 'android' ? 'android' : 'iphone';
  const choices =
    part === 'warning'
      ? ['copy', 'noCopy', 'skip'].map((answer) => button(frame, `g:${fix.id}:${answer}`, `gate.${answer}`))
      : ['copy', 'skip'].map((answer) => button(frame, `g:${fix.id}:${answer}`, `gate.${answer}Now`));
  const reply: Reply =
    part === 'warning'
      ? {
          say: words.say(isRephrased ? 'gate.warning.again' : 'gate.warning', {
            name: fix.name,
            loses: fix.loses,
            undo: fix.undo,
          }),
          ask: words.say(isRephrased ? 'gate.ask.again' : 'gate.ask'),
          tone: 'warning',
          choices,
        }
      : {
          say: isRephrased
            ? words.say('gate.copy.again')
            : (fix.copyFirst ??
              words.say(`gate.copy.${frame.session.lacksComputer ? 'elsewhere' : platform}`)),
          ask: words.say('gate.copied'),
          choices,
        };
  return {
    reply,
    expectation: { open: 'gate', choices: gateExpected(choices, part), values: [] },
  };
}

function gateExpected(choices: readonly Choice[], part: 'warning' | 'copy'): ExpectedChoice[] {
  const wordsOf: Record<string, readonly string[]> = {
    copy:
      part === 'warning'
        ? []
        : ['done', 'all done', 'finished', 'copied', 'made it', 'copy is made', 'i have a copy'],
    noCopy: ['no', 'make one first', "haven't"],
    skip: ['leave it', 'another way', 'rather not', "don't", "don't want that", 'too risky', 'no thanks'],
  };
  return choices.map((choice) => expected(choice, wordsOf[choice.id.split(':')[2] ?? ''] ?? []));
}

function offerView(frame: Frame, offer: string, topicId: string): View {
  const { words, topics } = frame.brain.knowledge;
  const name = topics.get(topicId)?.name ?? words.say('problem');
  const choices = [
    button(frame, `o:${offer}:yes`, `${offer}.yes`),
    button(frame, `o:${offer}:no`, `${offer}.no`),
  ];
  return {
    reply: { say: words.say(`offer.${offer}`, { name }), choices },
    expectation: { open: 'offer', choices: choices.map((one) => expected(one)), values: [] },
  };
}

function guessView(frame: Frame, labels: readonly string[]): View {
  const { words, topics } = frame.brain.knowledge;
  const choices = labels.flatMap((label) => {
    const topic = topics.get(label);
    return topic === undefined ? [] : [{ id: `d:${label}`, label: topic.label }];
  });
  choices.push(button(frame, 'd:none', 'guess.none'));
  return {
    reply: { say: words.say('guess'), choices },
    expectation: { open: 'offer', choices: choices.map((one) => expected(one)), values: [] },
  };
}

function confirmView(frame: Frame, what: 'dataDelete' | 'dataExport'): View {
  const choices = [
    button(frame, `o:${what}:yes`, `${what}.yes`),
    button(frame, `o:${what}:no`, `${what}.no`),
  ];
  return {
    reply: { say: frame.brain.knowledge.words.say(`confirm.${what}`), tone: 'warning', choices },
    expectation: { open: 'offer', choices: choices.map((one) => expected(one)), values: [] },
  };
}
