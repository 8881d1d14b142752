import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { tryLines } from './try-lines.js';
import { type Line, lines, wordings } from './wordings.js';

const root = projectRoot();

/** Least share of tries that must do what the line says; the rest is asked back or taken for an answer. */
const least: Record<Line, number> = {
  back: 0.98,
  skip: 0.98,
  repeat: 0.98,
  rephrase: 0.98,
  why: 0.98,
  correct: 0.98,
  two: 0.9,
  aside: 0.95,
  restart: 0.98,
  stop: 0.98,
  resume: 0.98,
  human: 0.99,
};

test('the repair contract holds at every question, step and lesson', { timeout: 300_000 }, async () => {
  const { places, figures } = await tryLines(loadBrain(root), 1);
  expect(places.length).toBeGreaterThan(280);
  for (const { line, tried, kept, faults } of figures) {
    const shown = faults.slice(0, 8).map(({ text, place }) => `${JSON.stringify(place.cursor)} "${text}"`);
    expect(kept / tried, [line, ...shown].join('\n')).toBeGreaterThanOrEqual(least[line]);
  }
  expect(figures.map(({ line }) => line)).toEqual([...lines]);
});

test('no wording stands among the examples, and each line has ten', () => {
  const folder = join(root, 'intents/examples');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  const examples = new Set(files.flatMap((name) => linesOf(readFileSync(join(folder, name), 'utf8'))));
  for (const [line, texts] of Object.entries(wordings)) {
    expect(new Set(texts).size, line).toBe(10);
    for (const text of texts) expect(examples.has(plain(text)), `${line}: ${text}`).toBe(false);
  }
});

function linesOf(source: string): string[] {
  return source.split('\n').map((line) => plain(line.replace(/^\s*-\s*/, '')));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .trim();
}
