import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storages, type TestStorage } from '../storage/databases.js';
import { runCrash } from './crash.js';
import { ensureBuilt } from './ensure-built.js';

beforeAll(ensureBuilt, 120_000);

/** Five in all: most of the time goes into starting the next process. */
const killsOn = { sqlite: 3, postgres: 2 };

describe.each(storages)('on $name', ({ name, start }) => {
  const kills = killsOn[name];
  let storage: TestStorage;
  beforeAll(async () => {
    storage = await start();
  }, 60_000);
  afterAll(() => storage.stop());

  test('kills lose no message and no reply, and repeat none', async () => {
    const figures = await runCrash({ storageUrl: await storage.fresh(), kills, seed: 1, people: 2 });
    expect(figures.faults).toEqual([]);
    expect(figures.kills).toBe(kills);
    expect(figures.conversations).toBeGreaterThanOrEqual(4);
  }, 120_000);
});
