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
  const close = () => {
    if (open.trim() !== '') pieces.push(open.trim());
    open = '';
  };
  for (const part of parts) {
    if (measure((open + part).trim()) <= max) {
      open += part;
      continue;
    }
    close();
    if (measure(part.trim()) <= max || parts.length === 1) open = part;
    else pieces.push(...splitText(part.trim(), max, measure));
  }
  close();
  return pieces;
}
