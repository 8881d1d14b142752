import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readContent } from '../../knowledge/content.js';
import type { Text } from '../../knowledge/schema.js';
import { topicSchema } from '../../knowledge/schema.js';

/** One text a person reads: where it stands (`file:line`), what it is for, and the words. */
export interface ShownText {
  at: string;
  kind: Kind;
  text: string;
}

type Kind =
  | 'opening'
  | 'ask'
  | 'rephrase'
  | 'why'
  | 'because'
  | 'heard'
  | 'label'
  | 'say'
  | 'lesson'
  | 'also'
  | 'lost'
  | 'loses'
  | 'undo'
  | 'instead'
  | 'copyFirst'
  | 'check'
  | 'tip'
  | 'name'
  | 'link'
  | 'words';

/** Files that hold what people read in the default language. */
export const topicFiles = readdirSync('knowledge/topics')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('knowledge/topics', name));
const wordFiles = readdirSync('knowledge')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('knowledge', name));

/** Every text of topics, words and page, in file order. @throws ContentError for a file that does not load. */
export function shownTexts(): ShownText[] {
  return [...topicFiles.flatMap(textsOfTopic), ...wordFiles.flatMap(textsOfWords)];
}

/** Kind of each field that holds a text, by its name in the schema. */
const kinds: Record<string, Kind> = {
  opening: 'opening',
  ask: 'ask',
  rephrase: 'rephrase',
  why: 'why',
  because: 'because',
  heard: 'heard',
  label: 'label',
  also: 'also',
  lost: 'lost',
  loses: 'loses',
  undo: 'undo',
  instead: 'instead',
  copyFirst: 'copyFirst',
  check: 'check',
  name: 'name',
};

function kindOf(path: readonly (string | number)[]): Kind | undefined {
  const field = path.findLast((part) => typeof part === 'string');
  if (field === 'say') return path[0] === 'lessons' ? 'lesson' : path[0] === 'tips' ? 'tip' : 'say';
  if (field === 'title') return path.includes('links') ? 'link' : 'label';
  return field === undefined ? undefined : kinds[field];
}

function textsOfTopic(file: string): ShownText[] {
  const content = readContent(file, topicSchema);
  return leavesOf(content.value, []).flatMap(({ path, text }) => {
    const kind = kindOf(path);
    return kind === undefined ? [] : [{ at: `${file}:${content.lineOf(path)}`, kind, text }];
  });
}

const textsSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

function textsOfWords(file: string): ShownText[] {
  const content = readContent(file, textsSchema);
  return Object.entries(content.value).flatMap(([id, text]) =>
    variantsOf(text).map((one) => ({
      at: `${file}:${content.lineOf([id])}`,
      kind: 'words' as const,
      text: one,
    })),
  );
}

/** The variants of a text, one at least. */
export function variantsOf(text: Text): string[] {
  return typeof text === 'string' ? [text] : text;
}

type Leaf = { path: (string | number)[]; text: string };

function leavesOf(value: unknown, path: (string | number)[]): Leaf[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, at) => leavesOf(item, [...path, at]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}
