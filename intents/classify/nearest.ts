import { letterBlock } from './features.js';
import type { SparseRow } from './sparse.js';
import type { FeatureSpace } from './vectoriser.js';

/** Training texts by feature: for feature f the entries `starts[f]` to `starts[f + 1]` of texts and values. */
export interface ExampleIndex {
  starts: Uint32Array;
  texts: Uint16Array;
  /** Feature values in the unit vector of the text, 255 for 1. */
  values: Uint8Array;
  /** Class of each text. */
  classes: Uint8Array;
}

const valueScale = 255;
/** Steps of 1 in a value that is looked for; with 255 and a cosine of 1 a sum stays far below 2^31. */
const queryScale = 4096;
const unitSum = queryScale * valueScale;

/**
 * Features that stand in more of the texts than this tell no two of them apart ("my", "backup"): without them a search
 * adds a tenth of the values and finds the same.
 */
const tellingShare = 0.03;
/** Features in so few texts are kept in any case. */
const fewTexts = 200;

/**
 * Builds the index over unit vectors, without their letter sequences and the commonest features; at most 65,535 texts
 * and 255 classes.
 */
export function indexExamples(
  rows: readonly SparseRow[],
  classes: Int32Array,
  space: FeatureSpace,
): ExampleIndex {
  const uses = countUses(rows, space);
  const most = Math.max(fewTexts, rows.length * tellingShare);
  const counts = (id: number) => (uses[id] ?? 0) > 0 && (uses[id] ?? 0) <= most;
  const starts = new Uint32Array(uses.length + 1);
  for (let id = 0; id < uses.length; id++) {
    starts[id + 1] = (starts[id] ?? 0) + (counts(id) ? (uses[id] ?? 0) : 0);
  }
  const next = starts.slice();
  const total = starts[uses.length] ?? 0;
  const texts = new Uint16Array(total);
  const values = new Uint8Array(total);
  for (const [text, row] of rows.entries()) {
    for (const [at, id] of row.ids.entries()) {
      if (!counts(id)) continue;
      const place = next[id] ?? 0;
      texts[place] = text;
      values[place] = Math.min(255, Math.round((row.values[at] ?? 0) * valueScale));
      next[id] = place + 1;
    }
  }
  return { starts, texts, values, classes: Uint8Array.from(classes) };
}

/** In how many rows each feature stands; 0 for letter sequences. */
function countUses(rows: readonly SparseRow[], space: FeatureSpace): Uint32Array {
  const uses = new Uint32Array(space.hashes.length);
  for (const row of rows) {
    for (const id of row.ids) if (space.blocks[id] !== letterBlock) uses[id] = (uses[id] ?? 0) + 1;
  }
  return uses;
}

/**
 * A function from a unit vector to the largest cosine with any text of each class, 0 to 1. Sums are whole numbers,
 * which are added twice as fast.
 */
export function createNearest(index: ExampleIndex, classCount: number): (row: SparseRow) => Float32Array {
  const { starts, texts, values, classes } = index;
  const sums = new Int32Array(classes.length);
  const best = new Int32Array(classCount);
  return ({ ids, values: own }) => {
    sums.fill(0);
    best.fill(0);
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] ?? 0;
      const value = Math.round((own[at] ?? 0) * queryScale);
      const end = starts[id + 1] ?? 0;
      for (let place = starts[id] ?? 0; place < end; place++) {
        const text = texts[place] ?? 0;
        const sum = (sums[text] ?? 0) + value * (values[place] ?? 0);
        const owner = classes[text] ?? 0;
        sums[text] = sum;
        if (sum > (best[owner] ?? 0)) best[owner] = sum;
      }
    }
    const cosines = new Float32Array(classCount);
    for (let owner = 0; owner < classCount; owner++) cosines[owner] = (best[owner] ?? 0) / unitSum;
    return cosines;
  };
}
