import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitText } from '../../src/channels/split.js';

const lengthOf = (piece: string) => piece.length;
const withoutSpace = (text: string) => text.replace(/\s/gu, '');
const family = '👩‍👩‍👧‍👦';

test('pieces are short enough, and together say the same', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '. ', family, '\n'), maxLength: 3000 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 20, max: 500 }), (text, max) => {
      const pieces = splitText(text, max, lengthOf);
      expect(pieces.every((piece) => piece.length <= max)).toBe(true);
      expect(withoutSpace(pieces.join(''))).toBe(withoutSpace(text));
    }),
    { numRuns: 50 },
  );
});

test('no sign is cut in two, wherever in a long text it stands', () => {
  const pieces = splitText(`x${family.repeat(1000)}`, 100, lengthOf);
  expect(pieces.every((piece) => withoutSpace(piece.replaceAll(family, '')).replace('x', '') === '')).toBe(
    true,
  );
});

test('a long text without a blank is cut in moments', { timeout: 10_000 }, () => {
  expect(splitText('x'.repeat(300_000) + family, 4000, lengthOf).length).toBeGreaterThan(70);
});
