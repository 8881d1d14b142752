import { createLexiconReader, type Lexicon, type LexiconReader } from '../lexicon.js';
import { foldText } from '../text/fold.js';
import { hashText } from '../text/hash.js';
import { remember } from '../text/remember.js';
import { createSpeller, type Speller } from '../text/spelling.js';
import { stemWord } from '../text/stem.js';
import { type Token, tokenise } from '../text/tokens.js';
import type { WordPairs } from '../text/word-pairs.js';
import { toShares } from './calibration.js';
import type { FeatureSource } from './features.js';
import { type LogisticModel, probability } from './logistic.js';
import { type Decisions, decide } from './machines.js';
import { createVectoriser, type FeatureSpace } from './vectoriser.js';

/** Longest part of a text that is read, in tokens. */
const maxTokens = 400;
/** Weight of the share of strange words where there are no negative examples to learn it from. */
const foreignShare = 2;
/** Least probability that a message without a known word is out of scope. */
const unreadShare = 0.95;

/** All that training yields; plain data and typed arrays. */
export interface ClassifierModel {
  labels: string[];
  /** The label that stands for "none of these", when there are examples of it. */
  outOfScope?: string;
  lexicon: Lexicon;
  /** Words of the examples and of the lexicon and the number of their uses. */
  vocabulary: Record<string, number>;
  /** Words that only examples of what is out of scope use. */
  foreignWords: Record<string, number>;
  /** Which words stand side by side in the examples. */
  pairs: WordPairs;
  /** Hashes of the stems of common English words. */
  commonWords: Uint32Array;
  space: FeatureSpace;
  machines: Decisions;
  /** What decision values are multiplied with before the softmax, so that shares are probabilities. */
  scale: number;
  /** P(out of scope) over `scopeFigures`; absent without examples of it. */
  scope?: LogisticModel;
}

/** What a classifier says of one text. */
export interface Judgement {
  /** Labels with their calibrated probabilities, likeliest first; they add up to one. */
  ranked: { label: string; confidence: number }[];
  /** How unlike everything known the text is: higher is farther. Comparable between texts of one model only. */
  strangeness: number;
}

/** Reads texts with a trained model. */
export interface Classifier {
  labels: readonly string[];
  /** The text as the classifier sees it: canonical, spelling corrected. */
  read(text: string): Token[];
  classify(text: string): Judgement;
  classifyTokens(tokens: readonly Token[]): Judgement;
}

/** What is seen of one text before it is judged. */
export interface View {
  /** Decision value of each class. */
  values: Float32Array;
  /** Share of its words that are common English and stand in no example in scope, 0 to 1. */
  foreign: number;
  /** Share of its words that nothing knows, after correction, 0 to 1. */
  misspelt: number;
  wordCount: number;
}

/** Makes the classifier of `model`; it holds no state that changes an answer. */
export function createClassifier(model: ClassifierModel): Classifier {
  const reader = createLexiconReader(model.lexicon);
  const words = createWords(model);
  const { speller } = words;
  const view = createViewer(model, reader, words);
  const read = (text: string) => readTokens(text, reader, speller);
  const classifyTokens = (tokens: readonly Token[]) => judge(model, view(tokens));
  return { labels: model.labels, read, classifyTokens, classify: (text) => classifyTokens(read(text)) };
}

/** Tokens of `text`, unknown words corrected, in the lexicon's spelling. */
export function readTokens(text: string, reader: LexiconReader, speller: Speller): Token[] {
  return reader.respell(speller.correctAll(plainTokens(text)));
}

/** Tokens of `text` as written. */
export function plainTokens(text: string): Token[] {
  return tokenise(foldText(text)).slice(0, maxTokens);
}

/** A function from tokens to what is seen of them; used in training on held-out texts too. */
export function createViewer(
  model: Pick<ClassifierModel, 'space' | 'machines'>,
  reader: LexiconReader,
  words: Words,
): (tokens: readonly Token[]) => View {
  const vectorise = createVectoriser(model.space);
  return (tokens) => {
    const row = vectorise(featureSource(tokens, reader));
    return { values: decide(row, model.machines), ...countStrange(tokens, words) };
  };
}

function countStrange(
  tokens: readonly Token[],
  words: Words,
): Pick<View, 'foreign' | 'misspelt' | 'wordCount'> {
  let wordCount = 0;
  let foreign = 0;
  let misspelt = 0;
  for (const { text } of tokens) {
    if (!isLetter(text)) continue;
    wordCount += 1;
    const kind = words.kindOf(text);
    if (kind === 'foreign') foreign += 1;
    else if (kind === 'unknown') misspelt += 1;
  }
  const all = wordCount || 1;
  return { foreign: foreign / all, misspelt: misspelt / all, wordCount };
}

/** True when the text begins with a letter of any script. */
function isLetter(text: string): boolean {
  const first = text.charCodeAt(0);
  return first < 128 ? first >= 97 && first <= 122 : /^\p{L}/u.test(text);
}

/** What the model knows of single words. */
export interface Words {
  speller: Speller;
  kindOf(word: string): WordKind;
}

/** A word of examples in scope; a common English one, or one of other examples, that none of them uses; or neither. */
type WordKind = 'own' | 'foreign' | 'unknown';

const maxRemembered = 5_000;

/** Makes the speller and the knowledge of words from a model's word lists. */
export function createWords(
  model: Pick<ClassifierModel, 'vocabulary' | 'foreignWords' | 'pairs' | 'commonWords'>,
): Words {
  const own = new Map(Object.entries(model.vocabulary));
  const common = new Set(model.commonWords);
  const isCommon = (word: string) => common.has(hashText(stemWord(word)));
  const foreign = new Set(Object.keys(model.foreignWords));
  const counts = new Map([...Object.entries(model.foreignWords), ...own]);
  const speller = createSpeller({ counts, pairs: model.pairs, isWord: isCommon });
  const judgeWord = (word: string): WordKind => {
    if (own.has(word)) return 'own';
    if (foreign.has(word) || isCommon(word)) return 'foreign';
    return 'unknown';
  };
  return { speller, kindOf: remember(judgeWord, maxRemembered) };
}

/** What features are taken from, of tokens already read. */
export function featureSource(tokens: readonly Token[], reader: LexiconReader): FeatureSource {
  return { tokens, concepts: reader.conceptsOf(tokens) };
}

/**
 * Figures from which P(out of scope) is read: how far the best machine in scope and that of the negatives stand above
 * the mean of all, the share of strange and of misspelt words, and the length.
 */
export function scopeFigures(seen: View, outOfScope: number): number[] {
  const middle = mean(seen.values);
  const against = outOfScope < 0 ? 0 : (seen.values[outOfScope] ?? 0) - middle;
  const length = Math.log(1 + seen.wordCount);
  return [largest(seen.values, outOfScope) - middle, against, seen.foreign, seen.misspelt, length];
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  return sum / (values.length || 1);
}

function largest(values: Float32Array, without: number): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    if (index !== without) best = Math.max(best, values[index] ?? 0);
  }
  return best;
}

/** True for a message of words that nothing knows, whatever their letters resemble: "ghghgh". */
function isUnread({ wordCount, misspelt }: View): boolean {
  return wordCount > 0 && misspelt === 1;
}

function judge(model: ClassifierModel, seen: View): Judgement {
  const outOfScope = model.outOfScope === undefined ? -1 : model.labels.indexOf(model.outOfScope);
  const shares = toShares(seen.values, model.scale);
  if (model.scope !== undefined) {
    const likely = probability(model.scope, scopeFigures(seen, outOfScope));
    const outside = isUnread(seen) ? Math.max(likely, unreadShare) : likely;
    const inside = 1 - (shares[outOfScope] ?? 0);
    for (let index = 0; index < shares.length; index++) {
      shares[index] = index === outOfScope ? outside : ((shares[index] ?? 0) / (inside || 1)) * (1 - outside);
    }
  }
  const ranked = model.labels.map((label, index) => ({ label, confidence: shares[index] ?? 0 }));
  ranked.sort((one, other) => other.confidence - one.confidence);
  const strangeness =
    model.scope === undefined
      ? mean(seen.values) - largest(seen.values, -1) + foreignShare * seen.foreign
      : (shares[outOfScope] ?? 0);
  return { ranked, strangeness };
}
