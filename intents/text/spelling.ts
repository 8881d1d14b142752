import { type SpellingCosts, spellingCosts } from './spelling-costs.js';
import { createReadings, type Reading } from './spelling-readings.js';
import type { Token } from './tokens.js';
import { pairCount, textStart, type WordPairs } from './word-pairs.js';
import { createWordTrie } from './word-trie.js';

/** What a speller knows. */
export interface SpellerSource {
  /** Words with the number of their uses. */
  counts: ReadonlyMap<string, number>;
  /** Which words stand side by side; without it each word is judged alone. */
  pairs?: WordPairs;
  /** True for further words that are no misspellings, though they are never corrected to. */
  isWord?: (word: string) => boolean;
}

/** Words with a count, against which unknown words are corrected. */
export interface Speller {
  isKnown(word: string): boolean;
  /** The likeliest reading of one word by itself; the word itself when there is no better. */
  correct(word: string): string;
  /** Corrects words and the gaps between them: "forwifi" is parted, "back p" joined, "turns outt he" moved. */
  correctAll(tokens: readonly Token[]): readonly Token[];
}

/** A way to read the text up to some token: the word it ends with, its price, and how it got there. */
interface State {
  word: string;
  price: number;
  before: State | undefined;
  made: readonly Token[];
}

/**
 * A speller as a noisy channel (M. Kernighan et al., COLING 1990): of all readings of a text the one is taken whose
 * edits and words together are cheapest, found by the Viterbi algorithm over pairs of words. What is known stays.
 */
export function createSpeller(source: SpellerSource, costs: SpellingCosts = spellingCosts): Speller {
  const { counts } = source;
  const readings = createReadings(source, createWordTrie(counts.keys()), costs);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const priceOf = (before: string, { word, isOwn }: { word: string; isOwn: boolean }): number => {
    if (isOwn) return 0;
    const alone = ((counts.get(word) ?? 0) + 0.5) / (total + 1);
    const seen = source.pairs === undefined ? 0 : pairCount(source.pairs, before, word);
    const after = seen === 0 ? 0 : seen / Math.max(seen, counts.get(before) ?? seen);
    return -Math.log(costs.pairShare * after + (1 - costs.pairShare) * alone);
  };
  const correctAll = (tokens: readonly Token[]): readonly Token[] => {
    if (tokens.every((token) => readings.isFirm(token.text))) return tokens;
    return cheapest(tokens, readings.at, priceOf);
  };
  return {
    isKnown: (word) => counts.has(word),
    correct: (word) =>
      correctAll([{ text: word, start: 0, end: word.length }])
        .map((token) => token.text)
        .join(' '),
    correctAll,
  };
}

function cheapest(
  tokens: readonly Token[],
  readingsAt: (tokens: readonly Token[], at: number) => readonly Reading[],
  priceOf: (before: string, word: { word: string; isOwn: boolean }) => number,
): Token[] {
  const states: State[][] = tokens.map(() => []);
  states.push([]);
  states[0] = [{ word: textStart, price: 0, before: undefined, made: [] }];
  for (let at = 0; at < tokens.length; at++) {
    for (const reading of readingsAt(tokens, at)) {
      const target = states[at + reading.taken];
      if (target !== undefined) extend(states[at] ?? [], reading, target, priceOf);
    }
  }
  let best: State | undefined;
  for (const state of states.at(-1) ?? []) if (best === undefined || state.price < best.price) best = state;
  const parts: (readonly Token[])[] = [];
  for (let state = best; state !== undefined; state = state.before) parts.push(state.made);
  return parts.reverse().flat();
}

/** Adds the cheapest way into `reading` to `target`, one state for each last word. */
function extend(
  from: readonly State[],
  reading: Reading,
  target: State[],
  priceOf: (before: string, word: { word: string; isOwn: boolean }) => number,
): void {
  let best: State | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const state of from) {
    let price = state.price + reading.price;
    let before = state.word;
    for (const token of reading.tokens) {
      price += priceOf(before, { word: token.text, isOwn: reading.isOwn });
      before = token.text;
    }
    if (price < least) {
      least = price;
      best = state;
    }
  }
  if (best === undefined) return;
  const word = reading.tokens.at(-1)?.text ?? '';
  const known = target.findIndex((state) => state.word === word);
  const state: State = { word, price: least, before: best, made: reading.tokens };
  if (known < 0) target.push(state);
  else if ((target[known]?.price ?? 0) > least) target[known] = state;
}
