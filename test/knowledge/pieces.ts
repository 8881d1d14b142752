import { basename } from 'node:path';
import { readContent } from '../../knowledge/content.js';
import type { Fix, Lesson, Question, Step, Text, Topic } from '../../knowledge/schema.js';
import { topicSchema } from '../../knowledge/schema.js';
import { topicFiles, variantsOf } from './shown-texts.js';

/** One piece of knowledge that cites rows of the guide, with all that a person reads of it. */
export interface Piece {
  /** Name of its file without the ending. */
  file: string;
  /** Kind and ids, such as "step free-space look". */
  name: string;
  covers: readonly string[];
  /** Lower case, in one line a text. */
  shown: string;
}

/** Every piece of every topic, also those that cite nothing. */
export function allPieces(): Piece[] {
  return topicFiles.flatMap((file) =>
    piecesOf(basename(file, '.yaml'), readContent(file, topicSchema).value),
  );
}

/** What a person reads of a piece; no text stands for one that is absent. */
type Shown = Text | undefined;

function piecesOf(file: string, topic: Topic): Piece[] {
  const piece = (name: string, covers: readonly string[], ...texts: Shown[]): Piece => ({
    file,
    name,
    covers,
    shown: texts
      .flatMap((text) => (text === undefined ? [] : variantsOf(text)))
      .join('\n')
      .toLowerCase(),
  });
  return [
    ...topic.causes.map((cause) => piece(`cause ${cause.id}`, cause.covers, cause.name)),
    ...topic.questions.flatMap((question) => [
      piece(`question ${question.id}`, question.covers, ...questionTexts(question)),
      ...question.answers.map((one) =>
        piece(
          `answer ${question.id} ${one.id}`,
          one.covers,
          one.label,
          one.heard,
          one.because,
          question.ask,
          ...menuTexts(question),
        ),
      ),
    ]),
    ...topic.fixes.flatMap((fix) => [
      piece(`fix ${fix.id}`, fix.covers, ...fixTexts(fix), ...fix.steps.flatMap(stepTexts)),
      ...fix.steps.map((step) =>
        piece(`step ${fix.id} ${step.id}`, step.covers, fix.name, fix.why, ...stepTexts(step)),
      ),
    ]),
    ...topic.lessons.map((lesson) => piece(`lesson ${lesson.id}`, lesson.covers, ...lessonTexts(lesson))),
    ...topic.tips.map((tip) => piece(`tip ${tip.id}`, tip.covers, tip.say)),
    ...linksOf(topic).map((link) => piece(`link ${link.url}`, link.covers, link.title, link.url)),
  ];
}

function menuTexts({ paths }: Pick<Step, 'paths'>): Shown[] {
  return paths.flatMap((variant) => [variant.path, variant.also]);
}

function questionTexts(question: Question): Shown[] {
  const answers = question.answers.flatMap((one) => [one.label, one.heard, one.because]);
  return [question.ask, question.rephrase, question.why, ...menuTexts(question), ...answers];
}

function fixTexts(fix: Fix): Shown[] {
  return [fix.name, fix.why, fix.loses, fix.undo, fix.copyFirst, fix.instead, fix.check];
}

function stepTexts(step: Step): Shown[] {
  return [step.say, step.lost, ...menuTexts(step), ...step.links.map((link) => link.title)];
}

function lessonTexts(lesson: Lesson): Shown[] {
  return [lesson.title, lesson.say, ...menuTexts(lesson), ...lesson.links.map((link) => link.title)];
}

function linksOf(topic: Topic) {
  const steps = topic.fixes.flatMap((fix) => fix.steps);
  return [topic, ...steps, ...topic.lessons].flatMap((holder) => holder.links);
}
