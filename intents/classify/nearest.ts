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

/** Builds the index over unit vectors, without their letter sequences; at most 65,535 texts and 255 classes. */
export function indexExamples(
  rows: readonly SparseRow[],
  classes: Int32Array,
  space: FeatureSpace,
): ExampleIndex {
  const featureCount = space.hashes.length;
  const counts = (id: number) => space.blocks[id] !== letterBlock;
  const starts = new Uint32Array(featureCount + 1);
  for (const row of rows) {
    for (const id of row.ids) if (counts(id)) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
  }
  for (let id = 0; id < featureCount; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  const next = starts.slice();
  const total = starts[featureCount] ?? 0;
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

/** A function from a unit vector to the largest cosine with any text of each class, 0 to 1. */
export function createNearest(index: ExampleIndex, classCount: number): (row: SparseRow) => Float32Array {
  const { starts, texts, values, classes } = index;
  const sums = new Float32Array(classes.length);
  return (row) => {
    sums.fill(0);
    for (const [at, id] of row.ids.entries()) {
      const value = (row.values[at] ?? 0) / valueScale;
      const end = starts[id + 1] ?? 0;
      for (let place = starts[id] ?? 0; place < end; place++) {
        const text = texts[place] ?? 0;
        sums[text] = (sums[text] ?? 0) + value * (values[place] ?? 0);
      }
    }
    const best = new Float32Array(classCount);
    for (let text = 0; text < sums.length; text++) {
      const owner = classes[text] ?? 0;
      if ((sums[text] ?? 0) > (best[owner] ?? 0)) best[owner] = sums[text] ?? 0;
    }
    return best;
  };
}
