/** Words whose vowels the rules misread. */
const irregular: Record<string, number> = {
  area: 3,
  create: 2,
  everything: 3,
  hours: 1,
  idea: 3,
  people: 2,
  sometimes: 2,
  somebody: 3,
  something: 2,
  whatever: 3,
};

/** Spoken parts of an English word, at least 1; a figure or a web address counts as one, as it is not read aloud. */
export function countSyllables(word: string): number {
  if (/\w[./]\w/.test(word)) return 1;
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  const known = irregular[letters];
  if (known !== undefined) return known;
  if (letters.length <= 3) return 1;
  const spoken = letters
    .replace(/(?<=[^aeiouy])e(?=(?:ly|ful|ment|less|ness)$)/, '')
    .replace(/(?<=[aeiouy]l|[^aeiouyl])e$/, '')
    .replace(/(?<=[aeiouy]l|[^aeiouylsxzcgh]|th)es$/, 's')
    .replace(/(?<=[^aeioutd])ed$/, 'd');
  const groups = spoken.match(/[aeiouy]+/g) ?? [];
  const split =
    spoken.match(
      /(?<![ct])ia|(?<![ctgsx])iou|(?<![ctgsx])io(?!u)|(?<!p)eo|(?<![qg])ua|[eoy]ing|[aeou]y[aeiou]|ier$/g,
    ) ?? [];
  return Math.max(1, groups.length + split.length);
}

/** Words of a text, in order; a menu mark such as ">" is none. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.:/-]*/gu) ?? [];
}

/** Sentences of a text; a point inside an address or a number ends none. */
export function countSentences(text: string): number {
  return Math.max(1, (text.match(/[.?:](?=\s|["”)]|$)/g) ?? []).length);
}

/**
 * Flesch reading ease of a text, about 0 (hard) to 120 (easy); 60 is plain English.
 * Words of `names` are read off the person's own screen and count one syllable each.
 */
export function readingEase(text: string, names: readonly string[] = []): number {
  const known = new RegExp(`\\b(?:${names.map((name) => name.replace('+', '\\+')).join('|')})\\b`, 'gi');
  const plain =
    names.length === 0 ? text : text.replace(known, (name) => name.replaceAll(/[\p{L}+-]+/gu, 'it'));
  const words = wordsOf(plain);
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  return 206.835 - 1.015 * (words.length / countSentences(plain)) - 84.6 * (syllables / words.length);
}
