import { derivedFacts } from './derive.js';
import type { Evidence, Ledger } from './evidence.js';
import { unsure } from './evidence.js';
import type { Knowledge } from './knowledge.js';
import { likelihood, oddsOf } from './odds.js';
import type { Phone } from './phone.js';
import { isPhoneField, phoneFields, phoneOf, suits } from './phone.js';
import type { Cause, Question } from './schema.js';

/** How much likelier a cause gets when the person complains of its topic, or quotes its exact vendor text. */
const topicBoost = 12;
const errorBoost = 1000;

/** How much rarer when the person rules its topic out, or the phone cannot have it. */
const ruledOutFactor = 0.08;
const impossibleFactor = 1e-4;

/** What is left of a cause that only one make or service has, when the person does not know theirs. */
const unsureFactor = 0.4;

/** Cause id to its probability, 0 to 1; they add up to 1. */
export type Belief = Map<string, number>;

/**
 * How likely each cause is, given all that is known: Bayes' rule with independent answers,
 * and with every fix that failed counted against the causes it would have mended.
 */
export function rankCauses(knowledge: Knowledge, evidence: Evidence, ledger: Ledger): Belief {
  const phone = phoneOf(evidence);
  const answers = answersOf(evidence);
  const weights = new Map<string, number>();
  const told = [...answers].flatMap(([id, answer]) => {
    const question = knowledge.questions.get(id);
    if (question === undefined || answer === unsure || isPhoneField(id)) return [];
    return [chancesOf(knowledge, question, answer, phone)];
  });
  let place = 0;
  for (const cause of knowledge.causes.values()) {
    let weight = cause.prior * topicWeight(cause, evidence);
    if (evidence.errors.some((error) => error.cause === cause.id)) weight *= errorBoost;
    const isExcluded = phone.service !== undefined && cause.notFor.includes(phone.service);
    if (isExcluded || !suits(cause.for, phone)) weight *= impossibleFactor;
    else if (wasUnsure(cause, evidence)) weight *= unsureFactor;
    for (const chances of told) weight *= chances[place] ?? 1;
    place += 1;
    weights.set(cause.id, weight * unmended(knowledge, ledger, cause.id));
  }
  return normalised(weights);
}

/** The chance of the answer under each cause, in the knowledge's order. */
function chancesOf(knowledge: Knowledge, question: Question, answer: string, phone: Phone): Float64Array {
  const { answers, rows } = oddsOf(knowledge, question, phone);
  const row = rows[answers.findIndex((one) => one.id === answer)];
  // An answer that this phone cannot give was given before the phone was known, and stands in no table.
  return (
    row ?? Float64Array.from(knowledge.causes.values(), (cause) => likelihood(question, answer, cause, phone))
  );
}

/** Answers known or derived, question id to answer id; what follows from amounts overrides what was said. */
export function answersOf(evidence: Evidence): Map<string, string> {
  const answers = new Map<string, string>();
  for (const [id, fact] of Object.entries(evidence.facts)) answers.set(id, fact.answer);
  for (const [id, answer] of Object.entries(derivedFacts(evidence))) answers.set(id, answer);
  return answers;
}

function topicWeight(cause: Cause & { topic: string }, evidence: Evidence): number {
  if (evidence.ruledOut.includes(cause.topic)) return ruledOutFactor;
  return evidence.topics.includes(cause.topic) ? topicBoost : 1;
}

function wasUnsure(cause: Cause, evidence: Evidence): boolean {
  return phoneFields.some(
    (field) => cause.for[field] !== undefined && evidence.facts[field]?.answer === unsure,
  );
}

/** What is left of a cause after the fixes that did not help. */
function unmended(knowledge: Knowledge, ledger: Ledger, cause: string): number {
  let left = 1;
  for (const [id, entry] of Object.entries(ledger)) {
    const mends = knowledge.fixes.get(id)?.mends[cause] ?? 0;
    if (entry.outcome === 'failed') left *= 1 - 0.9 * mends;
    if (entry.outcome === 'partly') left *= 1 - 0.4 * mends;
  }
  return left;
}

function normalised(weights: Map<string, number>): Belief {
  let sum = 0;
  for (const weight of weights.values()) sum += weight;
  if (sum === 0) return weights;
  for (const [id, weight] of weights) weights.set(id, weight / sum);
  return weights;
}
