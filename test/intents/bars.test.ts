import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseLabelledLines } from '../../intents/evaluation/examples-file.js';
import { countFigures, type Figures } from '../../intents/evaluation/figures.js';
import { findNearDuplicates } from '../../intents/evaluation/near-duplicates.js';
import { readExamples } from '../../intents/examples.js';
import { loadModel, projectRoot } from '../../intents/model-cache.js';
import { intentNames, outOfScope } from '../../intents/names.js';
import { foldText } from '../../intents/text/fold.js';
import { misspell } from '../../intents/text/misspell.js';
import { randomNumbers } from '../../intents/text/random.js';
import { createUnderstander } from '../../intents/understand.js';

const file = join(projectRoot(), 'test/intents/development.jsonl');
const messages = parseLabelledLines(readFileSync(file, 'utf8'), file);
const examples = readExamples(join(projectRoot(), 'intents/examples/en'));

/** Longest message, in words, that examples and development set may share. */
const maxSharedWords = 6;

let clean: Figures;
/** Accuracy in scope of copies with typing errors, the mean of several: one copy alone may be a point off. */
let misspeltAccuracy: number;
let plain: Figures;

beforeAll(() => {
  const understand = createUnderstander(loadModel());
  const figures = (change: (text: string) => string) =>
    countFigures(
      messages.map((message) => {
        const { intent, confidence, alternatives, strangeness = 0 } = understand(change(message.text));
        const others = alternatives.map((one) => ({ label: one.intent, confidence: one.confidence }));
        return { message, prediction: { ranked: [{ label: intent, confidence }, ...others], strangeness } };
      }),
      outOfScope,
    );
  clean = figures((text) => text);
  const accuracies = [1, 2, 3, 4, 5].map((seed) => {
    const random = randomNumbers(seed);
    return figures((text) => misspell(text, random)).inScopeAccuracy;
  });
  misspeltAccuracy = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length;
  plain = figures((text) => text.toLowerCase().replace(/[^\p{L}\p{N}\s]/gu, ''));
}, 180_000);

// Floors a little below what was measured, so that a change for the worse is seen.
describe('on the development set the engine', () => {
  it('knows what is meant', () => {
    expect(clean.inScopeAccuracy).toBeGreaterThanOrEqual(0.92);
    expect(clean.topThree).toBeGreaterThanOrEqual(0.98);
  });

  it('turns away what is out of scope', () => {
    expect(clean.turnedAway.far).toBeGreaterThanOrEqual(0.97);
    expect(clean.turnedAway['near listed']).toBeGreaterThanOrEqual(0.9);
  });

  it('knows how sure it is', () => {
    expect(clean.calibrationError).toBeLessThanOrEqual(0.05);
  });

  it('reads misspelt and plain text nearly as well', () => {
    expect(clean.inScopeAccuracy - misspeltAccuracy).toBeLessThanOrEqual(0.06);
    expect(clean.inScopeAccuracy - plain.inScopeAccuracy).toBeLessThanOrEqual(0.01);
  });

  it('fits in five megabytes', () => {
    loadModel();
    expect(statSync(join(projectRoot(), 'dist/intents/model.bin')).size).toBeLessThan(5e6);
  });
});

describe('the examples', () => {
  it('are there for every intent and for what is none', () => {
    expect(Object.keys(examples).sort()).toEqual([...intentNames, outOfScope].sort());
    for (const texts of Object.values(examples)) expect(texts.length).toBeGreaterThanOrEqual(30);
  });

  it('stand once, and under one label', () => {
    const owner = new Map<string, string>();
    const repeated: string[] = [];
    for (const [label, texts] of Object.entries(examples)) {
      for (const text of texts) {
        const key = foldText(text).trim();
        const other = owner.get(key);
        if (other !== undefined) repeated.push(`${other} / ${label}: ${text}`);
        owner.set(key, label);
      }
    }
    expect(repeated).toEqual([]);
  });

  it('say nothing twice', () => {
    const shown = findNearDuplicates(examples).map(
      ({ first, second }) => `${first.label}: ${first.text} / ${second.label}: ${second.text}`,
    );
    expect(shown).toEqual([]);
  });

  it('share only short phrases that everybody says with the development set', () => {
    const known = new Set(
      Object.values(examples)
        .flat()
        .map((text) => foldText(text).trim()),
    );
    const shared = messages.map((one) => foldText(one.text).trim()).filter((text) => known.has(text));
    expect(shared.filter((text) => text.split(/\s+/u).length > maxSharedWords)).toEqual([]);
  });
});
