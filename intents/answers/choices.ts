import type { LexiconReader } from '../lexicon.js';
import { readNumber, readOrdinal } from '../recognizers.js';
import { foldText } from '../text/fold.js';
import { createPhraseTrie, type PhraseTrie } from '../text/phrase-trie.js';
import { remember } from '../text/remember.js';
import { createSpeller, type Speller } from '../text/spelling.js';
import { stemWord } from '../text/stem.js';
import { type Token, tokenise } from '../text/tokens.js';
import type { ExpectedChoice } from '../understanding.js';

/** A choice that the text may mean, and how well it fits, 0 to 1. */
export interface ScoredChoice {
  id: string;
  confidence: number;
}

/** Two choices nearer than this are a close call. */
const minMargin = 0.15;
const minConfidence = 0.5;
const none: ReadonlySet<string> = new Set();
/** Shortest word that is read as a misspelt one of a choice: "yes" is no "yet". */
const minCorrected = 4;
const small = new Set([
  'the',
  'a',
  'an',
  'of',
  'my',
  'it',
  'is',
  'its',
  'on',
  'in',
  'to',
  'i',
  'and',
  'or',
  'one',
  'that',
  'not',
  'no',
]);
/** Words near those of many labels ("does" and "done"), which are none of them. */
const common = new Set(
  'stopped started dont isnt cannot wont havent does did do gone down none was were has had have will same some note now well wait want what when then this'.split(
    ' ',
  ),
);
const placeWords =
  /\b(?:first|second|third|fourth|fifth|last|bottom|top|option|number|no\.?|choice|answer|1st|2nd|3rd|4th|5th|one|two|three|four|five|[a-e1-9])\b/u;
const plainPlace =
  /^(?:(?:the|option|number|no\.?|choice|answer|#|it'?s|its|i'?d say|probably|i think|button|pick)\s*)*(?<place>[1-9]|[a-e]|one|two|three|four|five|first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|last|bottom|top)(?:\s+(?:one|option|choice|please|thing|answer|button))*[.)!]*$/u;

/** The choice that `text` names by its place in the list ("2", "the second", "last one"); undefined when none. */
export function choiceByPlace(text: string, choices: readonly ExpectedChoice[]): ScoredChoice | undefined {
  const folded = foldText(text).trim();
  const match = plainPlace.exec(folded);
  const word = match?.groups?.place;
  if (word === undefined) return undefined;
  const place = readPlace(word, choices.length);
  const choice = place === undefined ? undefined : choices[place - 1];
  return choice && { id: choice.id, confidence: /^\d$/u.test(word) ? 0.98 : 0.95 };
}

function readPlace(word: string, count: number): number | undefined {
  if (word === 'last' || word === 'bottom') return count;
  if (word === 'top') return 1;
  if (/^[a-e]$/u.test(word)) return word.charCodeAt(0) - 96;
  if (/^[1-9]$/u.test(word)) return Number(word);
  return readOrdinal(word) ?? readNumber(word);
}

/** True when the text may name a place at all; asked before the slower recognizers are. */
export function mayNamePlace(folded: string): boolean {
  return placeWords.test(folded);
}

/** One way to say a choice. */
interface Phrase {
  /** Stems of its words that say something. */
  telling: readonly string[];
}

/** Choices as they are looked for: the same questions are asked again and again. */
export interface ReadChoices {
  choices: readonly ExpectedChoice[];
  /** The label of each choice in the lexicon's spelling. */
  labels: readonly (readonly Token[])[];
  /** Label and words of each choice. */
  phrases: readonly (readonly Phrase[])[];
  /** Stems by which the phrases of each choice differ from those of every other. */
  own: readonly ReadonlySet<string>[];
  /** The word of a choice that a word of the text is likely to be. */
  correct: (word: string) => string;
  trie: PhraseTrie;
}

/** Sets of choices kept; there are about as many as questions and fixes. */
const maxRead = 500;
const maxCorrected = 1_000;
const made = new WeakMap<LexiconReader, Map<string, ReadChoices>>();

/** The choices ready to be looked for; kept while the same ones are asked. */
export function readChoices(choices: readonly ExpectedChoice[], reader: LexiconReader): ReadChoices {
  const known = made.get(reader) ?? new Map<string, ReadChoices>();
  made.set(reader, known);
  const key = choices.map(({ id, label, words }) => `${id}\n${label}\n${words.join('\n')}`).join('\n\n');
  const kept = known.get(key);
  if (kept !== undefined) return kept;
  const fresh = prepare(choices, reader);
  if (known.size >= maxRead) known.clear();
  known.set(key, fresh);
  return fresh;
}

function prepare(choices: readonly ExpectedChoice[], reader: LexiconReader): ReadChoices {
  const read = (phrase: string) => reader.respell(tokenise(foldText(phrase)));
  const tokens = choices.map((choice) => [choice.label, ...choice.words].map(read));
  const entries = choices.flatMap((choice, index) =>
    (tokens[index] ?? []).map((phrase) => [choice.id, phrase] as const),
  );
  const speller = spellerOf(tokens.flat(2));
  return {
    choices,
    labels: tokens.map(([label]) => label ?? []),
    phrases: tokens.map((phrases) => phrases.map(toPhrase)),
    own: choices.map((_, index) => ownStems(tokens, index)),
    correct: remember((word) => speller.correct(word), maxCorrected),
    trie: createPhraseTrie(entries, stemWord),
  };
}

function toPhrase(tokens: readonly Token[]): Phrase {
  return { telling: tokens.filter((token) => !small.has(token.text)).map(stemOf) };
}

/** Choices that fit the words of the text, best first: by label, by its words, by part of the label. */
export function choicesByWords(
  tokens: readonly Token[],
  { choices, phrases, own, correct, trie }: ReadChoices,
  deniedBefore: (from: number) => boolean,
): ScoredChoice[] {
  const near = tokens.map((token) => {
    if (token.text.length < minCorrected || common.has(token.text)) return token;
    const text = correct(token.text);
    return text === token.text ? token : { ...token, text };
  });
  const whole = findWhole(near, trie, deniedBefore);
  const present = new Set(near.filter((_, index) => !deniedBefore(index)).map(stemOf));
  const scored: ScoredChoice[] = [];
  for (const [index, { id }] of choices.entries()) {
    const partly = () => (phrases[index] ?? []).map((phrase) => shareOf(phrase, present, own[index] ?? none));
    const confidence = whole.get(id) ?? Math.max(0, ...partly());
    if (confidence >= minConfidence) scored.push({ id, confidence });
  }
  return scored.sort((one, other) => other.confidence - one.confidence);
}

function spellerOf(tokens: readonly Token[]): Speller {
  return createSpeller({ counts: new Map(tokens.map((token) => [token.text, 1])) });
}

/** Choices of which a whole phrase stands in the text; the longest phrase wins where two overlap. */
function findWhole(
  tokens: readonly Token[],
  trie: PhraseTrie,
  deniedBefore: (from: number) => boolean,
): Map<string, number> {
  const found = new Map<string, number>();
  for (const match of trie.findAll(tokens)) {
    if (deniedBefore(match.from)) continue;
    const share = (match.to - match.from) / Math.max(1, tokens.length);
    found.set(match.value, Math.max(found.get(match.value) ?? 0, 0.85 + 0.14 * Math.min(1, share)));
  }
  return found;
}

/** Stems by which the phrases of one choice differ from those of every other. */
function ownStems(phrases: readonly (readonly Token[])[][], index: number): Set<string> {
  const others = new Set(
    phrases.filter((_, other) => other !== index).flatMap((list) => list.flat().map(stemOf)),
  );
  const own = (phrases[index] ?? []).flat().map(stemOf);
  return new Set(own.filter((stem) => !others.has(stem)));
}

function stemOf(token: Token): string {
  return stemWord(token.text);
}

/**
 * How much of a phrase stands in the text, as a confidence below that of a whole phrase: half of its telling words,
 * or one that no other choice has, is enough.
 */
function shareOf({ telling }: Phrase, present: ReadonlySet<string>, own: ReadonlySet<string>): number {
  if (telling.length < 2) return 0;
  const found = telling.filter((stem) => present.has(stem));
  const hasOwn = found.some((stem) => own.has(stem));
  return (hasOwn ? 0.45 : 0) + (0.35 * found.length) / telling.length;
}

/** Splits scored choices into the one meant, or those too close to tell. */
export function settle(scored: readonly ScoredChoice[]): { choice?: ScoredChoice; closeChoices?: string[] } {
  const [best, next] = scored;
  if (best === undefined) return {};
  if (next === undefined || best.confidence - next.confidence >= minMargin) return { choice: best };
  const close = scored.filter((one) => best.confidence - one.confidence < minMargin);
  return { closeChoices: close.map((one) => one.id) };
}
