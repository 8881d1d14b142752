const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/**
 * FNV-1a (Fowler, Noll, Vo) over the UTF-16 units of `text`, continued from `seed`: an unsigned 32-bit number.
 * Features are known by this number, so the model stores no strings.
 */
export function hashText(text: string, seed = offsetBasis): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) hash = hashUnit(text.charCodeAt(index), hash);
  return hash >>> 0;
}

/** One step of FNV-1a: takes one UTF-16 unit into `hash`. */
export function hashUnit(unit: number, hash: number): number {
  return Math.imul(hash ^ unit, prime) >>> 0;
}
