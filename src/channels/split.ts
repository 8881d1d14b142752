/** Cuts a text into pieces of at most `max` units as `measure` counts them: at sentence ends, else words, else signs. */
export function splitText(text: string, max: number, measure: (piece: string) => number): string[] {
  if (measure(text) <= max) return [text];
  const sentences = cut(text, 'sentence');
  if (sentences.length > 1) return pack(sentences, max, measure);
  const words = cut(text, 'word');
  return pack(words.length > 1 ? words : cut(text, 'grapheme'), max, measure);
}

/** Signs that are looked at together: V8 copies the whole text for every segment that it finds in it. */
const windowChars = 2000;

type Granularity = 'sentence' | 'word' | 'grapheme';

/** The text's sentences, words or graphemes, which put together are the text again. */
function cut(text: string, granularity: Granularity): string[] {
  const all: string[] = [];
  for (let from = 0; from < text.length; ) {
    const window = text.slice(from, from + windowChars);
    const found = segmentsOf(window, granularity);
    // The last may go on beyond the window: the next one begins with it.
    const isLast = from + window.length >= text.length;
    const whole = isLast ? found : found.length > 1 ? found.slice(0, -1) : [withoutLastSign(window)];
    all.push(...whole);
    from += whole.reduce((sum, segment) => sum + segment.length, 0);
  }
  return all;
}

/** A window that is less than one segment, without the sign at its end, which may be half of one. */
function withoutLastSign(window: string): string {
  const signs = segmentsOf(window, 'grapheme');
  return signs.length > 1 ? signs.slice(0, -1).join('') : window;
}

function segmentsOf(text: string, granularity: Granularity): string[] {
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
