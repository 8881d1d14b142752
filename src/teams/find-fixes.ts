import { foldText } from '../../intents/text/fold.js';
import { stemWord } from '../../intents/text/stem.js';
import { tokenise } from '../../intents/text/tokens.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Fix } from '../../knowledge/schema.js';

/** Finds fixes by words, best first. */
export type FindFixes = (query: string, limit: number) => Fix[];

/** How much a word counts by where it stands. */
const weights = { name: 3, tried: 2, cause: 2, topic: 1, step: 1 } as const;

/** A search over every fix of the guide: its name, what people call it, its causes with their errors, and its steps. */
export function createFindFixes(knowledge: Knowledge): FindFixes {
  const entries = [...knowledge.fixes.values()].map((fix) => ({ fix, words: wordsOf(fix, knowledge) }));
  const rarity = (stem: string) => {
    const uses = entries.filter(({ words }) => words.has(stem)).length;
    return uses === 0 ? 0 : Math.log(1 + entries.length / uses);
  };
  return (query, limit) => {
    const stems = [...new Set(stemsOf(query))].map((stem) => [stem, rarity(stem)] as const);
    return entries
      .map(({ fix, words }) => ({ fix, score: scoreOf(stems, words) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)
      .slice(0, limit)
      .map(({ fix }) => fix);
  };
}

function scoreOf(stems: readonly (readonly [string, number])[], words: ReadonlyMap<string, number>): number {
  return stems.reduce((sum, [stem, rarity]) => sum + rarity * (words.get(stem) ?? 0), 0);
}

function wordsOf(fix: Fix & { topic: string }, knowledge: Knowledge): Map<string, number> {
  const words = new Map<string, number>();
  const add = (weight: number, ...texts: (string | string[])[]) => {
    for (const stem of stemsOf(texts.flat().join(' ')))
      words.set(stem, Math.max(words.get(stem) ?? 0, weight));
  };
  const causes = Object.keys(fix.mends).flatMap((id) => knowledge.causes.get(id) ?? []);
  const topic = knowledge.topics.get(fix.topic);
  add(weights.step, ...fix.steps.map((step) => step.say));
  add(weights.topic, topic?.label ?? '', topic?.name ?? '');
  add(weights.cause, ...causes.flatMap((cause) => [cause.name, ...cause.errors]));
  add(weights.tried, fix.tried);
  add(weights.name, fix.name);
  return words;
}

function stemsOf(text: string): string[] {
  return tokenise(foldText(text))
    .map((token) => stemWord(token.text))
    .filter((stem) => stem.length > 2);
}
