import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { topicJsonSchema } from '../../knowledge/schema.js';
import { topicFiles } from './shown-texts.js';

test('the JSON Schema that editors read is the one of the code (npm run schema writes it)', () => {
  const written = JSON.parse(readFileSync('knowledge/topic.schema.json', 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(topicJsonSchema())));
});

test('every topic names the JSON Schema in its first line', () => {
  const first = topicFiles.map((file) => readFileSync(file, 'utf8').split('\n')[0]);
  expect(new Set(first)).toEqual(new Set(['# yaml-language-server: $schema=../topic.schema.json']));
});
