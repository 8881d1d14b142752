import { join } from 'node:path';
import type { Brain } from '../dialogs/frame.js';
import { createLikeness } from '../intents/likeness.js';
import { loadUnderstander } from '../intents/model-cache.js';
import { createPhraseMatcher, type FoundPhrase, type PhraseEntry } from '../intents/phrases.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { loadKnowledge } from '../knowledge/knowledge.js';

/** Least share of an answer's words that must stand in a message to count as given unasked. */
const leastAnswerScore = 0.95;

/** Least share of a vendor's error text that must stand in a message to count as quoted. */
const leastErrorScore = 0.8;

/** Guide, engine and phrase matchers, read once. @throws ContentError naming file, line and field. */
export function loadBrain(root: string, understand = loadUnderstander(root)): Brain {
  const knowledge = loadKnowledge(join(root, 'knowledge'));
  return {
    knowledge,
    understand,
    findErrors: errorFinder(knowledge),
    findTried: triedFinder(knowledge),
    findAnswers: answerFinder(knowledge),
    findLessons: createLikeness(
      [...knowledge.lessons.values()].map(({ id, title, say }) => ({
        id,
        text: [title, title, say].flat().join(' '),
      })),
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
        return words === undefined ? [] : [{ cause, text: words }];
      });
}

function triedFinder(knowledge: Knowledge): Brain['findTried'] {
  const entries = [...knowledge.fixes.values()].map((fix) => ({ id: fix.id, phrases: fix.tried }));
  const find = createNameMatcher(entries.filter((entry) => entry.phrases.length > 0));
  return (text) => find(text).map((found) => found.id);
}

function answerFinder(knowledge: Knowledge): Brain['findAnswers'] {
  const entries = [...knowledge.questions.values()].flatMap((question) =>
    question.answers.map((answer) => ({
      id: `${question.id} ${answer.id}`,
      // One word alone says too little outside its question.
      phrases: [answer.label, ...answer.words].filter((phrase) => phrase.includes(' ')),
    })),
  );
  const find = createNameMatcher(entries.filter((entry) => entry.phrases.length > 0));
  return (text) =>
    find(text)
      .filter((found) => found.score >= leastAnswerScore)
      .map((found) => {
        const [question = '', answer = ''] = found.id.split(' ');
        return { question, answer };
      });
}

/** A phrase matcher to which "Wi-Fi" and "wifi", "I cloud" and "iCloud" are the same. */
function createNameMatcher(entries: readonly PhraseEntry[]): (text: string) => FoundPhrase[] {
  const find = createPhraseMatcher(
    entries.map(({ id, phrases }) => ({ id, phrases: phrases.map(joinNames) })),
  );
  return (text) => find(joinNames(text));
}

function joinNames(text: string): string {
  return text.replace(/\bwi[\s-]fi\b/gi, 'wifi').replace(/\bi[\s-](cloud|phone|pad|tunes)\b/gi, 'i$1');
}
