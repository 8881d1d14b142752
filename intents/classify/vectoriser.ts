import { blockNames, type FeatureSource, takeFeatures } from './features.js';
import type { SparseRow } from './sparse.js';

/** Share of each block in a vector, in the order of `blockNames`. */
export type BlockWeights = readonly number[];

/** The known features: their hashes, blocks and inverse document frequencies, by feature number. */
export interface FeatureSpace {
  hashes: Uint32Array;
  blocks: Uint8Array;
  rarity: Float32Array;
  blockWeights: BlockWeights;
}

/** Turns a text into a vector over known features. */
export type Vectorise = (source: FeatureSource) => SparseRow;

/**
 * Learns the features of `sources`: those that stand in at least `minTexts[block]` of them.
 * Rarity is ln((1 + texts) / (1 + texts with it)) + 1, the smoothed form.
 */
export function learnFeatures(
  sources: readonly FeatureSource[],
  minTexts: readonly number[],
  blockWeights: BlockWeights,
): FeatureSpace {
  const seen = new Map<number, { block: number; texts: number; lastText: number }>();
  for (const [index, source] of sources.entries()) {
    takeFeatures(source, (hash, block) => {
      const known = seen.get(hash);
      if (known === undefined) seen.set(hash, { block, texts: 1, lastText: index });
      else if (known.lastText !== index) {
        known.texts += 1;
        known.lastText = index;
      }
    });
  }
  const kept = [...seen].filter(([, use]) => use.texts >= (minTexts[use.block] ?? 1));
  return {
    hashes: Uint32Array.from(kept, ([hash]) => hash),
    blocks: Uint8Array.from(kept, ([, use]) => use.block),
    rarity: Float32Array.from(kept, ([, use]) => Math.log((1 + sources.length) / (1 + use.texts)) + 1),
    blockWeights,
  };
}

/**
 * A vectoriser over `space`: (1 + ln count) x rarity, each block scaled to length one and by its weight,
 * and the whole scaled to length one (G. Salton, C. Buckley, "Term-weighting approaches", 1988).
 */
export function createVectoriser(space: FeatureSpace): Vectorise {
  const find = createLookup(space.hashes);
  const counts = new Uint16Array(space.hashes.length);
  return (source) => {
    const touched: number[] = [];
    takeFeatures(source, (hash) => {
      const id = find(hash);
      if (id < 0) return;
      if (counts[id] === 0) touched.push(id);
      counts[id] = Math.min(60_000, (counts[id] ?? 0) + 1);
    });
    const row = weigh(touched, counts, space);
    for (const id of touched) counts[id] = 0;
    return row;
  };
}

function weigh(touched: readonly number[], counts: Uint16Array, space: FeatureSpace): SparseRow {
  const values = new Float32Array(touched.length);
  const squares = new Float64Array(blockNames.length);
  for (const [at, id] of touched.entries()) {
    const value = (1 + Math.log(counts[id] ?? 1)) * (space.rarity[id] ?? 0);
    values[at] = value;
    const block = space.blocks[id] ?? 0;
    squares[block] = (squares[block] ?? 0) + value * value;
  }
  let whole = 0;
  for (const [block, weight] of space.blockWeights.entries())
    if ((squares[block] ?? 0) > 0) whole += weight * weight;
  const scales = space.blockWeights.map(
    (weight, block) => weight / Math.sqrt((squares[block] || 1) * (whole || 1)),
  );
  for (const [at, id] of touched.entries())
    values[at] = (values[at] ?? 0) * (scales[space.blocks[id] ?? 0] ?? 0);
  return { ids: Int32Array.from(touched), values, squaredNorm: touched.length > 0 ? 1 : 0 };
}

/** An open-addressing table from hash to position; -1 when unknown. */
function createLookup(hashes: Uint32Array): (hash: number) => number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, hashes.length * 2)));
  const slots = new Int32Array(size).fill(-1);
  const mask = size - 1;
  for (let id = 0; id < hashes.length; id++) {
    let slot = (hashes[id] ?? 0) & mask;
    while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    slots[slot] = id;
  }
  return (hash) => {
    let slot = hash & mask;
    for (;;) {
      const id = slots[slot] ?? -1;
      if (id < 0 || hashes[id] === hash) return id;
      slot = (slot + 1) & mask;
    }
  };
}
