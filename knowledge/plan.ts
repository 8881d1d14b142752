import { answersOf, rankCauses } from './belief.js';
import { derivedFacts } from './derive.js';
import type { Evidence } from './evidence.js';
import type { Situation, ValuedFix } from './fix-value.js';
import { bestFix, holds, leastChance } from './fix-value.js';
import type { Knowledge } from './knowledge.js';
import { oddsOf } from './odds.js';
import type { Phone } from './phone.js';
import { missingField, phoneFields, phoneOf, suits } from './phone.js';
import type { Fix, ForPhone, Question, QuestionAnswer, Step } from './schema.js';

/** What the bot does next: asks, walks through a fix, or has nothing left. */
export type Plan = { kind: 'ask'; question: string } | { kind: 'fix'; fix: string } | { kind: 'exhausted' };

/** Share of a fix's value that is left when it comes one unit of effort later. */
const patience = 0.7;

/** Value of the next fix under which an unknown phone is asked for before all else. */
const leastClear = 0.3;

/** Questions in a row before the first fix; past them only what a path needs is asked. */
const questionsBeforeFix = 4;

/** An answer rarer than this is not worth following. */
const leastProbability = 1e-6;

/** Plans kept: most conversations begin alike, and a plan costs more than the rest of a turn's thinking. */
const maxPlans = 5_000;

const made = new WeakMap<Knowledge, Map<string, Plan>>();

/** The next question or fix for this phone; pure, so that the same evidence always gives the same plan. */
export function planNext(situation: Situation): Plan {
  const plans = made.get(situation.knowledge) ?? new Map<string, Plan>();
  made.set(situation.knowledge, plans);
  const key = keyOf(situation);
  const known = plans.get(key);
  if (known !== undefined) return known;
  const plan = makePlan(situation);
  const [oldest] = plans.keys();
  if (plans.size >= maxPlans && oldest !== undefined) plans.delete(oldest);
  plans.set(key, plan);
  return plan;
}

/** All that a plan depends on; when and by whom something was said makes no difference. */
function keyOf({ evidence, ledger, asked, skipped, askedInARow }: Situation): string {
  const { facts, amounts, errors, topics, ruledOut } = evidence;
  return JSON.stringify([
    Object.entries(facts).map(([id, fact]) => [id, fact.answer]),
    Object.entries(ledger).map(([id, entry]) => [id, entry.outcome]),
    errors.map(({ cause }) => cause),
    [topics, ruledOut, asked, skipped, askedInARow],
    Object.keys(amounts).length === 0
      ? []
      : possibleFacts.map((possible) => derivedFacts({ ...evidence, facts: possible })),
  ]);
}

/**
 * Amounts matter by what follows from them, which beside them depends on one thing that may still be learnt: whether
 * the backup is WhatsApp's on an iPhone, which needs its size twice.
 */
const possibleFacts: readonly Evidence['facts'][] = [
  {},
  {
    platform: { answer: 'iphone', source: 'inferred', at: 0 },
    service: { answer: 'whatsapp', source: 'inferred', at: 0 },
  },
];

function makePlan(situation: Situation): Plan {
  const { knowledge, evidence } = situation;
  const phone = phoneOf(evidence);
  const open = openQuestions(situation, phone);
  const belief = Float64Array.from(rankCauses(knowledge, evidence, situation.ledger).values());
  const best = bestFix(situation, belief, leastChance);
  const isVague = (best?.value ?? 0) < leastClear && phoneFields.every((field) => phone[field] === undefined);
  const first = isVague ? open.find((question) => question.isFirst) : undefined;
  if (first !== undefined) return { kind: 'ask', question: first.id };
  const question =
    situation.askedInARow < questionsBeforeFix ? bestQuestion(situation, open, belief, best) : undefined;
  if (question !== undefined) return { kind: 'ask', question };
  if (best === undefined) return { kind: 'exhausted' };
  const needed =
    fieldNeeded(best.fix, open, phone) ?? best.fix.asks.find((id) => open.some((one) => one.id === id));
  return needed === undefined ? { kind: 'fix', fix: best.fix.id } : { kind: 'ask', question: needed };
}

/** Questions that may be asked of this phone and were not. */
function openQuestions(situation: Situation, phone: Phone): Question[] {
  const answers = answersOf(situation.evidence);
  return [...situation.knowledge.questions.values()].filter(
    (question) =>
      !answers.has(question.id) &&
      !situation.asked.includes(question.id) &&
      suits(question.for, phone) &&
      missingField(question.for, phone) === undefined &&
      holds(question.if, answers) &&
      !question.unless.some((id) => answers.has(id)),
  );
}

/** The question whose answer is expected to raise the value of the next fix most for its effort. */
function bestQuestion(
  situation: Situation,
  open: readonly Question[],
  belief: Float64Array,
  best: ValuedFix | undefined,
): string | undefined {
  let winner: string | undefined;
  let highest = 0;
  for (const question of open) {
    const later = valueAfter(question, situation, belief) * patience ** question.effort;
    const gain = later - (best?.value ?? 0);
    if (gain > highest) {
      highest = gain;
      winner = question.id;
    }
  }
  return winner;
}

/** Expected value of the best fix once the question is answered. */
function valueAfter(question: Question, situation: Situation, belief: Float64Array): number {
  const { answers, rows } = oddsOf(situation.knowledge, question, phoneOf(situation.evidence));
  if (answers.length < 2) return 0;
  let expected = 0;
  answers.forEach((answer, at) => {
    const odds = rows[at];
    if (odds === undefined) return;
    let probability = 0;
    // The causes together with this answer: not made to add up to 1, so that values come weighed with the answer's chance.
    const after = belief.map((chance, cause) => {
      const joint = chance * (odds[cause] ?? 0);
      probability += joint;
      return joint;
    });
    if (probability < leastProbability) return;
    const assumed = { ...situation, evidence: assume(situation.evidence, question, answer) };
    expected += bestFix(assumed, after, 0)?.value ?? 0;
  });
  return expected;
}

function assume(evidence: Evidence, question: Question, answer: QuestionAnswer): Evidence {
  const facts = { ...evidence.facts };
  for (const id in answer.implies)
    facts[id] = { answer: answer.implies[id] ?? '', source: 'inferred', at: 0 };
  facts[question.id] = { answer: answer.id, source: 'inferred', at: 0 };
  return { ...evidence, facts };
}

/** The phone question that must be answered before this fix's menus can be named; undefined when none is. */
function fieldNeeded(fix: Fix, open: readonly Question[], phone: Phone): string | undefined {
  const wanted: ForPhone[] = [fix.for];
  for (const step of fix.steps) {
    if (suits(step.for, phone)) wanted.push(step.for, ...variantsOf(step, phone));
  }
  for (const one of wanted) {
    const field = suits(one, phone) ? missingField(one, phone) : undefined;
    // One question about both is better than two.
    const asked = open.find(
      ({ id, unless }) => id === field || (field !== undefined && unless.includes(field)),
    );
    if (asked !== undefined) return asked.id;
  }
  return undefined;
}

/** Phones whose menus differ; a maker's own menu counts only where no menu is common to all makers. */
function variantsOf(step: Step, phone: Phone): ForPhone[] {
  const variants = step.paths.map((variant) => variant.for).filter((one) => suits(one, phone));
  const hasCommon = variants.some((one) => missingField(one, phone) === undefined);
  return hasCommon ? variants.filter((one) => missingField(one, phone) !== 'vendor') : variants;
}
