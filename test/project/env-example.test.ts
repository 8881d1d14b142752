import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readConfig, settingNames } from '../../src/config.js';

const example = readFileSync('.env.example', 'utf8');

test('.env.example holds every setting and no other', () => {
  expect(Object.keys(parseEnv(example)).sort()).toEqual([...settingNames].sort());
});

test('every setting there has a comment right above it', () => {
  const lines = example.split('\n');
  const bare = lines.filter((line, at) => /^\w+=/.test(line) && !lines[at - 1]?.startsWith('# '));
  expect(bare).toEqual([]);
});

test('the example as it stands changes nothing', () => {
  expect(readConfig({ ...parseEnv(example) })).toEqual(readConfig({}));
});
