import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Brain } from '../../dialogs/frame.js';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { openings } from '../../src/walk/openings.js';
import { unreachedPieces } from '../../src/walk/pieces.js';
import { type Walk, walk } from '../../src/walk/walker.js';
import { allPieces } from '../knowledge/pieces.js';

/** Kinds of rows that are behaviour of the whole, shown by tests of their own. */
const behaviour: readonly string[] = ['tone', 'approach', 'goal', 'scope', 'recap'];

/** The brain with one question more, which no phone can be asked. */
function withUnaskable(brain: Brain): Brain {
  const [model] = brain.knowledge.questions.values();
  if (model === undefined) throw new Error('there are no questions');
  const planted = { ...model, id: 'planted', isFirst: false, if: { planted: ['never'] } };
  const questions = new Map([...brain.knowledge.questions, [planted.id, planted]]);
  return { ...brain, knowledge: { ...brain.knowledge, questions } };
}

describe('a walk over every button from the first messages', () => {
  const brain = loadBrain(projectRoot());
  let found: Walk;
  beforeAll(async () => {
    found = await walk(brain, openings);
  }, 300_000);

  test('finds no dead end, no loop and no danger without its gate', () => {
    expect(found.faults).toEqual([]);
  });

  test('ends fixed, taught or with a person', () => {
    expect([...found.ends.keys()].sort()).toEqual(['fixed', 'person', 'taught']);
  });

  test('reaches every piece from some first message', () => {
    expect(unreachedPieces(brain.knowledge, found)).toEqual([]);
    for (const { name } of allPieces()) expect(found.pieces.has(name), name).toBe(true);
  });

  test('misses a question that nobody can be asked', async () => {
    const planted = withUnaskable(brain);
    const short = await walk(planted, ['how often should i back up']);
    const missing = unreachedPieces(planted.knowledge, short);
    expect(missing).toContain('question planted');
    expect(missing).not.toContain('lesson schedule-daily');
    expect(unreachedPieces(planted.knowledge, found)[0]).toBe('question planted');
  }, 120_000);

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
