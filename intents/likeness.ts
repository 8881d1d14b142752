import { TfIdf } from 'natural/lib/natural/tfidf/index.js';
import { foldText } from './text/fold.js';
import { stemWord } from './text/stem.js';
import { tokenise } from './text/tokens.js';

/** A text to be found by what it is about. */
export interface LikenessEntry {
  id: string;
  text: string;
}

/** Ids of the entries that share words with the message, most alike first; rare words count most (TF-IDF). */
export type FindAlike = (message: string) => string[];

/** Finds among `entries` those that a message is about, over stemmed words. */
export function createLikeness(entries: readonly LikenessEntry[]): FindAlike {
  const index = new TfIdf();
  for (const { id, text } of entries) index.addDocument(stemsOf(text), id);
  return (message) => {
    const terms = stemsOf(message);
    if (terms.length === 0) return [];
    const scores = entries.map(({ id }, at) => ({ id, score: index.tfidf(terms, at) }));
    return scores
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ id }) => id);
  };
}

function stemsOf(text: string): string[] {
  return tokenise(foldText(text)).map((token) => stemWord(token.text));
}
