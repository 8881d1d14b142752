import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { openings } from '../../src/walk/openings.js';
import { type Walk, walk } from '../../src/walk/walker.js';
import { allPieces } from '../knowledge/pieces.js';

/** Kinds of rows that are behaviour of the whole, shown by tests of their own. */
const behaviour: readonly string[] = ['tone', 'approach', 'goal', 'scope', 'recap'];

describe('a walk over every button from the first messages', () => {
  let found: Walk;
  beforeAll(async () => {
    found = await walk(loadBrain(projectRoot()), openings);
  }, 300_000);

  test('finds no dead end, no loop and no danger without its gate', () => {
    expect(found.faults).toEqual([]);
  });

  test('ends fixed, taught or with a person', () => {
    expect([...found.ends.keys()].sort()).toEqual(['fixed', 'person', 'taught']);
  });

  test('reaches every row of the guide', () => {
    const rows: { id: string; kind: string }[] = JSON.parse(
      readFileSync('knowledge/guide-coverage.json', 'utf8'),
    );
    const reached = new Set(
      allPieces()
        .filter((piece) => found.pieces.has(piece.name))
        .flatMap((piece) => piece.covers),
    );
    const missing = rows.filter((row) => !reached.has(row.id) && !behaviour.includes(row.kind));
    expect(missing.map((row) => row.id)).toEqual([]);
  });
});
