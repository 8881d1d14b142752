import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.js';
import { storages, type TestStorage } from '../storage/databases.js';
import { ensureBuilt } from './ensure-built.js';

beforeAll(ensureBuilt, 120_000);

/** A process that waits to open the storage. */
async function opener(url: string) {
  const script = join(projectRoot(), 'test/processes/open-process.mjs');
  const child = spawn(process.execPath, [script, url], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (bytes) => (output += bytes));
  child.stderr.on('data', (bytes) => (output += bytes));
  await once(child.stdout, 'data');
  return async (): Promise<string> => {
    child.stdin.write('go\n');
    await once(child, 'close');
    return output;
  };
}

describe.each(storages)('on $name', ({ start }) => {
  let storage: TestStorage;
  beforeAll(async () => {
    storage = await start();
  }, 60_000);
  afterAll(() => storage.stop());

  test('processes that start at once over an empty storage all find the tables', async () => {
    const url = await storage.fresh();
    const openers = await Promise.all(Array.from({ length: 4 }, () => opener(url)));
    const outputs = await Promise.all(openers.map((open) => open()));
    expect(outputs).toEqual(outputs.map(() => 'loaded\n0 people\n'));
  });
});
