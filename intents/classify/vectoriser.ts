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

/** The known features: their hashes, blocks and rarities, by feature number. */
export interface FeatureSpace {
  hashes: Uint32Array;
  blocks: Uint8Array;
  rarity: Float32Array;
  /** Rarity of a feature that is not known; 0 when such features do not count. */
  unknownRarity: number;
  /** True for the features that few examples can teach. */
  isLean: boolean;
  blockWeights: BlockWeights;
}

const largestCount = 60_000;
const maxRemembered = 5_000;

/** Turns a text into a vector over known features. */
export type Vectorise = (source: FeatureSource) => SparseRow;

/** Texts with their features counted, which many trainings share. Features have numbers in order of appearance. */
export interface CountedTexts {
  hashes: readonly number[];
  blocks: readonly number[];
  texts: readonly FeatureCounts[];
  isLean: boolean;
}

/** The features of one text, each once, and how often it stands there. */
export interface FeatureCounts {
  ids: Int32Array;
  counts: Uint16Array;
}

/** Counts the features of `sources`, fewer kinds of them when `isLean`. */
export function countFeatures(sources: readonly FeatureSource[], isLean: boolean): CountedTexts {
  const numbers = new Map<number, number>();
  const hashes: number[] = [];
  const blocks: number[] = [];
  const texts = sources.map((source) => {
    const counts = new Map<number, number>();
    const take: TakeFeature = (hash, block) => {
      let id = numbers.get(hash);
      if (id === undefined) {
        id = hashes.push(hash) - 1;
        blocks.push(block);
        numbers.set(hash, id);
      }
      counts.set(id, Math.min(largestCount, (counts.get(id) ?? 0) + 1));
    };
    takeTextFeatures(source, take, isLean);
    for (const token of source.tokens) takeWordFeatures(token.text, take);
    return { ids: Int32Array.from(counts.keys()), counts: Uint16Array.from(counts.values()) };
  });
  return { hashes, blocks, texts, isLean };
}

/**
 * Learns the features of `texts`, some of those in `all`: the ones that stand in at least `minTexts[block]` of them.
 * Rarity is ln((1 + texts) / (1 + texts with it)) + 1, the smoothed form. Of few texts that tells little, so a lean
 * space takes its root, which counts once in a product of two vectors. Gives the texts as vectors too.
 */
export function learnFeatures(
  all: CountedTexts,
  texts: readonly FeatureCounts[],
  { minTexts, blockWeights }: { minTexts: readonly number[]; blockWeights: BlockWeights },
): { space: FeatureSpace; rows: SparseRow[] } {
  const uses = new Int32Array(all.hashes.length);
  for (const { ids } of texts) for (const id of ids) uses[id] = (uses[id] ?? 0) + 1;
  const kept = new Int32Array(uses.length).fill(-1);
  const known: number[] = [];
  for (let id = 0; id < uses.length; id++) {
    if ((uses[id] ?? 0) >= Math.max(1, minTexts[all.blocks[id] ?? 0] ?? 1)) kept[id] = known.push(id) - 1;
  }
  const { isLean } = all;
  const rarityOf = (usesOfOne: number) => {
    const rarity = Math.log((1 + texts.length) / (1 + usesOfOne)) + 1;
    return isLean ? Math.sqrt(rarity) : rarity;
  };
  const space: FeatureSpace = {
    hashes: Uint32Array.from(known, (id) => all.hashes[id] ?? 0),
    blocks: Uint8Array.from(known, (id) => all.blocks[id] ?? 0),
    rarity: Float32Array.from(known, (id) => rarityOf(uses[id] ?? 0)),
    unknownRarity: isLean ? rarityOf(0) : 0,
    isLean,
    blockWeights,
  };
  const counts = new Uint16Array(known.length);
  const rows = texts.map((text) => {
    const touched: number[] = [];
    const unknown = new Int32Array(blockNames.length);
    for (let at = 0; at < text.ids.length; at++) {
      const from = text.ids[at] ?? 0;
      const id = kept[from] ?? -1;
      if (id < 0) {
        countOne(unknown, all.blocks[from] ?? 0);
        continue;
      }
      touched.push(id);
      counts[id] = text.counts[at] ?? 0;
    }
    return weigh({ touched, counts, unknown }, space);
  });
  return { space, rows };
}

function countOne(counts: Int32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

/**
 * A vectoriser over `space`: (1 + ln count) x rarity, each block scaled to length one and by its weight,
 * and the whole scaled to length one (G. Salton, C. Buckley, "Term-weighting approaches", 1988). In a lean space
 * features that are not known count in these lengths: of a text of strange words the few known ones say less.
 */
export function createVectoriser(space: FeatureSpace): Vectorise {
  const find = createLookup(space.hashes);
  const lettersOf = rememberLetters(find);
  const counts = new Uint16Array(space.hashes.length);
  let touched: number[] = [];
  const add = (id: number) => {
    const count = counts[id] ?? 0;
    if (count === 0) touched.push(id);
    if (count < largestCount) counts[id] = count + 1;
  };
  return (source) => {
    touched = [];
    const unknown = new Int32Array(blockNames.length);
    const take: TakeFeature = (hash, block) => {
      const id = find(hash);
      if (id >= 0) add(id);
      else countOne(unknown, block);
    };
    takeTextFeatures(source, take, space.isLean);
    for (const token of source.tokens) {
      const letters = lettersOf(token.text);
      for (const id of letters.ids) add(id);
      for (const block of letters.unknown) countOne(unknown, block);
    }
    const row = weigh({ touched, counts, unknown }, space);
    for (const id of touched) counts[id] = 0;
    return row;
  };
}

/** Features of a single word: the numbers of the known ones, the blocks of the others. */
interface LetterFeatures {
  ids: readonly number[];
  unknown: readonly number[];
}

/** Features of single words: the letters of a word are looked up once. */
function rememberLetters(find: (hash: number) => number): (word: string) => LetterFeatures {
  return remember((word) => {
    const ids: number[] = [];
    const unknown: number[] = [];
    takeWordFeatures(word, (hash, block) => {
      const id = find(hash);
      if (id >= 0) ids.push(id);
      else unknown.push(block);
    });
    return { ids, unknown };
  }, maxRemembered);
}

/** What was counted in one text: the known features in it, the uses of each, and the number of others by block. */
interface Counted {
  touched: readonly number[];
  counts: Uint16Array;
  unknown: Int32Array;
}

function weigh({ touched, counts, unknown }: Counted, space: FeatureSpace): SparseRow {
  const { rarity, unknownRarity, blocks, blockWeights } = space;
  const values = new Float32Array(touched.length);
  const squares = Float64Array.from(unknown, (count) => count * unknownRarity * unknownRarity);
  for (let at = 0; at < touched.length; at++) {
    const id = touched[at] ?? 0;
    const count = counts[id] ?? 1;
    const value = (count === 1 ? 1 : 1 + Math.log(count)) * (rarity[id] ?? 0);
    const block = blocks[id] ?? 0;
    values[at] = value;
    squares[block] = (squares[block] ?? 0) + value * value;
  }
  const scales = blockScales(squares, blockWeights);
  let squaredNorm = 0;
  for (let at = 0; at < touched.length; at++) {
    const value = (values[at] ?? 0) * (scales[blocks[touched[at] ?? 0] ?? 0] ?? 0);
    values[at] = value;
    squaredNorm += value * value;
  }
  return { ids: Int32Array.from(touched), values, squaredNorm };
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
