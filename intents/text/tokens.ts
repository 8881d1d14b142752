import type { Span } from '../understanding.js';

/** One word, number or sign of the text, in the spelling that the engine compares. */
export interface Token extends Span {
  text: string;
}

const amountUnit =
  '(?:gb|gib|gigs?|gigabytes?|mb|mib|megs?|megabytes?|tb|tib|terabytes?|kb|kilobytes?|go|mo)';
const mediaFile = '(?:jpe?g|png|heic|heif|gif|mov|mp4|avi|mkv|pdf|docx?|xlsx?|zip|mp3|raw|dng|webp|pic|3gp)';

const kinds: readonly [name: string, pattern: string][] = [
  ['link', 'https?:\\/\\/\\S+|www\\.\\S+|[\\w.+-]+@[\\w-]+\\.\\w+'],
  ['file', `[\\w-]+\\.${mediaFile}(?![\\w.])|(?:img|dsc|vid|pxl|mvi|mov)[_-]?\\d[\\w-]*`],
  ['speed', '\\d+(?:[.,]\\d+)?\\s?(?:mbps|mbit\\/s|mbits?|mb\\/s|kbps|gbps)(?![a-z])'],
  ['amount', `\\d+(?:[.,]\\d+)*\\s?${amountUnit}(?![a-z])`],
  ['percent', '\\d+(?:[.,]\\d+)?\\s?(?:%|percent|per cent|pct)'],
  ['word', "[\\p{L}\\p{M}]+(?:'[\\p{L}\\p{M}]+)*|\\p{L}[\\p{L}\\p{M}\\p{N}]+"],
  ['number', '\\d+(?:[.,:]\\d+)*'],
  ['sign', '\\p{Extended_Pictographic}|[?!]+'],
];

const pattern = new RegExp(kinds.map(([name, source]) => `(?<${name}>${source})`).join('|'), 'gu');
const classKinds = ['link', 'file', 'speed', 'amount', 'percent'] as const;
const blank = 32;
const longRun = /(\p{L})\1{2,}/gu;

/** After a run of letters a to z these end the word for certain; after others it may go on, or be a file or address. */
const wordEnds = new Set([...' ,!?;()"'].map((sign) => sign.charCodeAt(0)));

/**
 * Words of folded text in order, with their places. Figures with a unit become class tokens (`__amount`,
 * `__percent`, `__speed`, `__file`, `__link`), apostrophes go, and a letter stands at most twice in a row.
 */
export function tokenise(folded: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < folded.length; ) {
    const end = plainWordEnd(folded, at);
    if (end > at) tokens.push({ text: shorten(folded.slice(at, end)), start: at, end });
    if (end >= at) {
      at = Math.max(end, at + 1);
      continue;
    }
    pattern.lastIndex = at;
    const match = pattern.exec(folded);
    if (match === null) break;
    const start = match.index;
    at = start + match[0].length;
    tokens.push({ text: spell(match), start, end: at });
  }
  return tokens;
}

/** Where the plain word at `at` ends; `at` itself on a blank; -1 where only the pattern can tell. */
function plainWordEnd(folded: string, at: number): number {
  if (folded.charCodeAt(at) === blank) return at;
  let end = at;
  while (isPlainLetter(folded.charCodeAt(end))) end++;
  const isWord = end > at && (end === folded.length || wordEnds.has(folded.charCodeAt(end)));
  return isWord ? end : -1;
}

function isPlainLetter(unit: number): boolean {
  return unit >= 97 && unit <= 122;
}

function shorten(word: string): string {
  return word.replace(longRun, '$1$1');
}

function spell(match: RegExpExecArray): string {
  const groups = match.groups ?? {};
  const classKind = classKinds.find((kind) => groups[kind] !== undefined);
  if (classKind !== undefined) return `__${classKind}`;
  if (groups.number !== undefined) return match[0].length <= 2 ? match[0] : '__number';
  if (groups.sign !== undefined) return match[0].charAt(0) === '!' ? '!' : match[0].replace(/[?!]{2,}/u, '?');
  return shorten(match[0].replaceAll("'", ''));
}
