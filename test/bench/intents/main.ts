import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type LabelledText, parseLabelledLines } from '../../../intents/evaluation/examples-file.js';
import { type Answered, countFigures, type Figures } from '../../../intents/evaluation/figures.js';
import { percent } from '../../../intents/evaluation/report.js';
import { readExamples } from '../../../intents/examples.js';
import { projectRoot } from '../../../intents/model-cache.js';
import { misspell } from '../../../intents/text/misspell.js';
import { randomNumbers } from '../../../intents/text/random.js';
import { type EngineName, engineNames, runEngine } from './engines.js';
import type { Answers, Examples } from './job.js';
import { readPublicSet } from './public-set.js';

const usage = `Usage: npm run bench:intents -- [--data DIR]... [--messages FILE] [--engines own,bayes,...] [--seconds N]
Without --data: the project's examples and, unless FILE is given, the development set, on every engine. With --data:
a public set each, on this project's engine unless others are named. Engines: ${engineNames.join(', ')}.`;

const misspeltCopies = 3;

interface Task {
  title: string;
  train: Examples;
  inside: LabelledText[];
  outside: LabelledText[];
  /** Texts on which the threshold for turning away is chosen; those in scope when there are none. */
  validation: LabelledText[];
  outsideValidation: LabelledText[];
  lexicon?: string;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', multiple: true },
      messages: { type: 'string', default: 'test/intents/development.jsonl' },
      engines: { type: 'string' },
      seconds: { type: 'string', default: '900' },
    },
  });
  const named = values.engines ?? (values.data === undefined ? engineNames.join(',') : 'own');
  const engines = engineNames.filter((name) => named.split(',').includes(name));
  if (engines.length === 0) throw new Error(usage);
  const tasks = values.data === undefined ? [ownTask(values.messages)] : values.data.map(publicTask);
  for (const task of tasks) runTask(task, engines, Number(values.seconds));
}

function ownTask(messagesFile: string): Task {
  const root = projectRoot();
  const file = resolve(root, messagesFile);
  const messages = parseLabelledLines(readFileSync(file, 'utf8'), file);
  return {
    title: messagesFile,
    train: readExamples(join(root, 'intents/examples/en')),
    inside: messages.filter((one) => one.intent !== 'oos'),
    outside: messages.filter((one) => one.intent === 'oos'),
    validation: [],
    outsideValidation: [],
    lexicon: join(root, 'intents/lexicon/en'),
  };
}

function publicTask(folder: string): Task {
  const { train, test, validation, outOfScope } = readPublicSet(folder);
  const { validation: outsideValidation = [], ...outside } = outOfScope;
  return {
    title: folder,
    train,
    inside: test,
    outside: Object.values(outside).flat(),
    validation,
    outsideValidation,
  };
}

function runTask(task: Task, engines: readonly EngineName[], seconds: number): void {
  const random = randomNumbers(1);
  const texts = (messages: readonly LabelledText[]) => messages.map((one) => one.text);
  const job = {
    train: task.train,
    tests: {
      inside: texts(task.inside),
      outside: texts(task.outside),
      misspelt: texts(copies(task.inside)).map((text) => misspell(text, random)),
      misspeltOutside: texts(copies(task.outside)).map((text) => misspell(text, random)),
      validation: texts(task.validation),
      outsideValidation: texts(task.outsideValidation),
    },
  };
  console.log(
    `\n${task.title}: ${Object.keys(task.train).length} labels, ${task.inside.length} messages in scope`,
  );
  for (const engine of engines) {
    const limits = task.lexicon === undefined ? { seconds } : { lexicon: task.lexicon, seconds };
    const answers = runEngine(engine, job, limits);
    console.log(
      answers === undefined
        ? `${engine}: not done within ${seconds} s, or test/bench/peers lacks its packages (npm ci there)`
        : describe(engine, task, answers),
    );
  }
}

/** What is misspelt: each message several times, since one copy alone may be a point off. */
function copies<One>(messages: readonly One[]): One[] {
  return Array.from({ length: misspeltCopies }, () => messages).flat();
}

function describe(engine: EngineName, task: Task, answers: Answers): string {
  const pair = (messages: readonly LabelledText[], name: string): Answered[] =>
    messages.flatMap((message, index) => {
      const prediction = answers.answers[name]?.[index];
      return prediction === undefined ? [] : [{ message, prediction }];
    });
  const inside = pair(task.inside, 'inside');
  const figures = countFigures([...inside, ...pair(task.outside, 'outside')], 'oos');
  const knowsOutside = task.train.oos !== undefined;
  const { calibrationError } = knowsOutside ? figures : countFigures(inside, 'oos');
  const misspelt = countFigures(
    [...pair(copies(task.inside), 'misspelt'), ...pair(copies(task.outside), 'misspeltOutside')],
    'oos',
  );
  const times = Object.values(answers.answers)
    .flat()
    .map((one) => one.milliseconds)
    .sort((one, other) => one - other);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  return [
    engine.padEnd(9),
    accuracies(figures),
    `with typos: ${accuracies(misspelt)}`,
    `ECE ${calibrationError.toFixed(3)}`,
    ...chosenThreshold(task, pair),
    `ms p50 ${at(0.5)} p99 ${at(0.99)}`,
    `training ${answers.trainSeconds.toFixed(1)} s`,
    `memory ${Math.round(answers.memoryMb)} MB`,
    ...(answers.note === '' ? [] : [`(${answers.note})`]),
  ].join('  ');
}

function accuracies({ inScopeAccuracy, topThree, turnedAway }: Figures): string {
  const away = Object.entries(turnedAway).map(([kind, value]) => `${kind} ${percent(value)}`);
  const shares = `in scope ${percent(inScopeAccuracy)} top-3 ${percent(topThree)}`;
  return `${shares} turned away at 95 % kept ${away.join(', ') || '-'}`;
}

/** Where a set has validation texts: the strangeness that serves them best, and what it does to the test texts. */
function chosenThreshold(
  task: Task,
  pair: (messages: readonly LabelledText[], name: string) => Answered[],
): string[] {
  const inside = pair(task.validation, 'validation');
  const outside = pair(task.outsideValidation, 'outsideValidation');
  if (inside.length === 0 || outside.length === 0) return [];
  const rightAt = (limit: number, within: readonly Answered[], without: readonly Answered[]) => ({
    kept: within.filter((one) => one.prediction.strangeness <= limit && isFirst(one)).length / within.length,
    away: without.filter((one) => one.prediction.strangeness > limit).length / without.length,
  });
  const limits = [...inside, ...outside].map((one) => one.prediction.strangeness);
  let best = { limit: Number.POSITIVE_INFINITY, right: -1 };
  for (const limit of limits) {
    const { kept, away } = rightAt(limit, inside, outside);
    const right = kept * inside.length + away * outside.length;
    if (right > best.right) best = { limit, right };
  }
  const { kept, away } = rightAt(best.limit, pair(task.inside, 'inside'), pair(task.outside, 'outside'));
  return [`threshold from validation: in scope ${percent(kept)}, out of scope ${percent(away)}`];
}

function isFirst({ message, prediction }: Answered): boolean {
  return prediction.ranked[0]?.label === message.intent;
}

main();
