import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance/index.js';

/** Shortest word that is corrected: shorter ones are too often another word. */
const minCorrectedLength = 4;
/** From this length on two edits are forgiven. */
const minLengthForTwoEdits = 8;
const wordPattern = /^[a-z]+$/;
const maxRemembered = 5_000;

/** Words with a count, against which unknown words are corrected. */
export interface Speller {
  isKnown(word: string): boolean;
  /** The likeliest known word within one edit (two from eight letters on); the word itself when there is none. */
  correct(word: string): string;
}

interface Entry {
  word: string;
  count: number;
  letters: number;
}

/**
 * A speller over `counts` (word to number of uses). Candidates are found by their set of letters, one bit each,
 * and compared by natural's Damerau-Levenshtein distance; fewer edits win, then the same first letter, then use.
 */
export function createSpeller(counts: ReadonlyMap<string, number>): Speller {
  const byLength = new Map<number, Entry[]>();
  for (const [word, count] of counts) {
    if (!wordPattern.test(word) || word.length < 3) continue;
    const bucket = byLength.get(word.length) ?? [];
    bucket.push({ word, count, letters: letterSet(word) });
    byLength.set(word.length, bucket);
  }
  const remembered = new Map<string, string>();
  return {
    isKnown: (word) => counts.has(word),
    correct(word) {
      if (counts.has(word) || word.length < minCorrectedLength || !wordPattern.test(word)) return word;
      const known = remembered.get(word);
      if (known !== undefined) return known;
      const corrected = bestMatch(word, byLength) ?? word;
      if (remembered.size >= maxRemembered) remembered.clear();
      remembered.set(word, corrected);
      return corrected;
    },
  };
}

function bestMatch(word: string, byLength: ReadonlyMap<number, Entry[]>): string | undefined {
  const maxEdits = word.length >= minLengthForTwoEdits ? 2 : 1;
  const letters = letterSet(word);
  let best: string | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (let length = word.length - maxEdits; length <= word.length + maxEdits; length++) {
    for (const entry of byLength.get(length) ?? []) {
      if (bitCount(letters ^ entry.letters) > 2 * maxEdits) continue;
      const edits = DamerauLevenshteinDistance(word, entry.word, { restricted: true });
      if (edits > maxEdits) continue;
      const rank =
        edits * 100 + (entry.word[0] === word[0] ? 0 : 50) - Math.min(40, Math.log2(entry.count + 1));
      if (rank < bestRank) {
        bestRank = rank;
        best = entry.word;
      }
    }
  }
  return best;
}

function letterSet(word: string): number {
  let set = 0;
  for (let index = 0; index < word.length; index++) set |= 1 << (word.charCodeAt(index) - 97);
  return set;
}

function bitCount(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
