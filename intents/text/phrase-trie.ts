import type { Span } from '../understanding.js';
import type { Token } from './tokens.js';

interface Branch {
  next: Map<string, Branch>;
  value?: string;
}

/** A phrase found in tokens: what it stands for, the tokens `from` to `to` (exclusive), and its place in the text. */
export interface PhraseMatch extends Span {
  value: string;
  from: number;
  to: number;
}

/** Finds many fixed phrases in tokens at once. */
export interface PhraseTrie {
  /** The longest phrase that begins at token `from`. */
  matchAt(tokens: readonly Token[], from: number): PhraseMatch | undefined;
  /** Phrases from left to right, the longest at each place, none overlapping. */
  findAll(tokens: readonly Token[]): PhraseMatch[];
}

/** Builds a trie of `entries` (what a phrase stands for -> its tokens); `keyOf` says what of a token counts. */
export function createPhraseTrie(
  entries: Iterable<readonly [value: string, phrase: readonly Token[]]>,
  keyOf: (text: string) => string = (text) => text,
): PhraseTrie {
  const root: Branch = { next: new Map() };
  for (const [value, phrase] of entries) {
    let branch = root;
    for (const token of phrase) {
      const key = keyOf(token.text);
      const known = branch.next.get(key) ?? { next: new Map<string, Branch>() };
      branch.next.set(key, known);
      branch = known;
    }
    if (branch !== root) branch.value ??= value;
  }
  const matchAt = (tokens: readonly Token[], from: number) => longestMatch(tokens, from, root, keyOf);
  return { matchAt, findAll: (tokens) => findAll(tokens, matchAt) };
}

function longestMatch(
  tokens: readonly Token[],
  from: number,
  root: Branch,
  keyOf: (text: string) => string,
): PhraseMatch | undefined {
  let found: PhraseMatch | undefined;
  let branch: Branch | undefined = root;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    branch = token && branch.next.get(keyOf(token.text));
    if (token === undefined || branch === undefined) break;
    if (branch.value !== undefined) {
      found = { value: branch.value, from, to: at + 1, start: tokens[from]?.start ?? 0, end: token.end };
    }
  }
  return found;
}

function findAll(tokens: readonly Token[], matchAt: PhraseTrie['matchAt']): PhraseMatch[] {
  const found: PhraseMatch[] = [];
  for (let at = 0; at < tokens.length; ) {
    const match = matchAt(tokens, at);
    if (match !== undefined) found.push(match);
    at = match?.to ?? at + 1;
  }
  return found;
}
