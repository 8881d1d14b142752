import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'summary-'));
  const reporter = pathToFileURL(resolve('test/project/summary-reporter.ts'));
  writeFileSync(
    join(folder, 'vitest.config.mjs'),
    `import { SummaryReporter } from ${JSON.stringify(reporter.pathname)};
     export default { test: { globals: true, include: ['*.test.js'], reporters: ['dot', new SummaryReporter()] } };`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

function runTests(files: Record<string, string>): { status: number | null; lastLine: string | undefined } {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const vitest = resolve('node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', '--root', folder], {
    encoding: 'utf8',
    env: withoutVitest(),
  });
  return { status: run.status, lastLine: run.stdout.trimEnd().split('\n').at(-1) };
}

/** A test run inside a test run must not believe to be one of its workers. */
function withoutVitest(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
}

test('the last line counts what passed, and the run ends well', () => {
  const files = { 'good.test.js': "test('a', () => {}); test.skip('b', () => {});" };
  expect(runTests(files)).toEqual({ status: 0, lastLine: '1 passed, 0 failed, 1 skipped' });
});

test('a failed test and a file that does not load count as failed', () => {
  const files = {
    'bad.test.js': "test('a', () => {}); test('b', () => { throw new Error('b'); });",
    'broken.test.js': "throw new Error('does not load');",
  };
  expect(runTests(files)).toEqual({ status: 1, lastLine: '1 passed, 2 failed, 0 skipped' });
});
