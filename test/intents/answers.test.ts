import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadUnderstander } from '../../intents/model-cache.js';
import { warmUp } from '../../intents/recognizers.js';
import type { Understand } from '../../intents/understand.js';
import type { Expectation } from '../../intents/understanding.js';

let understand: Understand;
beforeAll(async () => {
  await warmUp();
  understand = loadUnderstander();
}, 180_000);

const maker: Expectation = {
  open: 'question',
  choices: [
    { id: 'iphone', label: 'iPhone', words: ['apple'] },
    { id: 'samsung', label: 'Samsung Galaxy', words: [] },
    { id: 'pixel', label: 'Google Pixel', words: [] },
    { id: 'unsure', label: 'Not sure', words: [] },
  ],
  values: [],
};
const yesNo: Expectation = {
  open: 'question',
  choices: [
    { id: 'y', label: 'Yes', words: [] },
    { id: 'n', label: 'No', words: [] },
  ],
  values: [],
};
const step: Expectation = { open: 'step', choices: [], values: [] };
const choose = (text: string, expected: Expectation) => understand(text, { expected }).answer;

describe('an answer', () => {
  it.each([
    ['2', 'samsung'],
    ['the second', 'samsung'],
    ['the second one please', 'samsung'],
    ['option 3', 'pixel'],
    ['b', 'samsung'],
    ['number two', 'samsung'],
    ["it's the samsung one", 'samsung'],
    ['samsng', 'samsung'],
    ['a galaxy i think', 'samsung'],
    ['apple', 'iphone'],
    ['iphone no wait pixel', 'pixel'],
    ['not the samsung, the pixel', 'pixel'],
    ['no idea', 'unsure'],
  ])('%s picks %s', (text, id) => {
    expect(choose(text, maker)?.choice?.id).toBe(id);
  });

  it.each([
    ['yep', 'y'],
    ['i think so', 'y'],
    ['nah mate', 'n'],
    ['nope still the same', 'n'],
  ])('%s is %s', (text, id) => {
    expect(choose(text, yesNo)?.choice?.id).toBe(id);
  });

  it('takes "ok" for consent, which answers no question of fact', () => {
    expect(choose('ok', yesNo)?.yesNo).toBeUndefined();
    expect(choose('ok thanks', yesNo)?.choice).toBeUndefined();
    expect(choose('ok yes', yesNo)?.choice?.id).toBe('y');
    expect(choose('ok', { ...yesNo, open: 'offer' })?.yesNo).toBe('yes');
    expect(choose('go ahead', { ...yesNo, open: 'gate' })?.yesNo).toBe('yes');
  });

  it('names both choices where two fit', () => {
    const close = choose('google or samsung', maker)?.closeChoices;
    expect(close).toEqual(expect.arrayContaining(['samsung', 'pixel']));
  });

  it('is unsure where the person is', () => {
    expect(choose('dunno', yesNo)?.isUnsure).toBe(true);
    expect(choose('how do i check that', yesNo)?.isUnsure).toBe(true);
    expect(choose('yes', yesNo)?.isUnsure).toBe(false);
  });

  it('takes a bare figure as an amount where one was asked', () => {
    const expected: Expectation = { open: 'question', choices: [], values: ['amount'] };
    expect(understand('15', { expected }).amounts.map((one) => one.text)).toEqual(['15 GB']);
    expect(understand('15 gigs', { expected }).amounts.map((one) => one.text)).toEqual(['15 GB']);
    expect(understand('15').amounts).toEqual([]);
  });

  it.each([
    ['already did', 'alreadyDone'],
    ['next', 'done'],
    ['cant find that menu', 'notThere'],
    ['later', 'paused'],
    ['it worked!', 'worked'],
    ['still failing', 'failed'],
  ])('%s reports %s while a step is open', (text, outcome) => {
    expect(choose(text, step)?.outcome?.name).toBe(outcome);
  });

  it('reads a date and time only where one is expected', () => {
    const expected: Expectation = { open: 'question', choices: [], values: ['dateTime'] };
    const now = new Date(2026, 2, 4, 12);
    expect(understand('tomorrow at 9', { expected, now }).answer?.dateTime?.iso).toBe('2026-03-05T09:00:00');
    expect(understand('7pm', { expected, now }).answer?.dateTime?.iso).toBe('2026-03-04T19:00:00');
    expect(understand('tomorrow at 9', { expected: yesNo, now }).answer?.dateTime).toBeUndefined();
  });

  it('says nothing of an answer where nothing was asked', () => {
    expect(understand('yes').answer).toBeUndefined();
  });

  it('reads at least 85 % of the development outcomes', () => {
    const lines = readFileSync(new URL('development-answers.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const rows: { text: string; open: Expectation['open']; outcome: string }[] = lines.map((line) =>
      JSON.parse(line),
    );
    const right = rows.filter(
      ({ text, open, outcome }) => choose(text, { open, choices: [], values: [] })?.outcome?.name === outcome,
    );
    expect(right.length / rows.length).toBeGreaterThanOrEqual(0.85);
  });
});
