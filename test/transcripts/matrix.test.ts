import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.js';

const names = readdirSync(join(projectRoot(), 'test/transcripts/talks'));

const topics = [
  'storage',
  'network',
  'permissions',
  'power',
  'update',
  'corrupted',
  'settings',
  'stuck',
  'unknown',
  'restore',
];

/** Lines of the repair contract, as the names of talks tell them. */
const lines = {
  back: 'goes-back',
  skip: 'skips',
  repeat: 'asks-to-repeat',
  'in other words': 'asks-for-simpler-words',
  why: 'asks-why',
  correct: 'correct(s-the-phone|ed-to-[a-z]+)',
  'two answers': 'answers-two-questions-at-once',
  'side question': 'asks-aside-and-returns',
  'start over': 'starts-over',
  stop: 'stops',
  resume: 'comes-back-after-three-weeks',
  human: 'wants-a-human',
};

test.each(topics)('%s is fixed on an iPhone and on an Android phone', (topic) => {
  for (const platform of ['iphone', 'android']) {
    expect(names).toContain(`${topic}-${platform}-fixed-at-once.txt`);
  }
});

test.each(Object.entries(lines))('%s is tried in three topics at least', (_, line) => {
  const found = topics.filter((topic) => {
    const pattern = new RegExp(`^(${line}-in-${topic}|${topic}-(iphone|android)-${line})\\.txt$`);
    return names.some((name) => pattern.test(name));
  });
  expect(found.length, found.join(', ')).toBeGreaterThanOrEqual(3);
});
