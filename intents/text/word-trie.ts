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

/** The trie in arrays: first child, next sibling and letter of each node, and the word that ends in it (or -1). */
interface Nodes {
  child: Int32Array;
  sibling: Int32Array;
  letter: Uint8Array;
  ends: Int32Array;
}

/**
 * A trie over those of `words` that are plain letters. An edit is a letter put in, left out, replaced, or swapped
 * with the next (optimal string alignment); a branch is left as soon as no word of it can be near enough, so a search
 * sees a small part of the words. Beyond one edit the first letter, or one swapped with it, must be right.
 */
export function createWordTrie(words: Iterable<string>): WordTrie {
  const own = [...words].filter((word) => wordPattern.test(word) && word.length <= maxLength);
  const nodes = plant(own);
  const width = maxLength + 2;
  const table = new Uint8Array(width * (maxLength + 4));
  for (let at = 0; at < width; at++) table[at] = at;
  return {
    near: (word, maxEdits) => {
      if (word.length > maxLength || !wordPattern.test(word)) return [];
      const found: NearWord[] = [];
      search({ nodes, words: own, table, width, word, maxEdits, found }, 0, 0, 0);
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
      let child = nodes.child[node] ?? -1;
      while (child >= 0 && nodes.letter[child] !== letter) child = nodes.sibling[child] ?? -1;
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

interface Search {
  nodes: Nodes;
  words: readonly string[];
  /** Row d: edits between the first d letters of the path and each beginning of the word. */
  table: Uint8Array;
  width: number;
  word: string;
  maxEdits: number;
  found: NearWord[];
}

function search(state: Search, node: number, depth: number, before: number): void {
  const { nodes, table, width, word, maxEdits } = state;
  if (depth > word.length + maxEdits) return;
  for (let child = nodes.child[node] ?? -1; child >= 0; child = nodes.sibling[child] ?? -1) {
    const letter = nodes.letter[child] ?? 0;
    if (depth === 0 && maxEdits > 1 && letter !== word.charCodeAt(0) && letter !== word.charCodeAt(1))
      continue;
    if (fillRow(state, depth + 1, letter, before) > maxEdits) continue;
    const index = nodes.ends[child] ?? -1;
    const edits = table[(depth + 1) * width + word.length] ?? 0;
    if (index >= 0 && edits <= maxEdits) state.found.push({ word: state.words[index] ?? '', edits });
    search(state, child, depth + 1, letter);
  }
}

/** Fills the row of a path that ends in `before` and `letter`; its least value. */
function fillRow({ table, width, word }: Search, depth: number, letter: number, before: number): number {
  const row = depth * width;
  let least = depth;
  table[row] = depth;
  for (let at = 1; at <= word.length; at++) {
    const own = word.charCodeAt(at - 1);
    let edits = (table[row - width + at - 1] ?? 0) + (own === letter ? 0 : 1);
    edits = Math.min(edits, (table[row - width + at] ?? 0) + 1, (table[row + at - 1] ?? 0) + 1);
    if (at > 1 && depth > 1 && own === before && word.charCodeAt(at - 2) === letter) {
      edits = Math.min(edits, (table[row - 2 * width + at - 2] ?? 0) + 1);
    }
    table[row + at] = edits;
    if (edits < least) least = edits;
  }
  return least;
}
