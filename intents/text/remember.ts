/** `find` with its answers kept: of words, which come again and again; all are let go once there are `most` of them. */
export function remember<Found>(find: (word: string) => Found, most: number): (word: string) => Found {
  const known = new Map<string, { found: Found }>();
  return (word) => {
    const kept = known.get(word);
    if (kept !== undefined) return kept.found;
    const found = find(word);
    if (known.size >= most) known.clear();
    known.set(word, { found });
    return found;
  };
}

/** Most of what people write is an answer in a few words, or a button's label; these many are kept as read. */
export const shortChars = 40;
export const maxShort = 2_000;

/** `find` with what it found in short messages kept, and frozen, since the next one is given the same. */
export function rememberShort<Found>(find: (text: string) => Found): (text: string) => Found {
  const known = remember((text) => freeze(find(text)), maxShort);
  return (text) => (text.length > shortChars ? find(text) : known(text));
}

/** `value` and all in it, so that nobody changes what is given to the next one as well. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}
