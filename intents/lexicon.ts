import { foldText } from './text/fold.js';
import { createPhraseTrie, type PhraseTrie } from './text/phrase-trie.js';
import { stemWord } from './text/stem.js';
import { type Token, tokenise } from './text/tokens.js';

/** Something -> the words and phrases that say it. */
export type Phrases = Record<string, string[]>;

/** Words of the domain as data: read from `lexicon/<language>/*.yaml` when the model is trained, kept in it. */
export interface Lexicon {
  /** One spelling -> the ways in which people write it ("wifi": "wi-fi", "wi fi"). */
  spellings: Phrases;
  /** Concept -> words and phrases that say it ("hang": "frozen", "not moving"). */
  concepts: Phrases;
  /** Entity -> value -> words and phrases. */
  entities: Record<string, Phrases>;
  /** Words of steering and answering ("yes", "unsure", "deny"...) -> phrases. */
  cues: Phrases;
  /** Intent -> words for its cause, for "wifi is not the problem". */
  causes: Phrases;
}

/** A lexicon that changes nothing, for texts of any domain. */
export const emptyLexicon: Lexicon = { spellings: {}, concepts: {}, entities: {}, cues: {}, causes: {} };

/** Reads tokens against a lexicon. */
export interface LexiconReader {
  /** The tokens in the lexicon's spelling; several tokens may become one, which spans them all. */
  respell(tokens: readonly Token[]): Token[];
  /** Names of the concepts in the tokens, in order of appearance, each once. */
  conceptsOf(tokens: readonly Token[]): string[];
  /** A trie over `phrases` in the lexicon's spelling. */
  trieOf(phrases: Phrases, keyOf?: (text: string) => string): PhraseTrie;
  /** Every word that the lexicon knows. */
  words(): string[];
}

/** Builds the reader of `lexicon`. */
export function createLexiconReader(lexicon: Lexicon): LexiconReader {
  const spellings = createPhraseTrie(phraseEntries(lexicon.spellings, readPhrase));
  const respell = (tokens: readonly Token[]) => replaceAll(tokens, spellings);
  const readRespelled = (phrase: string) => respell(readPhrase(phrase));
  const trieOf = (phrases: Phrases, keyOf?: (text: string) => string) =>
    createPhraseTrie(phraseEntries(phrases, readRespelled), keyOf);
  const concepts = trieOf(lexicon.concepts, stemWord);
  return {
    respell,
    trieOf,
    conceptsOf: (tokens) => [...new Set(concepts.findAll(tokens).map((match) => match.value))],
    words: () => wordsOf(lexicon, readRespelled),
  };
}

function readPhrase(phrase: string): Token[] {
  return tokenise(foldText(phrase));
}

function* phraseEntries(
  phrases: Phrases,
  read: (phrase: string) => Token[],
): Generator<readonly [string, Token[]]> {
  for (const [value, texts] of Object.entries(phrases)) {
    for (const text of texts) yield [value, read(text)];
  }
}

function wordsOf(lexicon: Lexicon, read: (phrase: string) => Token[]): string[] {
  const groups = [lexicon.concepts, lexicon.cues, lexicon.causes, ...Object.values(lexicon.entities)];
  const phrases = [
    ...Object.keys(lexicon.spellings),
    ...groups.flatMap((group) => Object.values(group).flat()),
  ];
  const respelled = phrases.flatMap(read);
  const asWritten = [...Object.values(lexicon.spellings).flat(), ...phrases].flatMap(readPhrase);
  return [...new Set([...respelled, ...asWritten].map((token) => token.text))];
}

function replaceAll(tokens: readonly Token[], spellings: PhraseTrie): Token[] {
  const result: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const match = spellings.matchAt(tokens, at);
    const token = tokens[at];
    if (match !== undefined) {
      for (const text of match.value.split(' ')) result.push({ text, start: match.start, end: match.end });
    } else if (token !== undefined) result.push(token);
    at = match?.to ?? at + 1;
  }
  return result;
}
