import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupAlike } from '../../intents/grouping.js';
import { redact } from '../../intents/redact.js';

describe('a kept phrase', () => {
  test.each([
    ['mail me at jo.doe+x@mail.example.org please', 'mail me at <email> please'],
    ['call +44 20 7946 0958 now', 'call <number> now'],
    ['order 1234567', 'order <number>'],
    ['see https://example.org/a?b=c', 'see <link>'],
    ['my name is Ada Lovelace and it fails', 'my name is <name> and it fails'],
    ['the passcode is 4711', 'the passcode is <secret>'],
    ['imei 490154203237518', 'imei <number>'],
  ])('holds nothing that tells who: %s', (text, kept) => {
    expect(redact(text)).toBe(kept);
  });

  test('keeps sizes and versions', () => {
    expect(redact('ios 18.2, 3,1 GB of 200 GB, iphone 15')).toBe('ios 18.2, 3,1 GB of 200 GB, iphone 15');
  });

  test('is short and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => redact(text).length <= 400),
    );
  });
});

test('like phrases stand together, the largest group first', () => {
  const texts = ['it goes bananas', 'wifi gone', 'goes bananas again', 'it is going bananas'];
  const groups = groupAlike(texts.map((text) => ({ text })));
  expect(groups[0]?.map((one) => one.text)).toEqual([
    'it goes bananas',
    'goes bananas again',
    'it is going bananas',
  ]);
});
