/** A word of the trie and how many edits away it is. */
export interface NearWord {
  word: string;
  edits: number;
}

/** Finds words within a few edits: `near` gives every word whose distance from `word` is at most `maxEdits`. */
export interface WordTrie {
  near(word: string, maxEdits: number): NearWord[];
}

/** Longest word that is looked for, in letters. */
const maxLength = 30;
const wordPattern = /^[a-z]+$/u;
const notReached = 255;

/** The trie in arrays: first child, next sibling and letter of each node, and the word that ends in it (or -1). */
interface Nodes {
  child: Int32Array;
  sibling: Int32Array;
  letter: Uint8Array;
  ends: Int32Array;
}

/**
 * A trie over those of `words` that are plain letters. An edit is a letter put in, left out, replaced, or swapped
 * with the next (optimal string alignment); a search goes down the branches with the edits that are left, so it sees a
 * small part of the words. Beyond one edit the first letter, or one swapped with it, must be right.
 */
export function createWordTrie(words: Iterable<string>): WordTrie {
  const own = [...words].filter((word) => wordPattern.test(word) && word.length <= maxLength);
  const nodes = plant(own);
  const least = new Uint8Array(own.length).fill(notReached);
  return {
    near: (word, maxEdits) => {
      if (word.length > maxLength || !wordPattern.test(word)) return [];
      const search: Search = { nodes, word, maxEdits, least, reached: [] };
      walk(search, 0, 0, 0);
      const found = search.reached.map((index) => ({ word: own[index] ?? '', edits: least[index] ?? 0 }));
      for (const index of search.reached) least[index] = notReached;
      return found;
    },
  };
}

function plant(words: readonly string[]): Nodes {
  const size = 1 + words.reduce((sum, word) => sum + word.length, 0);
  const nodes: Nodes = {
    child: new Int32Array(size).fill(-1),
    sibling: new Int32Array(size).fill(-1),
    letter: new Uint8Array(size),
    ends: new Int32Array(size).fill(-1),
  };
  let next = 1;
  for (const [index, word] of words.entries()) {
    let node = 0;
    for (let at = 0; at < word.length; at++) {
      const letter = word.charCodeAt(at);
      let child = childOf(nodes, node, letter);
      if (child < 0) {
        child = next++;
        nodes.letter[child] = letter;
        nodes.sibling[child] = nodes.child[node] ?? -1;
        nodes.child[node] = child;
      }
      node = child;
    }
    nodes.ends[node] = index;
  }
  return nodes;
}

function childOf(nodes: Nodes, node: number, letter: number): number {
  let child = nodes.child[node] ?? -1;
  while (child >= 0 && nodes.letter[child] !== letter) child = nodes.sibling[child] ?? -1;
  return child;
}

interface Search {
  nodes: Nodes;
  word: string;
  maxEdits: number;
  /** Fewest edits to each word of the trie so far. */
  least: Uint8Array;
  reached: number[];
}

/** Goes on below node `from` with the letters of the word from `at`, after so many edits. */
function walk(search: Search, from: number, at: number, edits: number): void {
  const { nodes, word, maxEdits } = search;
  if (edits === maxEdits) {
    walkRight(search, from, at, edits);
    return;
  }
  const own = word.charCodeAt(at);
  const isBound = from === 0 && maxEdits > 1;
  if (at === word.length) reach(search, from, edits);
  else if (!isBound || at === 0) walk(search, from, at + 1, edits + 1);
  for (let child = nodes.child[from] ?? -1; child >= 0; child = nodes.sibling[child] ?? -1) {
    const letter = nodes.letter[child] ?? 0;
    if (isBound && letter !== word.charCodeAt(0) && letter !== word.charCodeAt(1)) continue;
    if (letter === own) walk(search, child, at + 1, edits);
    else walkWrong(search, child, at, edits);
  }
}

/** Goes on at a node whose letter is not the next of the word: one put in, replaced, or swapped. */
function walkWrong(search: Search, node: number, at: number, edits: number): void {
  const { nodes, word } = search;
  walk(search, node, at, edits + 1);
  if (at === word.length) return;
  walk(search, node, at + 1, edits + 1);
  if (nodes.letter[node] !== word.charCodeAt(at + 1)) return;
  const swapped = childOf(nodes, node, word.charCodeAt(at));
  if (swapped >= 0) walk(search, swapped, at + 2, edits + 1);
}

/** No edit is left: the rest must stand in the trie as it is. */
function walkRight(search: Search, from: number, at: number, edits: number): void {
  let node = from;
  for (let place = at; place < search.word.length && node >= 0; place++) {
    node = childOf(search.nodes, node, search.word.charCodeAt(place));
  }
  if (node >= 0) reach(search, node, edits);
}

function reach({ nodes, least, reached }: Search, node: number, edits: number): void {
  const index = nodes.ends[node] ?? -1;
  if (index < 0) return;
  if (least[index] === notReached) reached.push(index);
  least[index] = Math.min(least[index] ?? notReached, edits);
}
