import { remember } from '../text/remember.js';
import {
  blockNames,
  type FeatureSource,
  type TakeFeature,
  takeTextFeatures,
  takeWordFeatures,
} from './features.js';
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

const largestCount = 60_000;
const maxRemembered = 5_000;

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
    const take: TakeFeature = (hash, block) => {
      const known = seen.get(hash);
      if (known === undefined) seen.set(hash, { block, texts: 1, lastText: index });
      else if (known.lastText !== index) {
        known.texts += 1;
        known.lastText = index;
      }
    };
    takeTextFeatures(source, take);
    for (const token of source.tokens) takeWordFeatures(token.text, take);
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
  const idsOfWord = rememberWords(find);
  const counts = new Uint16Array(space.hashes.length);
  let touched: number[] = [];
  const add = (id: number) => {
    const count = counts[id] ?? 0;
    if (count === 0) touched.push(id);
    if (count < largestCount) counts[id] = count + 1;
  };
  return (source) => {
    touched = [];
    takeTextFeatures(source, (hash) => {
      const id = find(hash);
      if (id >= 0) add(id);
    });
    for (const token of source.tokens) for (const id of idsOfWord(token.text)) add(id);
    const row = weigh(touched, counts, space);
    for (const id of touched) counts[id] = 0;
    return row;
  };
}

/** Known features of single words: the letters of a word are looked up once. */
function rememberWords(find: (hash: number) => number): (word: string) => readonly number[] {
  return remember((word) => {
    const ids: number[] = [];
    takeWordFeatures(word, (hash) => {
      const id = find(hash);
      if (id >= 0) ids.push(id);
    });
    return ids;
  }, maxRemembered);
}

function weigh(touched: readonly number[], counts: Uint16Array, space: FeatureSpace): SparseRow {
  const { rarity, blocks, blockWeights } = space;
  const values = new Float32Array(touched.length);
  const squares = new Float64Array(blockNames.length);
  for (let at = 0; at < touched.length; at++) {
    const id = touched[at] ?? 0;
    const count = counts[id] ?? 1;
    const value = (count === 1 ? 1 : 1 + Math.log(count)) * (rarity[id] ?? 0);
    const block = blocks[id] ?? 0;
    values[at] = value;
    squares[block] = (squares[block] ?? 0) + value * value;
  }
  const scales = blockScales(squares, blockWeights);
  for (let at = 0; at < touched.length; at++) {
    values[at] = (values[at] ?? 0) * (scales[blocks[touched[at] ?? 0] ?? 0] ?? 0);
  }
  return { ids: Int32Array.from(touched), values, squaredNorm: touched.length > 0 ? 1 : 0 };
}

/** What makes each block as long as its weight, and all together as long as one. */
function blockScales(squares: Float64Array, weights: BlockWeights): Float64Array {
  const scales = new Float64Array(squares.length);
  let whole = 0;
  for (let block = 0; block < squares.length; block++) {
    const weight = weights[block] ?? 0;
    if ((squares[block] ?? 0) > 0) whole += weight * weight;
  }
  for (let block = 0; block < squares.length; block++) {
    scales[block] = (weights[block] ?? 0) / Math.sqrt((squares[block] || 1) * (whole || 1));
  }
  return scales;
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
