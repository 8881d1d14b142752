import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.js';
import { openDatabase } from '../../src/storage/database.js';
import { createStore } from '../../src/storage/store.js';
import { startSqlite, type TestStorage } from '../storage/databases.js';
import { writeOf } from '../storage/turn-write.js';
import { ensureBuilt } from './ensure-built.js';

let storage: TestStorage;
let url: string;
beforeAll(async () => {
  await ensureBuilt();
  storage = await startSqlite();
  url = await storage.fresh();
  const db = await openDatabase(url);
  const store = createStore(db);
  await store.commit(writeOf('1'));
  await store.commit(writeOf('1', { person: 'web|bob', conversation: 'web|bobs' }));
  await db.destroy();
}, 120_000);
afterAll(() => storage.stop());

/** What the command prints; the person's mistakes are on the other output. */
async function run(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const script = join(projectRoot(), 'dist/src/cli/data.js');
  const env = { PATH: process.env.PATH, STORAGE_URL: url };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args], { env });
    return { code: 0, out: stdout, errors: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, errors: stderr };
  }
}

test('a person is exported, deleted, and then unknown', async () => {
  const exported = await run('export', 'web|ada');
  expect(JSON.parse(exported.out)).toMatchObject({
    people: [{ id: 'web|ada' }],
    messages: [{ text: 'said 1' }],
  });
  expect(exported.out).not.toContain('bob');
  expect(await run('delete', 'web|ada')).toMatchObject({ code: 0, errors: '' });
  for (const command of ['export', 'delete']) {
    const { code, out, errors } = await run(command, 'web|ada');
    expect({ code, out, errors }).toEqual({ code: 1, out: '', errors: 'Nothing is kept about web|ada.\n' });
  }
  expect((await run('export', 'web|bob')).code).toBe(0);
});

test('anything else gets the usage', async () => {
  for (const args of [[], ['export'], ['forget', 'web|ada'], ['delete', 'a', 'b']]) {
    const { code, errors } = await run(...args);
    expect(code).toBe(1);
    expect(errors).toMatch(/^Usage: npm run -s data/);
  }
});
