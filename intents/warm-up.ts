import { misspell } from './text/misspell.js';
import { randomNumbers } from './text/random.js';
import type { Understand } from './understand.js';
import type { Expectation } from './understanding.js';

/** How many texts are read: enough for the compiler, a quarter of a second. */
const textCount = 150;
const longestText = 24;

const places: readonly (Expectation | undefined)[] = [
  undefined,
  undefined,
  { open: 'question', choices: [{ id: 'one', label: 'Not this one', words: ['other'] }], values: ['amount'] },
  { open: 'step', choices: [], values: [] },
];

/** Reads made-up texts of known words, every other one misspelt, so that the first message is as fast as any other. */
export function warmUpUnderstand(understand: Understand, words: readonly string[]): void {
  const random = randomNumbers(1);
  const anyWord = () => words[Math.floor(random() * words.length)] ?? '';
  for (let count = 0; count < textCount; count++) {
    const length = 1 + Math.floor(random() * longestText);
    const text = `${Array.from({ length }, anyWord).join(' ')}, ${count} gb`;
    const expected = places[count % places.length];
    understand(count % 2 === 0 ? text : misspell(text, random), expected === undefined ? {} : { expected });
  }
}
