import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A fault in a content file, worded as `file:line path: message`. */
export class ContentError extends Error {
  readonly file: string;
  readonly line: number;
  readonly path: string;

  constructor(file: string, line: number, path: string, fault: string) {
    super(`${file}:${line} ${path === '' ? '' : `${path}: `}${fault}`);
    this.name = 'ContentError';
    this.file = file;
    this.line = line;
    this.path = path;
  }
}

/** Content of one YAML file with the line of every value, for faults that are found later. */
export interface Content<T> {
  value: T;
  file: string;
  /** Line of the value at a path, or of the nearest one above it; the first line is 1. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads a YAML file and checks it.
 * @throws ContentError for the first fault: YAML syntax, or a value that the schema refuses.
 */
export function readContent<S extends z.ZodType>(file: string, schema: S): Content<z.infer<S>> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const fault = document.errors[0];
  if (fault !== undefined) {
    throw new ContentError(file, lines.linePos(fault.pos[0]).line, '', fault.message.split('\n')[0] ?? '');
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const key = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const path = [...(issue?.path ?? []), ...key];
    throw new ContentError(file, lineOf(path), path.join('.'), issue?.message ?? 'invalid');
  }
  return { value: parsed.data, file, lineOf };
}
