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
