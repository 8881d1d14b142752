import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storages, type TestStorage } from '../storage/databases.js';
import { ensureBuilt } from './ensure-built.js';
import { runRace } from './race.js';

beforeAll(ensureBuilt, 120_000);

describe.each(storages)('on $name', ({ start }) => {
  let storage: TestStorage;
  beforeAll(async () => {
    storage = await start();
  }, 60_000);
  afterAll(() => storage.stop());

  test('what comes at once ends as one by one, once each', async () => {
    // Many processes share PostgreSQL; a file belongs to one.
    const processes = storage.name === 'postgres' ? 2 : 1;
    const storageUrl = await storage.fresh();
    expect(await runRace({ storageUrl, processes, messages: 50, repeats: 10 })).toEqual([]);
  }, 120_000);
});
