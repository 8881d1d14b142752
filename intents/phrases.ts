import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance/index.js';
import { foldText } from './text/fold.js';
import { remember } from './text/remember.js';
import { stemWord } from './text/stem.js';
import { type Token, tokenise } from './text/tokens.js';
import type { Span } from './understanding.js';

/** One thing that is known by several phrases. */
export interface PhraseEntry {
  id: string;
  phrases: string[];
}

/** A phrase found in a text: what it belongs to, how well it fits (0 to 1), and where it stands. */
export interface FoundPhrase {
  id: string;
  score: number;
  span: Span;
}

/** Share of a phrase, by the weight of its words, that must stand in the text. */
const minScore = 0.7;
/** Words of the text that may stand between the words of a phrase, for each word of it. */
const looseness = 1.6;
const gramLength = 3;
/** Share of letter triples (Dice) from which two words are compared at all. */
const minShared = 0.3;
/** Likeness (one less the edits for each letter) from which two words count as one misspelt. */
const minLikeness = 0.7;
/** Room for rounding where a bound is compared. */
const slack = 1e-9;
const maxRemembered = 5_000;

interface Word {
  stem: string;
  grams: Set<string>;
}

interface Phrase {
  id: string;
  words: number[];
  weight: number;
}

/**
 * A matcher that finds the phrases of `entries` in a text whatever the inflection, with misspelt words and a few
 * words between; for each id the best place, best first. An inverted index over stems keeps it below a millisecond.
 */
export function createPhraseMatcher(entries: readonly PhraseEntry[]): (text: string) => FoundPhrase[] {
  const words: Word[] = [];
  const numberOf = new Map<string, number>();
  const phrases: Phrase[] = [];
  const uses: number[] = [];
  for (const { id, phrases: texts } of entries) {
    for (const text of texts) {
      const numbers = stemsOf(text).map(({ stem }) => {
        const number = numberOf.get(stem) ?? words.push({ stem, grams: gramsOf(stem) }) - 1;
        numberOf.set(stem, number);
        uses[number] = (uses[number] ?? 0) + 1;
        return number;
      });
      if (numbers.length > 0) phrases.push({ id, words: numbers, weight: 0 });
    }
  }
  const weights = words.map((_, number) => Math.log(1 + phrases.length / (uses[number] ?? 1)));
  const weightOf = (number: number) => weights[number] ?? 0;
  const phrasesOf: number[][] = words.map(() => []);
  for (const [index, phrase] of phrases.entries()) {
    for (const number of new Set(phrase.words)) {
      phrase.weight += weightOf(number);
      phrasesOf[number]?.push(index);
    }
  }
  const gramIndex = indexGrams(words);
  const findAlike = remember((stem) => alike(stem, { words, gramIndex }), maxRemembered);
  return (text) => {
    const places = findWords(stemsOf(text), numberOf, findAlike);
    return bestPlaces(places, { phrases, phrasesOf, weightOf });
  };
}

function stemsOf(text: string): (Token & { stem: string })[] {
  const stems: (Token & { stem: string })[] = [];
  for (const { text: word, start, end } of tokenise(foldText(text))) {
    if (word !== '!' && word !== '?') stems.push({ text: word, start, end, stem: stemWord(word) });
  }
  return stems;
}

function gramsOf(word: string): Set<string> {
  const bordered = ` ${word} `;
  const grams = new Set<string>();
  for (let at = 0; at + gramLength <= bordered.length; at++) grams.add(bordered.slice(at, at + gramLength));
  return grams;
}

function indexGrams(words: readonly Word[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [number, word] of words.entries()) {
    for (const gram of word.grams) index.set(gram, [...(index.get(gram) ?? []), number]);
  }
  return index;
}

/** A known word at a place of the text; `likeness` is 1 for the word itself. */
interface Place extends Span {
  word: number;
  likeness: number;
  at: number;
}

interface Alike {
  word: number;
  likeness: number;
}

function findWords(
  tokens: readonly (Token & { stem: string })[],
  numberOf: ReadonlyMap<string, number>,
  findAlike: (stem: string) => readonly Alike[],
): Place[] {
  const places: Place[] = [];
  for (const [at, { stem, start, end }] of tokens.entries()) {
    const exact = numberOf.get(stem);
    if (exact !== undefined) places.push({ at, start, end, word: exact, likeness: 1 });
    else if (stem.length >= 4)
      for (const { word, likeness } of findAlike(stem)) places.push({ at, start, end, word, likeness });
  }
  return places;
}

interface WordIndex {
  words: readonly Word[];
  gramIndex: ReadonlyMap<string, number[]>;
}

function alike(stem: string, { words, gramIndex }: WordIndex): Alike[] {
  const grams = gramsOf(stem);
  const counts = new Map<number, number>();
  for (const gram of grams)
    for (const word of gramIndex.get(gram) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  const found: Alike[] = [];
  for (const [word, count] of counts) {
    const other = words[word];
    const shared = (2 * count) / (grams.size + (other?.grams.size ?? 0));
    if (other === undefined || shared < minShared) continue;
    const edits = DamerauLevenshteinDistance(stem, other.stem, { restricted: true });
    const likeness = 1 - edits / Math.max(stem.length, other.stem.length);
    if (likeness >= minLikeness) found.push({ word, likeness });
  }
  return found;
}

interface PhraseIndex {
  phrases: readonly Phrase[];
  phrasesOf: readonly number[][];
  weightOf: (word: number) => number;
}

function bestPlaces(places: readonly Place[], index: PhraseIndex): FoundPhrase[] {
  const best = new Map<string, FoundPhrase>();
  for (const number of mayFit(places, index)) {
    const phrase = index.phrases[number];
    const own = places.filter((place) => index.phrasesOf[place.word]?.includes(number));
    const found = phrase && fitPhrase(phrase, own, index.weightOf);
    if (found !== undefined && found.score > (best.get(found.id)?.score ?? 0)) best.set(found.id, found);
  }
  return [...best.values()].sort((one, other) => other.score - one.score);
}

/** Numbers of the phrases whose words in the text, wherever they stand, weigh enough; in order of appearance. */
function mayFit(places: readonly Place[], { phrases, phrasesOf, weightOf }: PhraseIndex): number[] {
  const sums = new Map<number, number>();
  for (const { word, likeness } of places) {
    const weight = weightOf(word) * likeness;
    for (const number of phrasesOf[word] ?? []) sums.set(number, (sums.get(number) ?? 0) + weight);
  }
  const fitting: number[] = [];
  for (const [number, sum] of sums) {
    if (sum >= minScore * (phrases[number]?.weight ?? 0) - slack) fitting.push(number);
  }
  return fitting;
}

/** The window of the text that holds most of the phrase's weight. */
function fitPhrase(
  phrase: Phrase,
  places: readonly Place[],
  weightOf: (word: number) => number,
): FoundPhrase | undefined {
  const reach = Math.ceil(phrase.words.length * looseness) + 1;
  let best: FoundPhrase | undefined;
  for (const first of places) {
    const window = places.filter((place) => place.at >= first.at && place.at < first.at + reach);
    const likeness = new Map<number, Place>();
    for (const place of window) {
      if (place.likeness > (likeness.get(place.word)?.likeness ?? 0)) likeness.set(place.word, place);
    }
    let sum = 0;
    for (const [word, place] of likeness) sum += weightOf(word) * place.likeness;
    const score = Math.min(1, sum / phrase.weight);
    const end = Math.max(...[...likeness.values()].map((place) => place.end));
    if (score >= minScore && score > (best?.score ?? 0))
      best = { id: phrase.id, score, span: { start: first.start, end } };
  }
  return best;
}
