import type { Lexicon, LexiconReader } from './lexicon.js';
import type { PhraseTrie } from './text/phrase-trie.js';
import type { Token } from './text/tokens.js';
import { asideNames, type Understanding } from './understanding.js';

/** Cues that hold the words for a term are called by this and its name. */
const prefix = 'term ';

/** Most words of a message that asks what a word means. */
const maxWords = 10;

/** Words by which the meaning of another is asked. */
const asking: ReadonlySet<string> = new Set([
  'what',
  'which',
  'explain',
  'define',
  'mean',
  'means',
  'meaning',
]);

/** What a message says beside the matter. */
type Remarks = Pick<Understanding, 'refusesCost' | 'isUpset' | 'asides' | 'term'>;

/** Builds the reader of what is asked or said beside the matter, over the cues of `lexicon`. */
export function createRemarkReader(
  lexicon: Lexicon,
  reader: LexiconReader,
): (tokens: readonly Token[]) => Remarks {
  const { cues } = lexicon;
  const moods = reader.trieOf({ unpaid: cues.unpaid ?? [], upset: cues.upset ?? [] });
  const asides = reader.trieOf(
    Object.fromEntries(asideNames.map((name) => [name, cues[`aside ${name}`] ?? []])),
  );
  const termOf = createTermFinder(lexicon, reader);
  const valuesOf = (trie: PhraseTrie, tokens: readonly Token[]) =>
    new Set(trie.findAll(tokens).map(({ value }) => value));
  return (tokens) => {
    const mood = valuesOf(moods, tokens);
    const aside = valuesOf(asides, tokens);
    const term = termOf(tokens);
    return {
      refusesCost: mood.has('unpaid'),
      isUpset: mood.has('upset'),
      asides: asideNames.filter((name) => aside.has(name)),
      ...(term === undefined ? {} : { term }),
    };
  };
}

/** Finds the term that a message asks the meaning of, and asks nothing else: "what is a router"; undefined otherwise. */
function createTermFinder(
  { cues }: Lexicon,
  reader: LexiconReader,
): (tokens: readonly Token[]) => string | undefined {
  const named = Object.entries(cues).filter(([name]) => name.startsWith(prefix));
  const terms = reader.trieOf(
    Object.fromEntries(named.map(([name, words]) => [name.slice(prefix.length), words])),
  );
  const beside = new Set(cues['about terms']);
  return (tokens) => {
    const words = tokens.filter(({ text }) => /\p{L}/u.test(text));
    if (words.length > maxWords || !words.some(({ text }) => asking.has(text))) return undefined;
    const found = terms.findAll(words);
    const isTerm = (at: number) => found.some(({ from, to }) => at >= from && at < to);
    if (!words.every(({ text }, at) => isTerm(at) || beside.has(text))) return undefined;
    return found.toSorted((one, other) => other.to - other.from - (one.to - one.from))[0]?.value;
  };
}
