import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LabelledText } from '../../../intents/evaluation/examples-file.js';
import type { Examples } from './job.js';

const rows = z.array(z.object({ text: z.string(), intent: z.string() }));

/** A set of labelled texts in a folder: train.json and test.json, and what is out of scope by kind. */
export interface PublicSet {
  train: Examples;
  test: LabelledText[];
  validation: LabelledText[];
  outOfScope: Record<string, LabelledText[]>;
}

const outside: readonly [kind: string, file: string][] = [
  ['all', 'oos_test.json'],
  ['far', 'oos_far.json'],
  ['near', 'oos_near.json'],
  ['validation', 'oos_val.json'],
];

/** Reads the set in `folder`; files that are not there leave their part empty. @throws when train.json is missing */
export function readPublicSet(folder: string): PublicSet {
  const read = (file: string, kind?: string): LabelledText[] => {
    const path = join(folder, file);
    if (!existsSync(path)) return [];
    return rows.parse(JSON.parse(readFileSync(path, 'utf8'))).map(({ text, intent }) => ({
      text,
      intent: kind === undefined ? intent : 'oos',
      alternatives: [],
      ...(kind === undefined ? {} : { kind }),
    }));
  };
  const train: Examples = {};
  for (const { text, intent } of rows.parse(JSON.parse(readFileSync(join(folder, 'train.json'), 'utf8')))) {
    train[intent] = [...(train[intent] ?? []), text];
  }
  return {
    train,
    test: read('test.json'),
    validation: read('val.json'),
    outOfScope: Object.fromEntries(outside.map(([kind, file]) => [kind, read(file, kind)])),
  };
}
