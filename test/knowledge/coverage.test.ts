import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Piece } from './pieces.js';
import { allPieces } from './pieces.js';

const rows = z
  .array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      platform: z.enum(['iphone', 'android', 'both']),
      line: z.number(),
      check: z.string().nullable(),
      fact: z.string(),
    }),
  )
  .parse(readJson('knowledge/guide-coverage.json'));

/** Rows on how to behave, which a test or a transcript shows and no sentence carries. */
const behaviourKinds = ['tone', 'approach', 'goal', 'scope', 'recap'];

/** A row's words tell nothing when every message could hold them. */
const emptyWords = ['the', 'and', 'you', 'your', 'that', 'this', 'for', 'with', 'backup', 'phone'];

const folder = 'test/knowledge/coverage';
/** Row id to `file > title` of the test or transcript that shows it. */
const behaviour = z.record(z.string(), z.string()).parse(readJson(`${folder}/behaviour.json`));
const tables = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'behaviour.json')
  .map((name) => ({
    topic: name.replace('.json', ''),
    words: z.record(z.string(), z.array(z.string())).parse(readJson(`${folder}/${name}`)),
  }));
const pieces = allPieces();
const ids = new Set(rows.map((row) => row.id));

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** True when every word stands in what the piece shows, as a word of its own. */
function carries(piece: Piece, words: readonly string[]): boolean {
  return words.every((word) =>
    new RegExp(`(?<![\\p{L}\\p{N}])${word.replaceAll(/[.+]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u').test(
      piece.shown,
    ),
  );
}

test('the guide has 183 rows, each once', () => {
  expect([rows.length, ids.size]).toEqual([183, 183]);
});

test('no piece cites a row that the guide does not have', () => {
  const unknown = pieces.flatMap(({ name, covers }) =>
    covers.filter((row) => !ids.has(row)).map((row) => `${name}: ${row}`),
  );
  expect(unknown).toEqual([]);
});

test('a piece cites at most four rows, each once', () => {
  const crowded = pieces.filter(({ covers }) => covers.length > 4 || new Set(covers).size < covers.length);
  expect(crowded.map(({ name }) => name)).toEqual([]);
});

test('every row is cited by a piece or shown as behaviour', () => {
  const cited = new Set(pieces.flatMap(({ covers }) => covers));
  expect(rows.filter(({ id }) => !cited.has(id) && behaviour[id] === undefined).map(({ id }) => id)).toEqual(
    [],
  );
});

test('only rows of behaviour are shown as behaviour, each by a test that exists', () => {
  const wrong = Object.entries(behaviour).filter(([id, shownBy]) => {
    const [file = '', title = ''] = shownBy.split(' > ');
    const kind = rows.find((row) => row.id === id)?.kind ?? '';
    return !behaviourKinds.includes(kind) || !existsSync(file) || !readFileSync(file, 'utf8').includes(title);
  });
  expect(wrong).toEqual([]);
});

test('every row that is cited has its words in a table', () => {
  const told = new Set(tables.flatMap(({ words }) => Object.keys(words)));
  const cited = new Set(pieces.flatMap(({ covers }) => covers));
  expect([...cited].filter((id) => !told.has(id))).toEqual([]);
});

test.each(
  tables.map(({ topic, words }) => [topic, words] as const),
)('the words of every row in %s.json stand in a piece of that topic which cites it', (topic, words) => {
  const own = pieces.filter((piece) => piece.file === topic);
  const missing = Object.entries(words).filter(
    ([id, each]) => !own.some((piece) => piece.covers.includes(id) && carries(piece, each)),
  );
  expect(missing).toEqual([]);
});

test('the words of a row are two that say something, or one figure', () => {
  const weak = tables.flatMap(({ topic, words }) =>
    Object.entries(words)
      .filter(([, each]) => !isTelling(each))
      .map(([id, each]) => `${topic}.json ${id}: ${each.join(', ')}`),
  );
  expect(weak).toEqual([]);
});

function isTelling(words: readonly string[]): boolean {
  const telling = new Set(words.filter((word) => word === word.toLowerCase() && !emptyWords.includes(word)));
  return telling.size >= 2 || [...telling].some((word) => /\d/.test(word));
}
