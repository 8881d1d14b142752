import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLexicon } from '../../intents/examples.js';
import { asideNames } from '../../intents/understanding.js';
import { loadKnowledge } from '../../knowledge/knowledge.js';
import { projectRoot } from '../../src/project-root.js';

const { cues } = readLexicon(join(projectRoot(), 'intents/lexicon/en'));
const words = new Set(loadKnowledge(join(projectRoot(), 'knowledge')).words.ids());

test('every word whose meaning is asked for has an answer, and every answer a word', () => {
  const asked = Object.keys(cues).filter((name) => name.startsWith('term '));
  const answered = [...words].filter((id) => id.startsWith('term.'));
  expect(asked.map((name) => name.replace(' ', '.')).sort()).toEqual(answered.sort());
  expect(asked.length).toBeGreaterThan(10);
});

test('every remark beside the matter has words by which it is heard', () => {
  const heard = Object.keys(cues).filter((name) => name.startsWith('aside '));
  expect(heard.sort()).toEqual(asideNames.map((name) => `aside ${name}`).sort());
});
