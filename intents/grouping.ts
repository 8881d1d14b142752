import { foldText } from './text/fold.js';
import { stemWord } from './text/stem.js';
import { tokenise } from './text/tokens.js';

/** Texts belong together from this likeness on: twice the shared stems over all stems (Dice). */
const leastLikeness = 0.5;

/** Texts in groups of likeness, the largest first; each joins the group of the first text it is like. */
export function groupAlike<T extends { text: string }>(items: readonly T[]): T[][] {
  const groups: { stems: Set<string>; items: T[] }[] = [];
  for (const item of items) {
    const stems = new Set(tokenise(foldText(item.text)).map((token) => stemWord(token.text)));
    const group = groups.find((one) => likeness(one.stems, stems) >= leastLikeness);
    if (group === undefined) groups.push({ stems, items: [item] });
    else group.items.push(item);
  }
  return groups.map((group) => group.items).sort((a, b) => b.length - a.length);
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const stem of a) if (b.has(stem)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
