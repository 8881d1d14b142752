import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlias, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { emptyLexicon, type Lexicon } from './lexicon.js';

/** A file of examples or words that cannot be read; the message names file, line and place. */
export class ExamplesError extends Error {
  override name = 'ExamplesError';
  constructor(file: string, line: number, place: string, problem: string) {
    super(`${file}:${line} ${place}: ${problem}`);
  }
}

/** Texts by label, from `<folder>/<label>.yaml`, labels in order of the alphabet. @throws ExamplesError */
export function readExamples(folder: string): Record<string, string[]> {
  const examples: Record<string, string[]> = {};
  for (const file of yamlFiles(folder)) {
    examples[file.replace(/\.yaml$/u, '')] = parseChecked(
      join(folder, file),
      z.array(z.string().min(1)).min(1),
    );
  }
  return examples;
}

const phrases = z.record(z.string(), z.array(z.string().min(1)));

/** The lexicon in `folder`; a file that is not there leaves its part empty. @throws ExamplesError */
export function readLexicon(folder: string): Lexicon {
  const present = new Set(yamlFiles(folder));
  const read = (name: string) =>
    present.has(`${name}.yaml`) ? parseChecked(join(folder, `${name}.yaml`), phrases) : {};
  const entities = present.has('entities.yaml')
    ? parseChecked(join(folder, 'entities.yaml'), z.record(z.string(), phrases))
    : {};
  return {
    ...emptyLexicon,
    spellings: read('spellings'),
    concepts: read('concepts'),
    cues: read('cues'),
    causes: read('causes'),
    entities,
  };
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => entry.name)
    .sort();
}

function parseChecked<Shape>(file: string, schema: z.ZodType<Shape>): Shape {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const fault = document.errors[0];
  if (fault !== undefined) throw new ExamplesError(file, lines.linePos(fault.pos[0]).line, '', fault.message);
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? String(part) : part));
  const node = document.getIn(path, true);
  const offset = rangeStart(node) ?? (isSeq(document.contents) ? document.contents.range?.[0] : 0) ?? 0;
  throw new ExamplesError(file, lines.linePos(offset).line, path.join('.'), issue?.message ?? 'wrong shape');
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || isAlias(node) || !('range' in node)) return undefined;
  const range: unknown = node.range;
  const first: unknown = Array.isArray(range) ? range[0] : undefined;
  return typeof first === 'number' ? first : undefined;
}
