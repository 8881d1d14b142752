import { unsure } from './evidence.js';
import type { Knowledge } from './knowledge.js';
import type { Phone } from './phone.js';
import { isPhoneField, suits } from './phone.js';
import type { Cause, Question, QuestionAnswer } from './schema.js';

/** Chance of each answer under each cause: one row an answer, one column a cause in the knowledge's order. */
export interface Odds {
  answers: readonly QuestionAnswer[];
  rows: readonly Float64Array[];
}

/** Tables made so far; they follow from the content and the phone alone. */
const made = new WeakMap<Knowledge, Map<string, Odds>>();

/** The odds of a question on this phone; made once for each kind of phone. */
export function oddsOf(knowledge: Knowledge, question: Question, phone: Phone): Odds {
  const tables = made.get(knowledge) ?? new Map<string, Odds>();
  made.set(knowledge, tables);
  const key = `${question.id}|${phone.platform}|${phone.vendor}|${phone.service}|${phone.os}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const answers = question.answers.filter((answer) => suits(answer.for, phone));
  const causes = [...knowledge.causes.values()];
  const rows = answers.map((answer) =>
    Float64Array.from(causes, (cause) => answerChance(question, answer.id, cause, phone)),
  );
  const odds = { answers, rows };
  tables.set(key, odds);
  return odds;
}

/** A cause that only one make or service has tells what a question for the make or service is answered with. */
function answerChance(question: Question, answer: string, cause: Cause, phone: Phone): number {
  if (!isPhoneField(question.id)) return likelihood(question, answer, cause, phone);
  const matching = question.answers.filter((one) => suits(cause.for, { ...phone, [question.id]: one.id }));
  if (matching.length === 0) return 1 / question.answers.length;
  const given = matching.find((one) => one.id === answer);
  const all = matching.reduce((sum, one) => sum + one.share, 0);
  return given === undefined ? 0 : given.share / all;
}

/** How probable the answer is under the cause, 0 to 1; "not sure" says nothing. */
export function likelihood(question: Question, answer: string, cause: Cause, phone: Phone): number {
  if (answer === unsure || isPhoneField(question.id)) return 1;
  const given = question.answers.find((one) => one.id === answer);
  if (given === undefined) return 1;
  let all = 0;
  for (const one of question.answers) {
    if (suits(one.for, phone)) all += one.share * (one.moves[cause.id] ?? 1);
  }
  return all === 0 ? 1 : (given.share * (given.moves[cause.id] ?? 1)) / all;
}
