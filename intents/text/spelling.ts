import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance/index.js';
import type { Token } from './tokens.js';

/** Shortest unknown word that is corrected: shorter ones are too often another word. */
const minLengthForOneEdit = 4;
const minLengthForTwoEdits = 6;
/** Each half of a word that is parted must have been used this often. */
const minUsesOfHalf = 3;
const wordPattern = /^[a-z]+$/;
const maxRemembered = 5_000;

/** Words with a count, against which unknown words are corrected. */
export interface Speller {
  isKnown(word: string): boolean;
  /** The likeliest known word within one edit (two from six letters on); the word itself when there is none. */
  correct(word: string): string;
  /** Corrects words and the gaps between them: "forwifi" is parted, "back p" joined, "turns outt he" moved. */
  correctAll(tokens: readonly Token[]): Token[];
}

interface Entry {
  word: string;
  count: number;
  letters: number;
}

type Lengths = ReadonlyMap<number, Entry[]>;

/**
 * A speller over `counts` (word to number of uses). Candidates are found by their set of letters, one bit each,
 * and compared by natural's Damerau-Levenshtein distance; fewer edits win, then the same first letter, then use.
 * Two edits are looked for only behind the right first letter. What `isWord` knows is no misspelling.
 */
export function createSpeller(
  counts: ReadonlyMap<string, number>,
  isWord: (word: string) => boolean = () => false,
): Speller {
  const lengths = groupByLength(counts);
  const remembered = new Map<string, string>();
  const remember = (word: string, corrected: string): string => {
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(word, corrected);
    return corrected;
  };
  const usesOf = (word: string) => (/^[^ai]$/u.test(word) ? 0 : (counts.get(word) ?? 0));
  const correct = (word: string): string => {
    if (counts.has(word) || word.length < minLengthForOneEdit || !wordPattern.test(word)) return word;
    const known = remembered.get(word);
    if (known !== undefined) return known;
    if (isWord(word)) return remember(word, word);
    const far = word.length >= minLengthForTwoEdits ? 2 : 1;
    const corrected = nearest(word, lengths, 1) ?? part(word, usesOf) ?? nearest(word, lengths, far) ?? word;
    return remember(word, corrected);
  };
  return {
    isKnown: (word) => counts.has(word),
    correct,
    correctAll: (tokens) => correctAll(tokens, correct, usesOf),
  };
}

function groupByLength(counts: ReadonlyMap<string, number>): Map<number, Entry[]> {
  const lengths = new Map<number, Entry[]>();
  for (const [word, count] of counts) {
    if (!wordPattern.test(word) || word.length < 3) continue;
    const group = lengths.get(word.length) ?? [];
    group.push({ word, count, letters: letterSet(word) });
    lengths.set(word.length, group);
  }
  return lengths;
}

function correctAll(
  tokens: readonly Token[],
  correct: (word: string) => string,
  usesOf: (word: string) => number,
): Token[] {
  const corrected: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const next = tokens[at + 1];
    const pair = next && moveGap(token, next, usesOf);
    if (pair !== undefined) {
      corrected.push(...pair);
      at += 1;
    } else {
      for (const text of correct(token.text).split(' ')) corrected.push({ ...token, text });
    }
  }
  return corrected;
}

/** Two words, one of them unknown, that are known once the gap between them goes or moves by a letter. */
function moveGap(one: Token, two: Token, usesOf: (word: string) => number): Token[] | undefined {
  const isOneKnown = usesOf(one.text) > 0;
  if (!wordPattern.test(one.text) || !wordPattern.test(two.text) || (isOneKnown && usesOf(two.text) > 0)) {
    return undefined;
  }
  const joined = one.text + two.text;
  if (joined.length >= 4 && usesOf(joined) > 0) return [{ text: joined, start: one.start, end: two.end }];
  for (const gap of [one.text.length - 1, one.text.length + 1]) {
    const left = joined.slice(0, gap);
    const right = joined.slice(gap);
    if (usesOf(left) > 0 && usesOf(right) > 0)
      return [
        { ...one, text: left },
        { ...two, text: right },
      ];
  }
  return undefined;
}

/** Two known words written as one, the parting whose rarer half is the most used. */
function part(word: string, usesOf: (word: string) => number): string | undefined {
  let best: string | undefined;
  let bestUses = minUsesOfHalf - 1;
  for (let gap = 1; gap < word.length; gap++) {
    const left = word.slice(0, gap);
    const right = word.slice(gap);
    const uses = Math.min(usesOf(left), usesOf(right));
    if (uses <= bestUses || Math.max(left.length, right.length) < 3) continue;
    bestUses = uses;
    best = `${left} ${right}`;
  }
  return best;
}

function nearest(word: string, lengths: Lengths, maxEdits: number): string | undefined {
  const letters = letterSet(word);
  let best: string | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (let length = word.length - maxEdits; length <= word.length + maxEdits; length++) {
    for (const entry of lengths.get(length) ?? []) {
      if (bitCount(letters ^ entry.letters) > maxEdits + 1) continue;
      if (maxEdits > 1 && entry.word[0] !== word[0]) continue;
      const edits = DamerauLevenshteinDistance(word, entry.word, { restricted: true });
      if (edits > maxEdits) continue;
      const use = Math.min(40, 5 * Math.log2(entry.count + 1));
      const rank = edits * 100 + (entry.word[0] === word[0] ? 0 : 50) - use;
      if (rank >= bestRank) continue;
      bestRank = rank;
      best = entry.word;
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
