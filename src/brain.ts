import { join } from 'node:path';
import type { Brain } from '../dialogs/frame.js';
import { createLikeness } from '../intents/likeness.js';
import { loadUnderstander } from '../intents/model-cache.js';
import { createPhraseMatcher, type FoundPhrase, type PhraseEntry } from '../intents/phrases.js';
import { rememberShort } from '../intents/text/remember.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { loadKnowledge } from '../knowledge/knowledge.js';

/** Least share of a vendor's error text that must stand in a message to count as quoted. */
const leastErrorScore = 0.8;

/** Words up to which an error text is short, so that others between its words change what it says. */
const shortError = 4;

/** Guide, engine and phrase matchers, read once. @throws ContentError naming file, line and field. */
export function loadBrain(root: string, understand = loadUnderstander(root)): Brain {
  const knowledge = loadKnowledge(join(root, 'knowledge'));
  return {
    knowledge,
    understand,
    findErrors: rememberShort(errorFinder(knowledge)),
    findTried: rememberShort(triedFinder(knowledge)),
    findAnswers: rememberShort(answerFinder(knowledge)),
    findLessons: rememberShort(
      createLikeness(
        [...knowledge.lessons.values()].map(({ id, title, say }) => ({
          id,
          text: [title, title, say].flat().join(' '),
        })),
      ),
    ),
  };
}

function errorFinder(knowledge: Knowledge): Brain['findErrors'] {
  const entries = [...knowledge.causes.values()].flatMap((cause) =>
    cause.errors.map((text, at) => ({ id: `${cause.id} ${at}`, phrases: [text] })),
  );
  const find = createNameMatcher(entries);
  return (text) =>
    find(text)
      .filter((found) => found.score >= leastErrorScore)
      .flatMap((found) => {
        const [cause = '', at] = found.id.split(' ');
        const words = knowledge.causes.get(cause)?.errors[Number(at)];
        const isNone = words === undefined || isScattered(words, text, found) || isDenied(words, text, found);
        return isNone ? [] : [{ cause, text: words }];
      });
}

/** True when the words stand with a "not" between, which the text itself has not: "OneDrive is not full". */
function isDenied(words: string, text: string, { span }: FoundPhrase): boolean {
  const said = joinNames(text).slice(span.start, span.end);
  return /\bnot\b|n't\b/i.test(said) && !/\bnot\b|n't\b/i.test(words);
}

/** True when a short text stands in the message only as words with others between, which quote nothing. */
function isScattered(words: string, text: string, { span }: FoundPhrase): boolean {
  const countOf = (part: string) => plainWords(part).trim().split(' ').length;
  const length = countOf(words);
  return length <= shortError && countOf(joinNames(text).slice(span.start, span.end)) > length;
}

function triedFinder(knowledge: Knowledge): Brain['findTried'] {
  const entries = [...knowledge.fixes.values()].map((fix) => ({ id: fix.id, phrases: fix.tried }));
  const find = createNameMatcher(entries.filter((entry) => entry.phrases.length > 0));
  return (text) => {
    const all = find(text);
    const lengthOf = ({ span }: FoundPhrase) => span.end - span.start;
    // "restarted the router" is the router alone: a place inside a longer one says something else.
    const isInside = (one: FoundPhrase) =>
      all.some(
        (other) =>
          lengthOf(other) > lengthOf(one) &&
          other.span.start <= one.span.start &&
          other.span.end >= one.span.end,
      );
    return all.filter((one) => !isInside(one)).map((found) => found.id);
  };
}

/** Looks for the very words, one after the other: scattered over a message they mean something else. */
function answerFinder(knowledge: Knowledge): Brain['findAnswers'] {
  const entries = [...knowledge.questions.values()].flatMap((question) =>
    question.answers.flatMap((answer) =>
      [answer.label, ...answer.words]
        // One word alone says too little outside its question.
        .filter((phrase) => phrase.includes(' '))
        .map((phrase) => ({ phrase, isQuote: false }))
        .concat(answer.quotes.map((phrase) => ({ phrase, isQuote: true })))
        .map(({ phrase, isQuote }) => ({
          question: question.id,
          answer: answer.id,
          isQuote,
          words: plainWords(phrase).trim().split(' ').length,
          phrase: plainWords(phrase),
        })),
    ),
  );
  entries.sort((one, other) => other.phrase.length - one.phrase.length);
  const byFirstWord = new Map<string, number[]>();
  for (const [number, { phrase }] of entries.entries()) {
    const word = phrase.slice(1, phrase.indexOf(' ', 1));
    byFirstWord.set(word, [...(byFirstWord.get(word) ?? []), number]);
  }
  return (text) => {
    const said = plainWords(text);
    const found = new Set<number>();
    // A phrase begins with a blank and a word, so that it can only stand where its word does.
    for (let at = 0, next = said.indexOf(' ', 1); next > 0; at = next, next = said.indexOf(' ', at + 1)) {
      for (const number of byFirstWord.get(said.slice(at + 1, next)) ?? []) {
        const { phrase = '' } = entries[number] ?? {};
        const isSaid = said.startsWith(phrase, at) && !trouble.test(said.slice(at + phrase.length));
        if (isSaid && !denial.test(said.slice(0, at))) found.add(number);
      }
    }
    const all = [...found].sort((one, other) => one - other).flatMap((number) => entries[number] ?? []);
    // "Battery saver is off" is no "battery saver": what stands inside a quoted wording says nothing of its own.
    const isInside = (one: (typeof all)[number]) =>
      all.some((other) => other.isQuote && other.phrase !== one.phrase && other.phrase.includes(one.phrase));
    return all.filter((one) => !isInside(one)).map(({ phrase: _, ...answer }) => answer);
  };
}

/** Words that turn what follows into its opposite: "not backing up" says no "backing up". */
const denial = /(?: not|n't| cant| wont| dont| doesnt| isnt| never)(?: my| the| it)?$/;

/** "I don't have wifi problems" says no "don't have wifi". */
const trouble = /^(?:problems?|issues?|trouble) /;

/** Words in lower case with a blank before and behind each. */
function plainWords(text: string): string {
  const words =
    joinNames(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}']+/gu) ?? [];
  return ` ${words.join(' ')} `;
}

/** A phrase matcher to which "Wi-Fi" and "wifi", "I clowd storidge" and "iCloud storage" are the same. */
function createNameMatcher(entries: readonly PhraseEntry[]): (text: string) => FoundPhrase[] {
  const find = createPhraseMatcher(
    entries.map(({ id, phrases }) => ({ id, phrases: phrases.map(joinNames) })),
  );
  return (text) => find(joinNames(text));
}

/** Remembers the last text alone: of one message errors, answers and fixes are looked for, one after the other. */
let last = { text: '', joined: '' };

function joinNames(text: string): string {
  if (text !== last.text) last = { text, joined: replaceNames(text) };
  return last.joined;
}

function replaceNames(text: string): string {
  return text
    .replace(/\bwi[\s-]fi\b/gi, 'wifi')
    .replace(/\bi[\s-]?cl[aou]+[uwl]*d\b/gi, 'icloud')
    .replace(/\bi[\s-](phone|pad|tunes)\b/gi, 'i$1')
    .replace(/\bsto\w{0,2}r+\w{0,2}d?ge\b/gi, 'storage');
}
