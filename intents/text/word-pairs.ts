import { hashText, hashUnit } from './hash.js';

/** How often two words stand side by side: hashes of pairs in ascending order, and their counts up to 255. */
export interface WordPairs {
  hashes: Uint32Array;
  counts: Uint8Array;
}

const space = 32;
const largestCount = 255;

/** What stands before the first word of a text. */
export const textStart = '^';

function hashPair(before: string, word: string): number {
  return hashText(word, hashUnit(space, hashText(before)));
}

/** Counts the pairs of words in `texts`, the start of a text as a word of its own. */
export function countPairs(texts: Iterable<readonly { text: string }[]>): WordPairs {
  const counts = new Map<number, number>();
  for (const tokens of texts) {
    let before = textStart;
    for (const { text } of tokens) {
      const hash = hashPair(before, text);
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
      before = text;
    }
  }
  const sorted = [...counts].sort(([one], [other]) => one - other);
  return {
    hashes: Uint32Array.from(sorted, ([hash]) => hash),
    counts: Uint8Array.from(sorted, ([, count]) => Math.min(largestCount, count)),
  };
}

/** How often `word` was seen right after `before`; 0 when never. */
export function pairCount({ hashes, counts }: WordPairs, before: string, word: string): number {
  const wanted = hashPair(before, word);
  let low = 0;
  let high = hashes.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const hash = hashes[middle] ?? 0;
    if (hash === wanted) return counts[middle] ?? 0;
    if (hash < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
