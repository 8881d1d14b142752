import { expect, test } from 'vitest';
import { countSentences, countSyllables, readingEase, wordsOf } from './reading-ease.js';

test.each([
  ['a', 1],
  ['phone', 1],
  ['file', 1],
  ['files', 1],
  ['times', 1],
  ['stopped', 1],
  ['saved', 1],
  ['make', 1],
  ['backup', 2],
  ['deleted', 3],
  ['needed', 2],
  ['little', 2],
  ['places', 2],
  ['boxes', 2],
  ['folder', 2],
  ['video', 3],
  ['battery', 3],
  ['permission', 3],
  ['connection', 3],
  ['area', 3],
  ['usual', 3],
  ['automatically', 6],
  ['application', 4],
  ['information', 4],
  ['trying', 2],
  ['being', 2],
  ['yes', 1],
  ['safely', 2],
  ['careful', 2],
  ['special', 2],
  ['previous', 3],
  ['24', 1],
  ['media', 3],
  ['earlier', 3],
  ['waiting', 2],
  ['changes', 2],
  ['clothes', 1],
  ['quality', 3],
  ['manual', 3],
  ['settings', 2],
  ['storage', 2],
  ['used', 1],
  ['tried', 1],
  ['one.google.com/storage', 1],
])('"%s" has %i syllables', (word, syllables) => {
  expect(countSyllables(word)).toBe(syllables);
});

test('words leave out menu marks and keep amounts and addresses whole', () => {
  expect(wordsOf('Tap Settings > Wi-Fi, then one.google.com/storage: 2.5 GB')).toEqual([
    'Tap',
    'Settings',
    'Wi-Fi',
    'then',
    'one.google.com/storage:',
    '2.5',
    'GB',
  ]);
});

test('a point in an amount or an address ends no sentence', () => {
  expect(countSentences('2.5 GB are free. Open one.google.com/storage. Is it full?')).toBe(3);
});

test('plain words read easily and office words do not', () => {
  expect(readingEase('Put the phone on the charger and leave it there for the night.')).toBeGreaterThan(80);
  expect(
    readingEase('Verification of synchronisation configuration necessitates additional authorisation.'),
  ).toBeLessThan(0);
});

test('names on the screen count one syllable a word', () => {
  const text = 'Open Background App Refresh and switch it on for the app.';
  expect(readingEase(text, ['Background App Refresh'])).toBeGreaterThan(readingEase(text));
});
