import { foldText } from '../text/fold.js';
import { stemWord } from '../text/stem.js';
import { tokenise } from '../text/tokens.js';

/** Two examples that say nearly the same. */
export interface NearDuplicate {
  first: { label: string; text: string };
  second: { label: string; text: string };
  /** Twice the shared pairs of words over all pairs (Dice), 0 to 1. */
  likeness: number;
}

/**
 * Likeness from which two examples are one. From 0.8 the pairs found differ in an article, an ending or a filler; from
 * 0.75 down in a word that matters ("wipe" or "export everything you know about me").
 */
const leastLikeness = 0.8;
/** Fewest words of an example that is compared: in shorter ones a single word is the whole difference. */
const minWords = 4;

interface Entry {
  label: string;
  text: string;
  pairs: Set<string>;
}

/** Pairs of examples, of one label or of two, that share nearly all stems in the same order; most alike first. */
export function findNearDuplicates(examples: Readonly<Record<string, readonly string[]>>): NearDuplicate[] {
  const entries = Object.entries(examples).flatMap(([label, texts]) =>
    texts.map((text) => ({ label, text, stems: stemsOf(text) })),
  );
  const long = entries
    .filter(({ stems }) => stems.length >= minWords)
    .map(({ label, text, stems }) => ({ label, text, pairs: pairsOf(stems) }));
  const holders = new Map<string, number[]>();
  const found: NearDuplicate[] = [];
  for (const [at, entry] of long.entries()) {
    const shared = new Map<number, number>();
    for (const pair of entry.pairs) {
      const others = holders.get(pair) ?? [];
      for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
      others.push(at);
      holders.set(pair, others);
    }
    for (const [other, count] of shared) {
      const first = long[other];
      const likeness = first === undefined ? 0 : (2 * count) / (first.pairs.size + entry.pairs.size);
      if (first !== undefined && likeness >= leastLikeness) found.push(toFound(first, entry, likeness));
    }
  }
  return found.sort((one, other) => other.likeness - one.likeness);
}

function toFound(first: Entry, second: Entry, likeness: number): NearDuplicate {
  return {
    first: { label: first.label, text: first.text },
    second: { label: second.label, text: second.text },
    likeness,
  };
}

function stemsOf(text: string): string[] {
  return tokenise(foldText(text))
    .map((token) => stemWord(token.text))
    .filter((stem) => stem !== '?' && stem !== '!');
}

function pairsOf(stems: readonly string[]): Set<string> {
  return new Set(['^', ...stems].map((stem, at) => `${stem} ${stems[at] ?? '$'}`));
}
