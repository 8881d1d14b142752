import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance/index.js';
import { describe, expect, it } from 'vitest';
import { fitScale, toShares } from '../../intents/classify/calibration.js';
import { createClassifier } from '../../intents/classify/classifier.js';
import { trainClassifier } from '../../intents/classify/train.js';
import { findNearDuplicates } from '../../intents/evaluation/near-duplicates.js';
import { ExamplesError, readExamples } from '../../intents/examples.js';
import { packData, unpackData } from '../../intents/model-file.js';
import { createPhraseMatcher } from '../../intents/phrases.js';
import { foldText } from '../../intents/text/fold.js';
import { misspell } from '../../intents/text/misspell.js';
import { randomNumbers } from '../../intents/text/random.js';
import { createSpeller } from '../../intents/text/spelling.js';
import { tokenise } from '../../intents/text/tokens.js';
import { countPairs } from '../../intents/text/word-pairs.js';
import { createWordTrie } from '../../intents/text/word-trie.js';

const drinks = {
  tea: ['a cup of tea please', 'green tea', 'tea with milk', 'could i have tea', 'earl grey tea'],
  coffee: ['a strong coffee', 'coffee with sugar', 'espresso', 'black coffee please', 'one coffee to go'],
  oos: ['what time is it', 'my shoe is broken', 'where is the station', 'nice weather', 'sing a song'],
};

describe('the classifier', () => {
  const model = trainClassifier(drinks, { outOfScope: 'oos' });
  const classifier = createClassifier(model);

  it('knows texts like its examples', () => {
    expect(classifier.classify('some tea').ranked[0]?.label).toBe('tea');
    expect(classifier.classify('a cofee please').ranked[0]?.label).toBe('coffee');
    expect(classifier.classify('where is my shoe').ranked[0]?.label).toBe('oos');
  });

  it('gives probabilities that add up to one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const sum = classifier.classify(text).ranked.reduce((total, one) => total + one.confidence, 0);
        expect(sum).toBeCloseTo(1, 4);
      }),
      { seed: 1 },
    );
  });

  it('is less sure of few examples the more strange words stand beside those it knows', () => {
    const sureness = (text: string) => classifier.classify(text).ranked[0]?.confidence ?? 0;
    expect(sureness('green tea')).toBeGreaterThan(sureness('green tea zrkq vrbtx'));
    expect(sureness('green tea zrkq vrbtx')).toBeGreaterThan(sureness('green tea zrkq vrbtx wqopp jjkzu'));
  });

  it('reads more kinds of features once there are many examples', () => {
    const many = (drink: string) => Array.from({ length: 1_001 }, (_, at) => `${drink} for table ${at}`);
    const { space } = trainClassifier({ tea: many('tea'), coffee: many('coffee') }, { folds: 0 });
    expect([space.isLean, space.unknownRarity]).toEqual([false, 0]);
    expect(model.space.isLean).toBe(true);
    expect(model.space.unknownRarity).toBeGreaterThan(1);
  });

  it('takes a label with a single example', () => {
    const lonely = createClassifier(trainClassifier({ ...drinks, water: ['just water'] }));
    const [best] = lonely.classify('water').ranked;
    expect(best?.label).toBe('water');
    expect(best?.confidence).toBeGreaterThan(0);
  });

  it('is the same each time it is trained', () => {
    expect(Buffer.from(packData(trainClassifier(drinks, { outOfScope: 'oos' })))).toEqual(
      Buffer.from(packData(model)),
    );
  });

  it('answers the same from a packed model', () => {
    const unpacked = unpackData(
      packData({ steps: model.machines.steps, rarity: model.space.rarity, labels: model.labels }),
    );
    expect(unpacked).toEqual({
      steps: model.machines.steps,
      rarity: model.space.rarity,
      labels: model.labels,
    });
  });
});

describe('reading text', () => {
  it('folds without moving anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        expect(foldText(text)).toHaveLength(text.length);
      }),
      { seed: 2 },
    );
    expect(foldText('Can’t ＢＡＣＫ up')).toBe("can't back up");
  });

  it('cuts words, figures with units and files', () => {
    const texts = tokenise("can't save IMG_2093.HEIC, 8.2gb at 80% sooooo slow!!".toLowerCase()).map(
      (one) => one.text,
    );
    expect(texts).toEqual(['cant', 'save', '__file', '__amount', 'at', '__percent', 'soo', 'slow', '!']);
  });

  it('corrects to the nearest known word and leaves other words alone', () => {
    const counts = new Map([
      ['the', 2000],
      ['backup', 9],
      ['storage', 9],
      ['wifi', 9],
      ['full', 9],
    ]);
    const speller = createSpeller({ counts, isWord: (word) => word === 'fell' });
    expect(speller.correct('bakcup')).toBe('backup');
    expect(speller.correct('strorgae')).toBe('storage');
    expect(speller.correct('fell')).toBe('fell');
    expect(speller.correct('umbrella')).toBe('umbrella');
  });

  it('mends gaps in the wrong place', () => {
    const words = ['wifi', 'storage', 'full', 'not'];
    const speller = createSpeller({ counts: new Map(words.map((word) => [word, 9])) });
    const mend = (text: string) =>
      speller
        .correctAll(tokenise(text))
        .map((one) => one.text)
        .join(' ');
    expect(mend('storagefull')).toBe('storage full');
    expect(mend('storagexfull')).toBe('storage full');
    expect(mend('stroagefull')).toBe('storage full');
    expect(mend('sto rage full')).toBe('storage full');
    expect(mend('storag efull')).toBe('storage full');
  });

  it('reads an unknown word by the word before it', () => {
    const texts = ['the phone is hot', 'not enough space', 'is it too hot'].map((text) => tokenise(text));
    const counts = new Map<string, number>();
    for (const { text } of texts.flat()) counts.set(text, (counts.get(text) ?? 0) + 1);
    const speller = createSpeller({ counts, pairs: countPairs(texts) });
    const read = (text: string) => speller.correctAll(tokenise(text)).at(-1)?.text;
    expect(read('too hxt')).toBe('hot');
    expect(read('hxt')).toBe('hot');
    expect(read('its nxt')).toBe('not');
  });

  it('finds exactly the words within the edits asked for', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 30 }), word, (words, wanted) => {
        const distances = words.map((one) => ({
          word: one,
          edits: DamerauLevenshteinDistance(one, wanted, { restricted: true }),
        }));
        const trie = createWordTrie(words);
        const sorted = (found: typeof distances) => found.map((one) => `${one.word} ${one.edits}`).sort();
        const near = distances.filter(({ edits }) => edits <= 1);
        const further = distances.filter(
          (one) => one.edits <= 2 && wanted.slice(0, 2).includes(one.word[0] ?? ''),
        );
        expect(sorted(trie.near(wanted, 1))).toEqual(sorted(near));
        expect(sorted(trie.near(wanted, 2))).toEqual(sorted(further));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('parts words from what looks like them', () => {
    const read = (text: string) => tokenise(text).map((one) => one.text);
    expect(read('stopped,again (soooo slow)!! "why"')).toEqual([
      'stopped',
      'again',
      'soo',
      'slow',
      '!',
      'why',
    ]);
    expect(read('img_20.jpg or a.b@c.de, pic.png')).toEqual(['__file', 'or', '__link', '__file']);
    expect(read("don't caf\u00e9 wi-fi s24")).toEqual(['dont', 'caf\u00e9', 'wi', 'fi', 's', '24']);
  });

  it('misspells by one edit for eight characters', () => {
    expect(misspell('backup', randomNumbers(1))).toBe('backup');
    expect(misspell('backup failed again', randomNumbers(1))).not.toBe('backup failed again');
  });
});

describe('the calibration', () => {
  it('finds the scale under which shares come true', () => {
    const random = randomNumbers(5);
    const judged = Array.from({ length: 4_000 }, () => {
      const values = Float32Array.from([random(), random(), random()]);
      const [first = 0, second = 0] = toShares(values, 3);
      const drawn = random();
      return { values, truth: drawn < first ? 0 : drawn < first + second ? 1 : 2 };
    });
    const scale = fitScale(judged);
    expect(scale).toBeGreaterThan(2.7);
    expect(scale).toBeLessThan(3.3);
  });
});

describe('the phrase matcher', () => {
  const find = createPhraseMatcher([
    { id: 'incomplete', phrases: ['The last backup could not be completed'] },
    { id: 'restart', phrases: ['restart the phone', 'turned it off and on again'] },
  ]);

  it('finds a phrase with misspelt and inflected words', () => {
    const text = 'it says last bakup could not be compleetd again';
    const [found] = find(text);
    expect(found?.id).toBe('incomplete');
    expect(text.slice(found?.span.start, found?.span.end)).toContain('bakup could not be');
    expect(find('i restarted my phone')[0]?.id).toBe('restart');
  });

  it('finds nothing in other words', () => {
    expect(find('my screen is cracked')).toEqual([]);
    expect(find('')).toEqual([]);
  });
});

describe('example files', () => {
  const write = (content: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'examples-'));
    writeFileSync(join(folder, 'fix.power.yaml'), content);
    return folder;
  };

  it('are lists of texts by label', () => {
    expect(readExamples(write('- low battery\n- it sleeps\n'))).toEqual({
      'fix.power': ['low battery', 'it sleeps'],
    });
  });

  it('that are wrong are named with line and place', () => {
    expect(() => readExamples(write('- low battery\n- yes: no\n'))).toThrow(/fix\.power\.yaml:2 1: /u);
    expect(() => readExamples(write('- "open\n'))).toThrow(ExamplesError);
  });
});

describe('near-duplicates', () => {
  const likenessOf = (...texts: string[]) =>
    findNearDuplicates({ one: texts.slice(0, 1), two: texts.slice(1) });

  it('are found within a label and across labels, whatever the signs and endings', () => {
    expect(
      likenessOf('is it safe to delete old backups', 'Is it safe to delete an old backup?'),
    ).toHaveLength(1);
    expect(
      findNearDuplicates({ one: ['do not do this now', 'dont do these now', 'Do not do this now!'] }),
    ).toHaveLength(1);
  });

  it('are neither very short nor different in a word that matters', () => {
    expect(likenessOf('wipe everything you know about me', 'export everything you know about me')).toEqual(
      [],
    );
    expect(likenessOf('go back', 'go back!')).toEqual([]);
  });
});
