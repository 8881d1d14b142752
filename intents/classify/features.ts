import { hashText, hashUnit } from '../text/hash.js';
import { stemWord } from '../text/stem.js';
import type { Token } from '../text/tokens.js';

/** Kinds of feature; each kind is weighed and normalised by itself. */
export const blockNames = ['words', 'letters', 'signs'] as const;

/** One feature of a text: its number and the block it belongs to. */
export type TakeFeature = (hash: number, block: number) => void;

const words = 0;
const letters = 1;
const signs = 2;
const shortestGram = 2;
const longestGram = 5;
const wordSeed = hashText('word ');
const pairSeed = hashText('pair ');
const gramSeed = hashText('gram ');
const gapSeed = hashText('gap ');
const denialSeed = hashText('denied ');
const conceptSeed = hashText('concept ');
const firstSeed = hashText('first ');
const lastSeed = hashText('last ');
const lengthSeed = hashText('length ');
const space = 32;

const denials = new Set(['not', 'no', 'never', 'without', 'dont', 'wont', 'cant', 'isnt', 'doesnt', 'didnt']);
const denialReach = 3;

/** What the features of a text are taken from. */
export interface FeatureSource {
  tokens: readonly Token[];
  /** Names of the concepts found in it, in order of appearance. */
  concepts: readonly string[];
}

/**
 * Hands every feature of the text beside the letters of its words to `take`, repeated ones repeatedly: stems and pairs
 * of stems, stems under a denial, concepts and, unless `isLean`, letter sequences of 5 over a gap, length and the outer
 * words. Few examples show those by chance more than by meaning.
 */
export function takeTextFeatures(
  { tokens, concepts }: FeatureSource,
  take: TakeFeature,
  isLean: boolean,
): void {
  const stems: string[] = [];
  for (const { text } of tokens) if (text !== '!') stems.push(stemWord(text));
  takeWords(stems, take);
  takeDenials(stems, take);
  takeConcepts(concepts, take);
  if (isLean) return;
  takeGaps(tokens, take);
  const first = stems[0];
  const last = stems.at(-1);
  if (first !== undefined) take(hashText(first, firstSeed), signs);
  if (last !== undefined) take(hashText(last, lastSeed), signs);
  take(hashText(lengthClass(stems.length), lengthSeed), signs);
}

/** Hands the letter sequences of 2 to 5 inside one token with its borders to `take`; signs and class tokens have none. */
export function takeWordFeatures(word: string, take: TakeFeature): void {
  if (!isWord(word)) return;
  const bordered = ` ${word} `;
  for (let start = 0; start < bordered.length - 1; start++) {
    let hash = gramSeed;
    const end = Math.min(bordered.length, start + longestGram);
    for (let at = start; at < end; at++) {
      hash = hashUnit(bordered.charCodeAt(at), hash);
      if (at - start + 1 >= shortestGram) take(hash, letters);
    }
  }
}

function isWord(text: string): boolean {
  return !text.startsWith('__') && text !== '?' && text !== '!';
}

function takeWords(stems: readonly string[], take: TakeFeature): void {
  let previous = '^';
  for (const stem of stems) {
    if (stem === '?') continue;
    take(hashText(stem, wordSeed), words);
    take(hashText(stem, hashUnit(space, hashText(previous, pairSeed))), words);
    previous = stem;
  }
  if (stems.length > 0) take(hashText('$', hashUnit(space, hashText(previous, pairSeed))), words);
}

function takeDenials(stems: readonly string[], take: TakeFeature): void {
  let left = 0;
  for (const stem of stems) {
    if (denials.has(stem)) left = denialReach;
    else if (left > 0) {
      take(hashText(stem, denialSeed), signs);
      left -= 1;
    }
  }
}

function takeConcepts(concepts: readonly string[], take: TakeFeature): void {
  for (const [index, concept] of concepts.entries()) {
    take(hashText(concept, conceptSeed), signs);
    for (const other of concepts.slice(index + 1)) {
      if (other === concept) continue;
      const [one, two] = concept < other ? [concept, other] : [other, concept];
      take(hashText(two, hashUnit(space, hashText(one, conceptSeed))), signs);
    }
  }
}

/** Letter sequences over the gap between two words: how one ends and the next begins. */
function takeGaps(tokens: readonly Token[], take: TakeFeature): void {
  const text = ` ${tokens.map((token) => token.text).join(' ')} `;
  let gap = text.indexOf(' ', 1);
  for (let start = 0; start + longestGram <= text.length; start++) {
    if (gap <= start) gap = text.indexOf(' ', start + 1);
    if (gap < 0 || gap >= start + longestGram - 1) continue;
    let hash = gapSeed;
    for (let at = start; at < start + longestGram; at++) hash = hashUnit(text.charCodeAt(at), hash);
    take(hash, letters);
  }
}

function lengthClass(count: number): string {
  if (count <= 4) return String(count);
  if (count <= 7) return 'short';
  return count <= 15 ? 'middle' : 'long';
}
