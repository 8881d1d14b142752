import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Walk } from './walker.js';

/** Names of the pieces of knowledge that no message of the walk reached, such as "question pace"; empty when all were. */
export function unreachedPieces(knowledge: Knowledge, found: Pick<Walk, 'pieces'>): string[] {
  return [...new Set(namesOf(knowledge))].filter((name) => !found.pieces.has(name));
}

/** Every cause, question, answer, fix, step, lesson, tip and link. */
function* namesOf(knowledge: Knowledge): Generator<string> {
  const { causes, questions, fixes, lessons, tips, topics } = knowledge;
  for (const id of causes.keys()) yield `cause ${id}`;
  for (const question of questions.values()) {
    yield `question ${question.id}`;
    for (const answer of question.answers) yield `answer ${question.id} ${answer.id}`;
  }
  for (const fix of fixes.values()) {
    yield `fix ${fix.id}`;
    for (const step of fix.steps) yield `step ${fix.id} ${step.id}`;
  }
  for (const id of lessons.keys()) yield `lesson ${id}`;
  for (const id of tips.keys()) yield `tip ${id}`;
  const steps = [...fixes.values()].flatMap((fix) => fix.steps);
  for (const holder of [...topics.values(), ...steps, ...lessons.values()]) {
    for (const link of holder.links) yield `link ${link.url}`;
  }
}
