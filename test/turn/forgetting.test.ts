import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.js';
import { startForgetting } from '../../src/forgetting.js';
import { type Db, openDatabase } from '../../src/storage/database.js';
import { createStore } from '../../src/storage/store.js';
import { startSqlite, type TestStorage } from '../storage/databases.js';
import { usualAt, writeOf } from '../storage/turn-write.js';

const dayMs = 24 * 3600 * 1000;

let storage: TestStorage;
let db: Db;
beforeEach(async () => {
  storage = await startSqlite();
  db = await openDatabase(await storage.fresh());
  await createStore(db).commit(writeOf('1', { at: usualAt }));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await db.destroy();
  await storage.stop();
});

/** Rows left after `days` and two rounds, by the settings. */
async function leftAfter(days: number, settings: Record<string, string>) {
  const now = () => usualAt + days * dayMs;
  const forgetting = startForgetting({
    db,
    config: readConfig(settings),
    log: pino({ enabled: false }),
    now,
  });
  vi.advanceTimersByTime(2 * 3600_000);
  await forgetting.stop();
  const count = async (table: 'people' | 'messages' | 'phrases') =>
    (await db.selectFrom(table).selectAll().execute()).length;
  return {
    people: await count('people'),
    messages: await count('messages'),
    phrases: await count('phrases'),
  };
}

test.each([
  [29, {}, { people: 1, messages: 1, phrases: 1 }],
  [31, {}, { people: 1, messages: 0, phrases: 1 }],
  [91, {}, { people: 1, messages: 0, phrases: 0 }],
  [366, {}, { people: 0, messages: 0, phrases: 0 }],
  [31, { KEEP_MESSAGES_DAYS: '40' }, { people: 1, messages: 1, phrases: 1 }],
  [3, { KEEP_PHRASES_DAYS: '2' }, { people: 1, messages: 1, phrases: 0 }],
  [3, { KEEP_CONVERSATIONS_DAYS: '2' }, { people: 0, messages: 0, phrases: 0 }],
  [
    9999,
    { KEEP_MESSAGES_DAYS: '0', KEEP_PHRASES_DAYS: '0', KEEP_CONVERSATIONS_DAYS: '0' },
    { people: 1, messages: 1, phrases: 1 },
  ],
])('after %i days with %o there is left %o', async (days, settings, left) => {
  expect(await leftAfter(days, settings)).toEqual(left);
});
