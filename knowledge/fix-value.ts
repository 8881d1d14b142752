import { answersOf } from './belief.js';
import type { Evidence, Ledger } from './evidence.js';
import type { Knowledge } from './knowledge.js';
import { phoneOf, suits } from './phone.js';
import type { Fix } from './schema.js';

/** What the planner decides from. */
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

/** A fix with the chance that it works, and that chance weighed with the time and risk it costs. */
export interface ValuedFix {
  fix: Fix;
  chance: number;
  value: number;
}

/** A fix is worth a person's time only when it works in at least this share of cases like theirs. */
export const leastChance = 0.015;

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

/** Longer fixes are not worth less than one of this many minutes: most of it is waiting. */
const mostMinutes = 15;

/** Minutes of a usual fix, so that a value reads like the chance of one that costs as much. */
const usualMinutes = 16;

/** A fix as numbers: its causes by their place in the knowledge's order. */
interface Weighed {
  fix: Fix;
  worth: number;
  causes: number[];
  mends: number[];
}

const made = new WeakMap<Knowledge, Weighed[]>();

function weighedFixes(knowledge: Knowledge): Weighed[] {
  const known = made.get(knowledge);
  if (known !== undefined) return known;
  const places = new Map([...knowledge.causes.keys()].map((id, at) => [id, at]));
  const weighed = [...knowledge.fixes.values()].map((fix) => ({
    fix,
    worth: usualMinutes / (baseMinutes + Math.min(fix.minutes, mostMinutes) + riskMinutes[fix.risk]),
    causes: Object.keys(fix.mends).map((id) => places.get(id) ?? 0),
    mends: Object.values(fix.mends),
  }));
  made.set(knowledge, weighed);
  return weighed;
}

function chanceOf({ causes, mends }: Weighed, belief: Float64Array): number {
  let chance = 0;
  for (let at = 0; at < causes.length; at += 1) chance += (mends[at] ?? 0) * (belief[causes[at] ?? 0] ?? 0);
  return chance;
}

/** The usable fix of the highest value; undefined when none reaches `leastChance`. */
export function bestFix(
  situation: Situation,
  belief: Float64Array,
  leastChance: number,
): ValuedFix | undefined {
  const answers = answersOf(situation.evidence);
  const phone = phoneOf(situation.evidence);
  let best: ValuedFix | undefined;
  for (const weighed of weighedFixes(situation.knowledge)) {
    const chance = chanceOf(weighed, belief);
    const value = chance * weighed.worth;
    if (chance < leastChance || value <= (best?.value ?? 0)) continue;
    if (isUsable(weighed.fix, situation, answers, phone)) best = { fix: weighed.fix, chance, value };
  }
  return best;
}

/** Every usable fix that may work, of the highest value first. */
export function rankFixes(situation: Situation, belief: ReadonlyMap<string, number>): ValuedFix[] {
  const answers = answersOf(situation.evidence);
  const phone = phoneOf(situation.evidence);
  const chances = Float64Array.from(belief.values());
  return weighedFixes(situation.knowledge)
    .filter(({ fix }) => isUsable(fix, situation, answers, phone))
    .map((weighed) => ({ weighed, chance: chanceOf(weighed, chances) }))
    .filter(({ chance }) => chance >= leastChance)
    .map(({ weighed, chance }) => ({ fix: weighed.fix, chance, value: chance * weighed.worth }))
    .sort((a, b) => b.value - a.value || a.fix.id.localeCompare(b.fix.id));
}

function isUsable(
  fix: Fix,
  situation: Situation,
  answers: ReadonlyMap<string, string>,
  phone: ReturnType<typeof phoneOf>,
): boolean {
  const { knowledge, ledger, skipped } = situation;
  if (skipped.includes(fix.id)) return false;
  if (ledger[fix.id] !== undefined && ledger[fix.id]?.outcome !== 'worked') return false;
  if (!suits(fix.for, phone) || !holds(fix.if, answers) || isRuledOut(fix, answers)) return false;
  return fix.after.every((id) => {
    const other = knowledge.fixes.get(id);
    if (other === undefined || ledger[id] !== undefined || skipped.includes(id)) return true;
    return !suits(other.for, phone) || !holds(other.if, answers) || isRuledOut(other, answers);
  });
}

/** True when an answer has shown already that the fix would change nothing. */
function isRuledOut(fix: Fix, answers: ReadonlyMap<string, string>): boolean {
  for (const id in fix.unless) if (fix.unless[id]?.includes(answers.get(id) ?? '') === true) return true;
  return false;
}

/** True when every condition is met by what is known. */
export function holds(
  conditions: Readonly<Record<string, readonly string[]>>,
  answers: ReadonlyMap<string, string>,
): boolean {
  for (const id in conditions) {
    if (conditions[id]?.includes(answers.get(id) ?? '') !== true) return false;
  }
  return true;
}
