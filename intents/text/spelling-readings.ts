import { remember } from './remember.js';
import type { SpellerSource } from './spelling.js';
import type { SpellingCosts } from './spelling-costs.js';
import type { Token } from './tokens.js';
import type { NearWord, WordTrie } from './word-trie.js';

/** One way to read the next tokens: how many it takes, what they become, and what that costs beside the words. */
export interface Reading {
  taken: number;
  tokens: readonly Token[];
  price: number;
  /** True for a word left as it is though nothing knows it: its price holds all. */
  isOwn: boolean;
}

/** Finds the readings at a token. */
export interface Readings {
  /** True for what is never read otherwise: known words, figures, signs. */
  isFirm(word: string): boolean;
  at(tokens: readonly Token[], at: number): readonly Reading[];
}

interface Option {
  words: readonly string[];
  price: number;
  isOwn: boolean;
}

const wordPattern = /^[a-z]+$/u;
/** Shortest words that are corrected by one and by two edits, and that are parted with one edit. */
const shortest = { oneEdit: 3, twoEdits: 5, parted: 4, partedWithEdit: 7 };
const maxOptions = 8;
const maxRemembered = 5_000;

/** Builds the finder of readings over the words of `trie`. */
export function createReadings(source: SpellerSource, trie: WordTrie, costs: SpellingCosts): Readings {
  const { counts, isWord = () => false } = source;
  const usesOf = (word: string) => (/^[^aiu]$/u.test(word) ? 0 : (counts.get(word) ?? 0));
  const isFirm = (word: string) => !wordPattern.test(word) || counts.has(word);
  const optionsOf = remember((word) => findOptions(word, { trie, costs, usesOf, isWord }), maxRemembered);
  return {
    isFirm,
    at: (tokens, at) => {
      const token = tokens[at];
      if (token === undefined) return [];
      const next = tokens[at + 1];
      const alone: Reading[] = isFirm(token.text)
        ? [{ taken: 1, tokens: [token], price: 0, isOwn: false }]
        : optionsOf(token.text).map((option) => toReading(option, token));
      if (next === undefined || !mayMove(token.text, next.text, usesOf)) return alone;
      return [...alone, ...moveGap(token, next, { trie, costs, usesOf })];
    },
  };
}

function toReading({ words, price, isOwn }: Option, token: Token): Reading {
  return { taken: 1, tokens: words.map((text) => ({ ...token, text })), price, isOwn };
}

interface Knowledge {
  trie: WordTrie;
  costs: SpellingCosts;
  usesOf: (word: string) => number;
}

function findOptions(
  word: string,
  { trie, costs, usesOf, isWord }: Knowledge & { isWord: (word: string) => boolean },
): Option[] {
  const isCommon = isWord(word);
  const own = isCommon ? costs.common : costs.unknown + costs.unknownLetter * word.length;
  const options: Option[] = [{ words: [word], price: own, isOwn: true }];
  if (word.length < shortest.oneEdit) return options;
  const near = trie.near(word, 1);
  if (near.length < 2 && word.length >= shortest.twoEdits && !isCommon) {
    near.push(...trie.near(word, 2).filter((one) => one.edits === 2));
  }
  for (const { word: other, edits } of mostUsed(near, usesOf)) {
    const first = other[0] === word[0] ? 0 : costs.firstLetter;
    options.push({ words: [other], price: edits * costs.edit + first, isOwn: false });
  }
  if (word.length >= shortest.parted && !isCommon) options.push(...part(word, { trie, costs, usesOf }));
  return options;
}

function mostUsed(near: readonly NearWord[], usesOf: (word: string) => number): NearWord[] {
  const rank = ({ word, edits }: NearWord) => edits * 4 - Math.log(usesOf(word) + 1);
  return near.toSorted((one, other) => rank(one) - rank(other)).slice(0, maxOptions);
}

/** Two known words written as one, or with a letter in place of the gap; in a long word one may be misspelt. */
function part(word: string, knowledge: Knowledge): Option[] {
  const { costs, usesOf } = knowledge;
  const options: Option[] = [];
  for (let gap = 1; gap < word.length; gap++) {
    const left = word.slice(0, gap);
    for (const right of [word.slice(gap), word.slice(gap + 1)]) {
      if (right.length === 0) continue;
      const price = costs.gap + (gap + right.length < word.length ? costs.lostGap : 0);
      const knowsLeft = usesOf(left) > 0;
      const knowsRight = usesOf(right) > 0;
      if (knowsLeft && knowsRight) options.push({ words: [left, right], price, isOwn: false });
      else if (word.length >= shortest.partedWithEdit && (knowsLeft || knowsRight)) {
        for (const other of nearHalf(knowsLeft ? right : left, knowledge)) {
          const words = knowsLeft ? [left, other] : [other, right];
          options.push({ words, price: price + costs.edit, isOwn: false });
        }
      }
    }
  }
  return options;
}

function nearHalf(half: string, { trie, usesOf }: Knowledge): string[] {
  if (half.length < shortest.parted) return [];
  return mostUsed(trie.near(half, 1), usesOf)
    .slice(0, 2)
    .map((one) => one.word);
}

function mayMove(one: string, two: string, usesOf: (word: string) => number): boolean {
  return wordPattern.test(one) && wordPattern.test(two) && (usesOf(one) === 0 || usesOf(two) === 0);
}

/** Two words, one of them unknown, that are known once the gap between them goes or moves by a letter. */
function moveGap(one: Token, two: Token, { trie, costs, usesOf }: Knowledge): Reading[] {
  const joined = one.text + two.text;
  const readings: Reading[] = [];
  const take = (words: readonly string[], price: number) => {
    const [first = '', second] = words;
    const tokens =
      second === undefined
        ? [{ text: first, start: one.start, end: two.end }]
        : [
            { ...one, text: first },
            { ...two, text: second },
          ];
    readings.push({ taken: 2, tokens, price, isOwn: false });
  };
  if (joined.length >= 4 && usesOf(joined) > 0) take([joined], costs.gap);
  else if (joined.length >= shortest.partedWithEdit) {
    for (const { word } of mostUsed(trie.near(joined, 1), usesOf).slice(0, 2))
      take([word], costs.gap + costs.edit);
  }
  for (const gap of [one.text.length - 1, one.text.length + 1]) {
    const left = joined.slice(0, gap);
    const right = joined.slice(gap);
    if (usesOf(left) > 0 && usesOf(right) > 0) take([left, right], costs.gap);
  }
  return readings;
}
