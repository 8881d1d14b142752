import { PorterStemmer } from 'natural/lib/natural/stemmers/index.js';

const maxRemembered = 20_000;
const remembered = new Map<string, string>();

/** The Porter stem of one lower-case word (natural); class tokens such as `__amount` stay as they are. */
export function stemWord(word: string): string {
  if (word.length < 3 || word.startsWith('__')) return word;
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const stem = PorterStemmer.stem(word);
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(word, stem);
  return stem;
}
