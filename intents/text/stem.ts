import { PorterStemmer } from 'natural/lib/natural/stemmers/index.js';
import { remember } from './remember.js';

const maxRemembered = 20_000;
const stem = remember((word) => PorterStemmer.stem(word), maxRemembered);

/** The Porter stem of one lower-case word (natural); class tokens such as `__amount` stay as they are. */
export function stemWord(word: string): string {
  return word.length < 3 || word.startsWith('__') ? word : stem(word);
}
