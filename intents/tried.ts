import type { Lexicon, LexiconReader } from './lexicon.js';
import type { Token } from './text/tokens.js';
import type { Span } from './understanding.js';

/** Finds the parts of a message in which the person says what they did already. */
export type TriedFinder = (text: string, tokens: readonly Token[]) => { text: string; span: Span }[];

const breaks =
  /(?:[.;!?\n,()]+|\bbtw\b|\bby the way\b|\bbefore you ask\b|\bn\b(?! ?\/)|\band then\b|\band\b(?! (?:on|off)\b)|\bthen\b|\bbut\b|\bplus\b|\bstill\b|\bso\b|\balso\b|\bbecause\b|\bafter that\b|\bafter(?= (?:i|we)\b))/giu;
/** Words that may stand before the verb of a clause that goes on with what was done. */
const leading = new Set([
  'i',
  'ive',
  'we',
  'have',
  'also',
  'even',
  'already',
  'just',
  'then',
  'my',
  'son',
  'twice',
  'after',
  'yes',
  'yeah',
  'yep',
  'ok',
  'oh',
]);
/** Verbs of a deed that nobody tells but as one of no use. */
const restarting: ReadonlySet<string> = new Set(['restarted', 'rebooted']);

/** "Phone was restarted", "have restarted": what was done was done by its owner. */
const doneTo =
  /^(?:have|had|(?:(?:my|the) )?(?:phone|it|iphone|ipad) (?:was|is|has been|has already been|was already)) (\p{L}+)/u;

/**
 * Builds the finder: the text is cut at conjunctions and commas; a part counts when it says "already" or "tried", or
 * begins in the first person with a past verb, or begins with a past verb after a part that counted, or is all there is.
 */
export function createTriedFinder(lexicon: Lexicon, reader: LexiconReader): TriedFinder {
  const tried = reader.trieOf({ tried: lexicon.cues.tried ?? [] });
  const past = new Set((lexicon.cues.past ?? []).flatMap((verb) => verb.split(' ').slice(0, 1)));
  return (text, tokens) => {
    const found: { text: string; span: Span }[] = [];
    if (!tokens.some((token) => isPast(rawWord(token, text), past))) return found;
    let isGoingOn = false;
    const parts = cut(text).map((span): Part => {
      const inside = tokens.filter((token) => token.start >= span.start && token.end <= span.end);
      return { span, inside, saysTried: tried.findAll(inside).length > 0 };
    });
    for (const [at, { span, inside, saysTried }] of parts.entries()) {
      const verb = firstVerb(inside, text, past);
      isGoingOn =
        inside.length > 1 &&
        !isQuestion(inside) &&
        verb !== 'none' &&
        (saysTried || verb === 'own' || isGoingOn || isOfNoUse(parts[at + 1]));
      isGoingOn ||= parts.length === 1 && verb === 'bare' && isDeed(inside, text);
      // "Restarted my iPhone, still fails" begins with what was done.
      const [first] = inside;
      isGoingOn ||=
        at === 0 && first !== undefined && inside.length > 1 && restarting.has(rawWord(first, text));
      const next = parts[at + 1];
      const end = isOfNoUse(next) ? next.span.end : span.end;
      if (isGoingOn) found.push({ text: text.slice(span.start, end), span: { start: span.start, end } });
    }
    return found;
  };
}

interface Part {
  span: Span;
  inside: readonly Token[];
  saysTried: boolean;
}

/** What "turned it off" may hold beside its verb. */
const deedWords = new Set(
  'it its them that this those these some all everything both off of on out in up down away again back now'.split(
    ' ',
  ),
);

/** True for a past verb and what it points at, which tells of a deed and of nothing else: "turned it off". */
function isDeed(inside: readonly Token[], text: string): boolean {
  const [verb, ...others] = inside;
  const isTold = verb !== undefined && /ed$|^(?:did|done|left|paid)$/u.test(rawWord(verb, text));
  return isTold && others.length > 0 && others.every((token) => deedWords.has(token.text));
}

/** True for a part such as "no joy", by which the part before it was tried. */
function isOfNoUse(part: Part | undefined): part is Part {
  return part?.saysTried === true && part.inside.length <= 3 && part.inside[0]?.text === 'no';
}

function firstVerb(
  inside: readonly Token[],
  text: string,
  past: ReadonlySet<string>,
): 'own' | 'bare' | 'none' {
  const clause = inside.map((token) => text.slice(token.start, token.end).toLowerCase()).join(' ');
  const done = doneTo.exec(clause)?.[1];
  if (done !== undefined && past.has(done)) return 'own';
  let isOwn = false;
  for (const token of inside.slice(0, 6)) {
    const word = rawWord(token, text);
    if (past.has(word)) return isOwn ? 'own' : 'bare';
    if (isPast(word, past)) return 'bare';
    if (token.text === 'i' || token.text === 'ive' || token.text === 'we') isOwn = true;
    else if (!leading.has(token.text))
      return inside.some((other) => past.has(rawWord(other, text))) && isOwn ? 'own' : 'none';
  }
  return 'none';
}

/** The first word of what was written where the token stands. */
function rawWord(token: Token, text: string): string {
  const written = text.slice(token.start, token.end).toLowerCase();
  return /\s/u.test(written) ? (written.split(/\s/u)[0] ?? '') : written;
}

/** True for a past verb and for its form in "ing". */
function isPast(word: string, past: ReadonlySet<string>): boolean {
  return past.has(word) || (word.endsWith('ing') && past.has(word.replace(/ing$/u, 'ed')));
}

function isQuestion(inside: readonly Token[]): boolean {
  return ['should', 'can', 'how', 'what', 'if', 'do', 'would', 'when', 'since'].includes(
    inside[0]?.text ?? '',
  );
}

function cut(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of [...text.matchAll(breaks), { index: text.length, 0: '' }]) {
    const piece = text.slice(start, match.index);
    const from = start + (piece.length - piece.trimStart().length);
    const to = from + piece.trim().length;
    if (to > from) spans.push({ start: from, end: to });
    start = match.index + match[0].length;
  }
  return spans;
}
