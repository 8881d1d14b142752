import { answersOf, rankCauses } from './belief.js';
import type { Evidence, Ledger } from './evidence.js';
import type { Knowledge } from './knowledge.js';
import type { Cause } from './schema.js';
import { slotsFor } from './slots.js';
import { fill } from './text.js';

/** Answers count as a reason when they make the cause at least this many times likelier. */
const leastMove = 1.15;

/** Clauses from the evidence that speak for what this fix mends, strongest first; empty when nothing does. */
export function reasonsFor(knowledge: Knowledge, fixId: string, evidence: Evidence, locale = 'en'): string[] {
  const fix = knowledge.fixes.get(fixId);
  if (fix === undefined) return [];
  const slots = slotsFor(evidence, locale);
  const reasons: { clause: string; move: number }[] = [];
  for (const [id, answer] of answersOf(evidence)) {
    const given = knowledge.questions.get(id)?.answers.find((one) => one.id === answer);
    if (given?.because === undefined) continue;
    const moves = Object.keys(fix.mends).map((cause) => given.moves[cause] ?? 1);
    const move = Math.max(1, ...moves, fix.if[id] === undefined ? 1 : leastMove);
    const clause = fill(given.because, slots);
    if (move >= leastMove && clause !== undefined) reasons.push({ clause, move });
  }
  return reasons.sort((a, b) => b.move - a.move).map((reason) => reason.clause);
}

/** Causes worth naming to a person who takes over, likeliest first. */
export function likelyCauses(
  knowledge: Knowledge,
  evidence: Evidence,
  ledger: Ledger,
): (Cause & { chance: number })[] {
  return [...rankCauses(knowledge, evidence, ledger)]
    .filter(([, chance]) => chance >= 0.08)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .flatMap(([id, chance]) => {
      const cause = knowledge.causes.get(id);
      return cause === undefined ? [] : [{ ...cause, chance }];
    });
}
