import type { FoundValue } from './entities/found.js';
import type { Lexicon, LexiconReader } from './lexicon.js';
import type { IntentName } from './names.js';
import { intentNames } from './names.js';
import type { PhraseMatch, PhraseTrie } from './text/phrase-trie.js';
import type { Token } from './text/tokens.js';
import type { EntityMention } from './understanding.js';

/** How far before a value a correction may stand, in characters. */
const correctionReach = 30;

/** Reads what a message denies, corrects and rules out. */
export interface NegationReader {
  mark(found: readonly FoundValue[], tokens: readonly Token[], folded: string): EntityMention[];
  ruledOut(tokens: readonly Token[]): IntentName[];
}

interface CueTries {
  deny: PhraseTrie;
  filler: ReadonlySet<string>;
  correct: PhraseTrie;
  causes: PhraseTrie;
  fine: PhraseTrie;
  plenty: PhraseTrie;
  notCause: PhraseTrie;
  itsNot: PhraseTrie;
  /** Intent -> phrases by which it is ruled out, whatever stands beside them. */
  ruledOut: PhraseTrie;
}

/** Builds the reader over the cues of `lexicon`. */
export function createNegationReader(lexicon: Lexicon, reader: LexiconReader): NegationReader {
  const cue = (name: string) => reader.trieOf({ [name]: lexicon.cues[name] ?? [] });
  const tries: CueTries = {
    deny: cue('deny'),
    filler: new Set(lexicon.cues['deny filler'] ?? []),
    correct: cue('correct'),
    causes: reader.trieOf(lexicon.causes),
    fine: cue('fine'),
    plenty: cue('plenty'),
    notCause: cue('not cause'),
    itsNot: cue('its not'),
    ruledOut: reader.trieOf({ 'fix.update': lexicon.cues['rules out fix.update'] ?? [] }),
  };
  return {
    mark: (found, tokens, folded) => markValues(found, tokens, { folded, tries }),
    ruledOut: (tokens) => findRuledOut(tokens, tries),
  };
}

function markValues(
  found: readonly FoundValue[],
  tokens: readonly Token[],
  { folded, tries }: { folded: string; tries: CueTries },
): EntityMention[] {
  const denials = tries.deny.findAll(tokens);
  const corrections = tries.correct.findAll(tokens);
  return found.map((one) => ({
    ...one,
    isNegated: denials.some((denial) => reaches(denial, one, tokens, tries.filler)),
    isCorrection: corrections.some((correction) => {
      const between = folded.slice(correction.end, one.span.start);
      return (
        correction.end <= one.span.start && between.length <= correctionReach && !/[.;\n]/u.test(between)
      );
    }),
  }));
}

/** A denial reaches a value when only filler words stand between. */
function reaches(
  denial: PhraseMatch,
  one: FoundValue,
  tokens: readonly Token[],
  filler: ReadonlySet<string>,
): boolean {
  const first = tokens.findIndex((token) => token.end > one.span.start);
  if (first < denial.to) return false;
  return tokens.slice(denial.to, first).every((token) => filler.has(token.text));
}

function findRuledOut(tokens: readonly Token[], tries: CueTries): IntentName[] {
  const out = new Set<IntentName>();
  for (const cause of tries.causes.findAll(tokens)) {
    const intent = intentNames.find((name) => name === cause.value);
    if (intent !== undefined && isRuledOut(cause, tokens, tries)) out.add(intent);
  }
  for (const match of tries.ruledOut.findAll(tokens)) {
    const intent = intentNames.find((name) => name === match.value);
    if (intent !== undefined) out.add(intent);
  }
  return [...out];
}

function isRuledOut(cause: PhraseMatch, tokens: readonly Token[], tries: CueTries): boolean {
  const after = cause.to;
  if (tries.notCause.matchAt(tokens, after) !== undefined) return true;
  const isVerb = ['is', 'are', 'its', 'was', 'works', 'working', 'on', 'looks', 'seems'].includes(
    tokens[after]?.text ?? '',
  );
  if (isVerb && tries.fine.matchAt(tokens, after + 1) !== undefined)
    return !isFollowedByFault(tokens, after + 2);
  if (['fine', 'ok', 'good'].includes(tokens[after]?.text ?? '')) return true;
  return (
    precedes(cause, tokens, tries.itsNot) ||
    (cause.value === 'fix.storage' && precedes(cause, tokens, tries.plenty))
  );
}

/** "wifi is on but keeps dropping" rules nothing out. */
function isFollowedByFault(tokens: readonly Token[], from: number): boolean {
  const next = tokens.slice(from, from + 3).map((token) => token.text);
  return next.includes('but') || next.includes('until') || next.includes('then');
}

function precedes(cause: PhraseMatch, tokens: readonly Token[], trie: PhraseTrie): boolean {
  for (let from = Math.max(0, cause.from - 6); from < cause.from; from++) {
    const cue = trie.matchAt(tokens, from);
    if (cue === undefined || cue.to > cause.from) continue;
    // "Don't have enough storage" denies through the verb.
    const isDeniedItself = tokens.slice(Math.max(0, from - 3), from).some(({ text }) => denying.has(text));
    const between = tokens.slice(cue.to, cause.from).map((token) => token.text);
    if (!isDeniedItself && between.every((word) => ruledOutFiller.has(word))) return true;
  }
  return false;
}

const denying = new Set(['not', 'isnt', 'dont', 'no', 'havent', 'without']);

const ruledOutFiller = new Set([
  'the',
  'my',
  'a',
  'of',
  'that',
  'icloud',
  'phone',
  'google',
  'iphone',
  'free',
  'with',
]);
