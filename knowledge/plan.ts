import type { Belief } from './belief.js';
import { answersOf, likelihood, rankCauses } from './belief.js';
import type { Evidence, Ledger } from './evidence.js';
import type { Knowledge } from './knowledge.js';
import type { Phone, PhoneField } from './phone.js';
import { isPhoneField, missingField, phoneOf, suits } from './phone.js';
import type { Fix, ForPhone, Question, QuestionAnswer } from './schema.js';

/** What the bot does next: asks, walks through a fix, or has nothing left. */
export type Plan = { kind: 'ask'; question: string } | { kind: 'fix'; fix: string } | { kind: 'exhausted' };

/** A fix is worth a person's time only when it works in at least this share of cases like theirs. */
const leastChance = 0.015;

/** What one unit of a question's effort must bring: gain in the value of the best fix after it. */
const effortPrice = 0.03;

/** Minutes of a usual fix, so that a value reads like the chance of one that costs as much. */
const usualMinutes = 16;

/** Questions in a row before the first fix; past them only what a path needs is asked. */
const questionsBeforeFix = 4;

/** Minutes of the person's time that a risk weighs like. */
const riskMinutes: Record<Fix['risk'], number> = {
  none: 0,
  reversible: 1,
  costs: 40,
  switchesOff: 10,
  deletes: 10,
};

/** Minutes that every fix costs on top of its own: reading, finding the menu, trying the backup. */
const baseMinutes = 5;

export interface Situation {
  knowledge: Knowledge;
  evidence: Evidence;
  ledger: Ledger;
  /** Questions that were asked and not answered, so that they are not asked again. */
  asked: readonly string[];
  /** Fixes the person would rather not do; not offered in this conversation. */
  skipped: readonly string[];
  /** Questions asked since the last fix, or since the start. */
  askedInARow: number;
}

/** The next question or fix for this phone; pure, so that the same evidence always gives the same plan. */
export function planNext(situation: Situation): Plan {
  const { knowledge, evidence } = situation;
  const phone = phoneOf(evidence);
  const first = [...knowledge.questions.values()].find((q) => q.isFirst && isOpen(q, situation, phone));
  if (first !== undefined) return { kind: 'ask', question: first.id };
  const belief = rankCauses(knowledge, evidence, situation.ledger);
  const best = bestFix(situation, belief, phone);
  const question =
    situation.askedInARow < questionsBeforeFix ? bestQuestion(situation, belief, best) : undefined;
  if (question !== undefined) return { kind: 'ask', question };
  if (best === undefined) return { kind: 'exhausted' };
  const needed = fieldNeeded(best.fix, situation, phone) ?? askedFirst(best.fix, situation, phone);
  return needed === undefined ? { kind: 'fix', fix: best.fix.id } : { kind: 'ask', question: needed };
}

/** Fixes that may be offered, best first, each with the chance that it works. */
export function rankFixes(
  situation: Situation,
  belief: Belief,
  phone: Phone,
): { fix: Fix; chance: number }[] {
  const answers = answersOf(situation.evidence);
  return [...situation.knowledge.fixes.values()]
    .filter((fix) => isUsable(fix, situation, answers, phone))
    .map((fix) => ({ fix, chance: chanceOf(fix, belief) }))
    .filter(({ chance }) => chance >= leastChance)
    .sort((a, b) => scoreOf(b) - scoreOf(a) || a.fix.id.localeCompare(b.fix.id));
}

function bestFix(
  situation: Situation,
  belief: Belief,
  phone: Phone,
): { fix: Fix; chance: number } | undefined {
  return rankFixes(situation, belief, phone)[0];
}

/** Chance that the fix works, weighed with the time and risk it costs. */
function scoreOf({ fix, chance }: { fix: Fix; chance: number }): number {
  return (usualMinutes * chance) / (baseMinutes + Math.min(fix.minutes, 15) + riskMinutes[fix.risk]);
}

function chanceOf(fix: Fix, belief: Belief): number {
  let chance = 0;
  for (const [cause, mends] of Object.entries(fix.mends)) chance += mends * (belief.get(cause) ?? 0);
  return chance;
}

function isUsable(fix: Fix, situation: Situation, answers: Map<string, string>, phone: Phone): boolean {
  const { ledger } = situation;
  if (situation.skipped.includes(fix.id)) return false;
  if (ledger[fix.id] !== undefined && ledger[fix.id]?.outcome !== 'worked') return false;
  if (!suits(fix.for, phone) || !holds(fix.if, answers)) return false;
  return fix.after.every((id) => {
    const other = situation.knowledge.fixes.get(id);
    return (
      ledger[id] !== undefined || other === undefined || !suits(other.for, phone) || !holds(other.if, answers)
    );
  });
}

/** True when every condition is met by what is known. */
export function holds(conditions: Record<string, string[]>, answers: ReadonlyMap<string, string>): boolean {
  return Object.entries(conditions).every(([id, allowed]) => allowed.includes(answers.get(id) ?? ''));
}

function isOpen(question: Question, situation: Situation, phone: Phone): boolean {
  const answers = answersOf(situation.evidence);
  return (
    !answers.has(question.id) &&
    !situation.asked.includes(question.id) &&
    suits(question.for, phone) &&
    missingField(question.for, phone) === undefined &&
    holds(question.if, answers)
  );
}

/** The question whose answer is expected to raise the chance of the next fix most for its effort. */
function bestQuestion(
  situation: Situation,
  belief: Belief,
  best: { fix: Fix; chance: number } | undefined,
): string | undefined {
  const phone = phoneOf(situation.evidence);
  let winner: string | undefined;
  let highest = 0;
  const current = best === undefined ? 0 : scoreOf(best);
  for (const question of situation.knowledge.questions.values()) {
    if (!isOpen(question, situation, phone)) continue;
    const gain = gainOf(question, situation, belief, phone) - current - effortPrice * question.effort;
    if (gain > highest) {
      highest = gain;
      winner = question.id;
    }
  }
  return winner;
}

/** Expected value of the best fix once the question is answered. */
function gainOf(question: Question, situation: Situation, belief: Belief, phone: Phone): number {
  const answers = question.answers.filter((answer) => suits(answer.for, phone));
  if (answers.length < 2) return 0;
  let expected = 0;
  for (const answer of answers) {
    const after: Belief = new Map();
    let probability = 0;
    for (const [id, p] of belief) {
      const cause = situation.knowledge.causes.get(id);
      if (cause === undefined) continue;
      const joint = p * answerChance(question, answer.id, cause, phone);
      after.set(id, joint);
      probability += joint;
    }
    if (probability < 1e-6) continue;
    const evidence = assume(situation.evidence, question, answer);
    const known = phoneOf(evidence);
    // `after` is not normalised: its best value is already weighted with the answer's probability.
    expected += unscaledBest({ ...situation, evidence }, after, known);
  }
  return expected;
}

function answerChance(
  question: Question,
  answer: string,
  cause: Parameters<typeof likelihood>[2],
  phone: Phone,
): number {
  if (!isPhoneField(question.id)) return likelihood(question, answer, cause, phone);
  const matching = question.answers.filter((one) => suits(cause.for, { ...phone, [question.id]: one.id }));
  if (matching.length === 0) return 1 / question.answers.length;
  const given = matching.find((one) => one.id === answer);
  const all = matching.reduce((sum, one) => sum + one.share, 0);
  return given === undefined ? 0 : given.share / all;
}

function unscaledBest(situation: Situation, belief: Belief, phone: Phone): number {
  const answers = answersOf(situation.evidence);
  let top = 0;
  for (const fix of situation.knowledge.fixes.values()) {
    const score = scoreOf({ fix, chance: chanceOf(fix, belief) });
    if (score > top && isUsable(fix, situation, answers, phone)) top = score;
  }
  return top;
}

function assume(evidence: Evidence, question: Question, answer: QuestionAnswer): Evidence {
  const facts = { ...evidence.facts };
  for (const [id, implied] of Object.entries({ ...answer.implies, [question.id]: answer.id })) {
    facts[id] = { answer: implied, source: 'inferred', at: 0 };
  }
  return { ...evidence, facts };
}

/** The question that the fix wants asked before it begins; undefined when all were. */
function askedFirst(fix: Fix, situation: Situation, phone: Phone): string | undefined {
  return fix.asks.find((id) => {
    const question = situation.knowledge.questions.get(id);
    return question !== undefined && isOpen(question, situation, phone);
  });
}

/** The phone question that must be answered before this fix's menus can be named; undefined when none is. */
function fieldNeeded(fix: Fix, situation: Situation, phone: Phone): PhoneField | undefined {
  const wanted: ForPhone[] = [fix.for];
  for (const step of fix.steps) {
    if (suits(step.for, phone)) wanted.push(step.for, ...step.paths.map((variant) => variant.for));
  }
  for (const one of wanted) {
    const field = suits(one, phone) ? missingField(one, phone) : undefined;
    const question = field === undefined ? undefined : situation.knowledge.questions.get(field);
    if (question !== undefined && isOpen(question, situation, phone)) return field;
  }
  return undefined;
}
