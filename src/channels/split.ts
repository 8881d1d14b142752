/** Cuts a text into pieces of at most `max` units as `measure` counts them: at sentence ends, else words, else signs. */
export function splitText(text: string, max: number, measure: (piece: string) => number): string[] {
  if (measure(text) <= max) return [text];
  const sentences = cut(text, 'sentence');
  if (sentences.length > 1) return pack(sentences, max, measure);
  const words = cut(text, 'word');
  return pack(words.length > 1 ? words : cut(text, 'grapheme'), max, measure);
}

function cut(text: string, granularity: 'sentence' | 'word' | 'grapheme'): string[] {
  return [...new Intl.Segmenter('en', { granularity }).segment(text)].map(({ segment }) => segment);
}

/** Puts as many parts together as fit; a part that is too long by itself is cut again. */
function pack(parts: readonly string[], max: number, measure: (piece: string) => number): string[] {
  const pieces: string[] = [];
  let open = '';
  // Sizes are added up and never measured anew, so that a text of a million signs is cut in one pass.
  let size = 0;
  const close = () => {
    if (open.trim() !== '') pieces.push(open.trim());
    open = '';
    size = 0;
  };
  for (const part of parts) {
    const partSize = measure(part);
    if (size + partSize > max) close();
    if (partSize <= max || parts.length === 1) {
      open += part;
      size += partSize;
    } else pieces.push(...splitText(part.trim(), max, measure));
  }
  close();
  return pieces;
}
