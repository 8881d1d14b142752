import { z } from 'zod';
import { readContent } from './content.js';
import type { Slots } from './text.js';
import { fill } from './text.js';

const wordsSchema = z.record(
  z.string().regex(/^[a-z][a-zA-Z0-9.-]*$/),
  z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
);

/** What the bot says beside the topics, by id. */
export interface Words {
  /** The text of this id with its slots filled. @throws RangeError when the id or a slot is missing. */
  say(id: string, slots?: Slots): string;
  ids(): string[];
}

/** Reads the bot's own words. @throws ContentError naming file, line and id. */
export function loadWords(file: string): Words {
  const { value: texts } = readContent(file, wordsSchema);
  return {
    say(id, slots) {
      const text = texts[id];
      if (text === undefined) throw new RangeError(`words: there is no text "${id}" in ${file}`);
      const filled = fill(text, slots);
      if (filled === undefined) throw new RangeError(`words: a slot of "${id}" is not filled`);
      return filled;
    },
    ids: () => Object.keys(texts),
  };
}
