import { expect, test } from 'vitest';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { createConverse, type Outcome } from './converse.js';
import { figuresOf, tableOf } from './figures.js';
import { personOf } from './person.js';

/** Persons of the short form; `npm run proof -- persons` talks with 2,000. */
const count = 200;
const seed = 5000;

test('most persons get a working backup soon, none loses anything', { timeout: 120_000 }, async () => {
  const converse = createConverse(loadBrain(projectRoot()));
  const outcomes: Outcome[] = [];
  for (let at = 0; at < count; at += 1) outcomes.push(await converse(personOf(seed + at)));
  const figures = figuresOf(outcomes);
  const table = tableOf(outcomes).join('\n');
  expect(figures.unsafe, table).toBe(0);
  expect(figures.repeats, table).toBe(0);
  expect(figures.right, table).toBeGreaterThanOrEqual(0.9);
  expect(figures.confirmed, table).toBeGreaterThanOrEqual(0.8);
  expect(figures.toConfirmed.median, table).toBeLessThanOrEqual(7);
  expect(figures.firstRight.median, table).toBeLessThanOrEqual(3);
});
