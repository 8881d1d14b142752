import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readContent } from '../../knowledge/content.js';
import { suits } from '../../knowledge/phone.js';
import type { Question, Step, Topic } from '../../knowledge/schema.js';
import { topicSchema } from '../../knowledge/schema.js';
import { readingEase, wordsOf } from './reading-ease.js';
import type { ShownText } from './shown-texts.js';
import { shownTexts, topicFiles, variantsOf } from './shown-texts.js';

/** Least Flesch reading ease: plain English, which a 12-year-old reads without effort. */
const leastEase = 60;

/** Shorter texts are labels and halves of sentences, which the formula does not measure. */
const leastWords = 8;

/** Most words of a text, by what it is for. */
const mostWords: Partial<Record<ShownText['kind'], number>> = {
  opening: 18,
  heard: 12,
  ask: 35,
  say: 35,
  rephrase: 40,
  lost: 35,
  instead: 35,
  copyFirst: 35,
  tip: 35,
  check: 20,
  why: 25,
  because: 18,
  lesson: 45,
  words: 60,
};

const messageWords = 60;
const gateWords = 40;

const names = z
  .array(z.string())
  .parse(JSON.parse(readFileSync('test/knowledge/product-words.json', 'utf8')))
  .sort((a, b) => b.length - a.length);

const blame =
  /(?<!\bnot )\byour (?:own )?(?:fault|mistake)\b|\byou (?:failed|forgot|broke|messed)\b|should(?:n't| not)? have\b|careless|\bfoolish|\bstupid|user error|obviously|of course you/i;
const promise =
  /guarantee|\bdefinitely|\bcertainly|\bfor sure\b|\b100 ?(?:%|percent)|never fails?\b|always works?\b|will (?:surely|fix|solve)\b|(?<!can(?:no|')t )(?<!\bno )\bpromise/i;
const price = /[$€£]\s?\d|\b\d+(?:\.\d\d)? ?(?:dollars|euros|pounds|cents|rupees)\b/i;
const jargon =
  /\b(?:bandwidth|captive|configur\w*|credentials?|daemon|DNS|firmware|handshake|initiali[sz]\w*|latency|metadata|quota|SSID|synchroni[sz]\w*|terminat\w*|throttl\w*|toggl\w*|utili[sz]\w*)\b/i;

/** Texts with an amount in each slot, which reads as one word. */
const texts = shownTexts().map((each) => ({ ...each, text: each.text.replaceAll(/\{\w+\}/g, '8GB') }));
/** Menu names stand as the maker wrote them. */
const sentences = texts.filter(({ kind }) => kind !== 'link' && kind !== 'also');

function faults(found: readonly ShownText[], note: (text: string) => string = () => ''): string[] {
  return found.map(({ at, kind, text }) => `${at} ${kind}: ${text} ${note(text)}`.trim());
}

test('every message of eight words or more reads easily', () => {
  const hard = sentences.filter(
    ({ text }) => wordsOf(text).length >= leastWords && readingEase(text, names) < leastEase,
  );
  expect(faults(hard, (text) => `(${Math.round(readingEase(text, names))})`)).toEqual([]);
});

test('every text keeps to the length of its kind', () => {
  const long = texts.filter(({ kind, text }) => wordsOf(text).length > (mostWords[kind] ?? messageWords));
  expect(faults(long, (text) => `(${wordsOf(text).length} words)`)).toEqual([]);
});

test('every button label has 20 characters at most', () => {
  expect(faults(texts.filter(({ kind, text }) => kind === 'label' && text.length > 20))).toEqual([]);
});

test.each([
  ['an exclamation mark', /!/],
  ['blame', blame],
  ['a promise', promise],
  ['a price', price],
  ['jargon', jargon],
])('no text holds %s', (_, pattern) => {
  expect(faults(sentences.filter(({ text }) => pattern.test(text)))).toEqual([]);
});

test.each([
  ['blame', blame, 'You forgot to empty the bin.'],
  ['a promise', promise, 'This will definitely help.'],
  ['a price', price, 'It costs $2.99 a month.'],
  ['jargon', jargon, 'Your quota is used up.'],
])('the check for %s finds a planted one', (_, pattern, text) => {
  expect(pattern.test(text)).toBe(true);
});

test('calming words are neither blame nor promise', () => {
  expect(blame.test('That is not your fault.') || promise.test("I can't promise that it helps.")).toBe(false);
});

const topics = topicFiles.map((file) => readContent(file, topicSchema).value);
const longest = (...choices: (string | undefined)[]) =>
  Math.max(0, ...choices.map((text) => (text === undefined ? 0 : wordsOf(text).length)));

/** Words of the piece itself with the longest remark on its menu. */
function wordsWithMenu(text: Question['ask'], paths: Step['paths']): number {
  return longest(...variantsOf(text)) + longest(...paths.map((path) => path.also));
}

describe.each(topics.map((topic) => [topic.id, topic] as const))('messages of %s', (_, topic) => {
  test('have 60 words at most with the words before them', () => {
    expect([...longMessages(topic), ...longLessons(topic)]).toEqual([]);
  });

  test('fit the safety gate', () => {
    const long = topic.fixes
      .filter(({ loses, undo }) => longest(loses) + longest(undo) > gateWords)
      .map(({ id }) => id);
    expect(long).toEqual([]);
  });
});

function longMessages(topic: Topic): string[] {
  const opening = longest(...variantsOf(topic.opening));
  const heard = mostWords.heard ?? 0;
  const questions = topic.questions.map(
    ({ id, ask, paths }) => [`question ${id}`, opening + wordsWithMenu(ask, paths)] as const,
  );
  const steps = topic.fixes.flatMap((fix) =>
    fix.steps.map(
      (step) => [`step ${fix.id} ${step.id}`, heard + wordsWithMenu(step.say, step.paths)] as const,
    ),
  );
  return [...questions, ...steps]
    .filter(([, words]) => words > messageWords)
    .map(([what, words]) => `${what} (${words} words)`);
}

function longLessons(topic: Topic): string[] {
  const opening = longest(...variantsOf(topic.opening));
  const phones = [undefined, 'iphone', 'ipad', 'android'].map((platform) => ({ platform }));
  const first = new Set(phones.map((phone) => topic.lessons.find((one) => suits(one.for, phone))));
  return topic.lessons
    .map((one) => ({
      id: one.id,
      words: (first.has(one) ? opening : 0) + wordsWithMenu(one.say, one.paths),
    }))
    .filter(({ words }) => words > messageWords)
    .map(({ id, words }) => `lesson ${id} (${words} words)`);
}
