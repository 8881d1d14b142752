import type { Classifier } from '../classify/classifier.js';
import type { Lexicon, LexiconReader } from '../lexicon.js';
import { type OutcomeName, outcomeNames } from '../names.js';
import { readDateTime } from '../recognizers.js';
import { foldText } from '../text/fold.js';
import type { PhraseMatch, PhraseTrie } from '../text/phrase-trie.js';
import type { Token } from '../text/tokens.js';
import type { Answer, Expectation } from '../understanding.js';
import {
  choiceByPlace,
  choicesByWords,
  mayNamePlace,
  type ReadChoices,
  readChoices,
  settle,
} from './choices.js';

/** What an answer is read from. */
export interface AnswerSource {
  text: string;
  tokens: readonly Token[];
  expected: Expectation;
  now: Date | undefined;
  /** The two steering intents, when the whole message is one of them. */
  steering: 'yes' | 'no' | undefined;
}

/** Reads what a message makes of the question, step or offer that is open. */
export type AnswerReader = (source: AnswerSource) => Answer;

interface CueTries {
  yesNo: PhraseTrie;
  /** Consents to what is proposed; to a question of fact it says nothing. */
  consent: PhraseTrie;
  /** Says yes or no only as the whole message. */
  whole: PhraseTrie;
  unsure: PhraseTrie;
  deny: PhraseTrie;
  correct: PhraseTrie;
  filler: ReadonlySet<string>;
  gate: PhraseTrie;
  firmYes: PhraseTrie;
}

/** A "no" that stands apart from what follows, and words that it does not deny: "no the phone", but "no phone". */
const plainNo = /^\s*\p{L}+\s*[,.!;:–-]/u;
const articles: ReadonlySet<string> = new Set(['the', 'its', 'it', 'my', 'that', 'this']);

/** Longest message, in words, of which the first word alone says yes or no. */
const maxYesNoWords = 12;

/** "finished" means the step while a step is open, and the backup once it was asked whether that works. */
const placeWeights: Partial<Record<Expectation['open'], Partial<Record<OutcomeName, number>>>> = {
  step: { done: 2, worked: 0.6, failed: 0.8 },
  check: { worked: 3, failed: 2, done: 0.3 },
};
const nothing: { name: OutcomeName | undefined; weight: number } = { name: undefined, weight: 0 };

/** Builds the reader; `outcomes` is absent until it is trained. */
export function createAnswerReader(
  lexicon: Lexicon,
  reader: LexiconReader,
  outcomes: Classifier | undefined,
): AnswerReader {
  const cues = (...names: string[]) =>
    reader.trieOf(Object.fromEntries(names.map((name) => [name, lexicon.cues[name] ?? []])));
  const tries: CueTries = {
    yesNo: cues('yes', 'no'),
    consent: cues('consent'),
    whole: cues('whole yes', 'whole no'),
    unsure: cues('unsure'),
    deny: cues('deny'),
    correct: cues('correct'),
    filler: new Set(lexicon.cues['deny filler'] ?? []),
    gate: cues('only copy', 'hedge', 'keeps it', 'copy place'),
    firmYes: cues('firm yes'),
  };
  return (source) => readAnswer(source, reader, tries, outcomes);
}

function readAnswer(
  source: AnswerSource,
  reader: LexiconReader,
  tries: CueTries,
  outcomes: Classifier | undefined,
): Answer {
  const { tokens, expected } = source;
  const answer: Answer = { isUnsure: isUnsure(tokens, tries) };
  const consents = expected.open === 'question' && isConsent(tokens, tries);
  const yesNo = consents ? undefined : (readYesNo(tokens, tries) ?? source.steering);
  if (yesNo !== undefined && !(answer.isUnsure && yesNo === 'no')) answer.yesNo = yesNo;
  Object.assign(answer, readChoice(source, reader, tries, answer));
  if (expected.open === 'step' || expected.open === 'check' || expected.open === 'gate') {
    const outcome = readOutcome(source.text, expected.open, outcomes);
    if (outcome !== undefined) answer.outcome = outcome;
  }
  if (expected.open === 'gate') {
    const gate = readGate(source, tries, answer);
    if (gate !== undefined) answer.gate = gate;
  }
  if (expected.values.includes('dateTime') && source.now !== undefined) {
    const dateTime = readDateTime(source.text, source.now);
    if (dateTime !== undefined) answer.dateTime = dateTime;
  }
  return answer;
}

function isUnsure(tokens: readonly Token[], tries: CueTries): boolean {
  return tokens.length <= 14 && tries.unsure.findAll(tokens).length > 0;
}

function isConsent(tokens: readonly Token[], tries: CueTries): boolean {
  const words = tokens.filter((token) => token.text !== '!');
  const only = tries.consent.matchAt(words, 0);
  return only !== undefined && only.to === words.length;
}

function readYesNo(tokens: readonly Token[], tries: CueTries): 'yes' | 'no' | undefined {
  const words = tokens.filter((token) => token.text !== '!' && token.text !== '?');
  if (words.length > maxYesNoWords) return undefined;
  const start = words.findIndex(
    (token) => !['um', 'erm', 'uh', 'hmm', 'well', 'oh', 'er'].includes(token.text),
  );
  const from = Math.max(0, start);
  const whole = tries.whole.matchAt(words, from);
  const first = whole?.to === words.length ? whole : tries.yesNo.matchAt(words, from);
  if (first === undefined || isDeterminer(first, words)) return undefined;
  const corrected = tries.correct.findAll(words).at(0);
  const last = corrected && tries.yesNo.matchAt(words, corrected.to);
  return toYesNo(last ?? first);
}

/** "No error this time" says no to nothing. */
function isDeterminer({ from, to }: PhraseMatch, words: readonly Token[]): boolean {
  const isNo = to - from === 1 && words[from]?.text === 'no';
  return isNo && /^(?:errors?|problems?|issues?|warnings?|message|fault)$/.test(words[to]?.text ?? '');
}

function toYesNo(match: PhraseMatch): 'yes' | 'no' {
  return match.value.endsWith('yes') ? 'yes' : 'no';
}

function readChoice(
  source: AnswerSource,
  reader: LexiconReader,
  tries: CueTries,
  answer: Answer,
): Pick<Answer, 'choice' | 'closeChoices'> {
  if (source.expected.choices.length === 0) return {};
  const read = readChoices(source.expected.choices, reader);
  const asksFigure = source.expected.values.length > 0 && /\d/u.test(source.text);
  const place =
    mayNamePlace(foldText(source.text)) && !asksFigure ? choiceByPlace(source.text, read.choices) : undefined;
  if (place !== undefined) return { choice: place };
  const correction = tries.correct.findAll(source.tokens).at(-1);
  const after = correction === undefined ? [] : source.tokens.slice(correction.to);
  for (const tokens of [after, behindNo(source, read, tries), source.tokens]) {
    if (tokens.length === 0) continue;
    const settled = settle(choicesByWords(tokens, read, deniedIn(tokens, tries)));
    if (settled.choice !== undefined || settled.closeChoices !== undefined) return settled;
  }
  return choiceByMeaning(read, answer, tries);
}

/** Most words of an answer that only hedges. */
const hedgeWords = 4;

/** Words with which a question begins. */
const question = /^\s*(?:can|could|is|are|am|do i|does|how|what|should|which|would)\b/i;

/** Whether there is a copy: what hardly says so says no, since what is deleted behind the gate is gone. */
function readGate(
  { text, tokens }: AnswerSource,
  tries: CueTries,
  answer: Answer,
): Answer['gate'] | undefined {
  const found = new Set(tries.gate.findAll(tokens).map(({ value }) => value));
  if (found.has('keeps it')) return 'skip';
  if (text.trimEnd().endsWith('?') || question.test(text)) return undefined;
  if (found.has('only copy')) return 'noCopy';
  const words = tokens.filter((token) => /\p{L}/u.test(token.text));
  const isYes = tries.firmYes.matchAt(words, 0)?.to === words.length && words.length > 0;
  const denies = tries.deny.findAll(tokens).length > 0 || answer.yesNo === 'no';
  if (isYes || (found.has('copy place') && !denies)) return found.has('hedge') ? 'noCopy' : 'copy';
  return found.has('hedge') && answer.yesNo !== 'no' && tokens.length <= hedgeWords ? 'noCopy' : undefined;
}

/** What a bare "no" in front corrects to: "no the phone one". None where the question is answered by yes or no. */
function behindNo({ text, tokens }: AnswerSource, read: ReadChoices, tries: CueTries): readonly Token[] {
  const first = tries.yesNo.matchAt(tokens, 0);
  if (first === undefined || toYesNo(first) !== 'no' || first.to !== 1) return [];
  const saysYes = (label: readonly Token[]) => tries.yesNo.matchAt(label, 0)?.value.endsWith('yes') === true;
  if (read.labels.some(saysYes)) return [];
  const isApart = plainNo.test(text) || articles.has(tokens[1]?.text ?? '');
  return isApart ? tokens.slice(1) : [];
}

/** "yep" picks the choice whose label says yes, "no idea" the one that says not sure. */
function choiceByMeaning(
  { choices, labels }: ReadChoices,
  answer: Answer,
  tries: CueTries,
): Pick<Answer, 'choice'> {
  if (!answer.isUnsure && answer.yesNo === undefined) return {};
  for (const [index, choice] of choices.entries()) {
    const label = labels[index] ?? [];
    const unsure = tries.unsure.matchAt(label, 0) !== undefined;
    const yesNo = unsure ? undefined : tries.yesNo.matchAt(label, 0);
    if (unsure && answer.isUnsure) return { choice: { id: choice.id, confidence: 0.85 } };
    if (yesNo !== undefined && !answer.isUnsure && toYesNo(yesNo) === answer.yesNo) {
      return { choice: { id: choice.id, confidence: 0.9 } };
    }
  }
  return {};
}

function deniedIn(tokens: readonly Token[], tries: CueTries): (from: number) => boolean {
  const denials = tries.deny.findAll(tokens);
  return (from) =>
    denials.some(
      (denial) =>
        denial.to <= from && tokens.slice(denial.to, from).every((token) => tries.filler.has(token.text)),
    );
}

/** The outcome that the words tell, weighed by how often it is the answer at such a place. */
function readOutcome(
  text: string,
  open: Expectation['open'],
  outcomes: Classifier | undefined,
): Answer['outcome'] {
  const weighed = (outcomes?.classify(text).ranked ?? []).map(({ label, confidence }) => {
    const name = outcomeNames.find((outcome) => outcome === label);
    return { name, weight: confidence * (name === undefined ? 1 : (placeWeights[open]?.[name] ?? 1)) };
  });
  const best = weighed.reduce((one, other) => (other.weight > one.weight ? other : one), nothing);
  const total = weighed.reduce((sum, one) => sum + one.weight, 0);
  // Examples of one label more tell what says nothing of the step.
  return best.name === undefined ? undefined : { name: best.name, confidence: best.weight / total };
}
