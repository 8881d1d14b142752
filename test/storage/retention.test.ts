import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { append, readAfter } from '../../src/direct-line/stream-log.js';
import { type Db, openDatabase } from '../../src/storage/database.js';
import { forgetOld } from '../../src/storage/retention.js';
import { createStore, type Store } from '../../src/storage/store.js';
import { storages, type TestStorage } from './databases.js';
import { writeOf } from './turn-write.js';

const dayMs = 24 * 3600 * 1000;
const now = Date.UTC(2026, 0, 31);
const forever = { messageDays: 0, conversationDays: 0, phraseDays: 0 };

describe.each(storages)('on $name', ({ start }) => {
  let storage: TestStorage;
  let db: Db;
  let store: Store;
  beforeAll(async () => {
    storage = await start();
  }, 60_000);
  afterAll(() => storage.stop());
  beforeEach(async () => {
    db = await openDatabase(await storage.fresh());
    store = createStore(db);
    return () => db.destroy();
  });

  /** Two people with a conversation each, one from 40 days ago and one from yesterday. */
  async function fill(): Promise<void> {
    for (const [name, days] of [
      ['ada', 40],
      ['bob', 1],
    ] as const) {
      const at = now - days * dayMs;
      await append(db, name, { id: `said by ${name}`, type: 'message' }, { at });
      await store.commit(
        writeOf('1', { conversation: `web|${name}`, person: `web|${name}`, at, status: 'sent' }),
      );
    }
  }

  /** Rows left of each table. */
  async function countRows(): Promise<Record<string, number>> {
    const out: Record<string, number> = {};
    for (const table of [
      'people',
      'conversations',
      'devices',
      'messages',
      'activities',
      'outbox',
      'facts',
      'phrases',
      'web_activities',
    ] as const) {
      out[table] = (await db.selectFrom(table).selectAll().execute()).length;
    }
    return out;
  }

  const all = {
    people: 2,
    conversations: 2,
    devices: 2,
    messages: 2,
    activities: 2,
    outbox: 2,
    facts: 2,
    phrases: 2,
    web_activities: 2,
  };

  test('zero days keep everything', async () => {
    await fill();
    expect(await forgetOld(db, forever, now)).toBe(0);
    expect(await countRows()).toEqual(all);
  });

  test('old words go from every table that holds them, new ones stay', async () => {
    await fill();
    await forgetOld(db, { ...forever, messageDays: 30 }, now);
    expect(await countRows()).toEqual({ ...all, messages: 1, activities: 1, outbox: 1, web_activities: 1 });
    expect((await store.messages('web|bob', 10)).length).toBe(1);
    expect((await readAfter(db, 'bob', 0)).activities).toHaveLength(1);
  });

  test('old phrases go', async () => {
    await fill();
    await forgetOld(db, { ...forever, phraseDays: 30 }, now);
    expect(await countRows()).toEqual({ ...all, phrases: 1 });
  });

  test('people who have not written for long go with all they had', async () => {
    await fill();
    expect(await forgetOld(db, { ...forever, conversationDays: 30 }, now)).toBe(1);
    expect(Object.values(await countRows())).toEqual(Object.values(all).map(() => 1));
    expect((await store.exportPerson('web|bob')).conversations).toHaveLength(1);
  });

  test('of somebody who still writes an old conversation goes with all that belongs to it', async () => {
    await fill();
    const again = writeOf('2', { conversation: 'web|new', person: 'web|ada', at: now, personVersion: 1 });
    expect(await store.commit(again)).toBe('committed');
    expect(await forgetOld(db, { ...forever, conversationDays: 30 }, now)).toBe(0);
    expect(await countRows()).toEqual({ ...all, web_activities: 1 });
    expect((await store.exportPerson('web|ada')).facts).toHaveLength(1);
  });

  test('what waits to be sent stays', async () => {
    const at = now - 40 * dayMs;
    await store.commit(writeOf('1', { at, status: 'pending' }));
    await forgetOld(db, { ...forever, messageDays: 30 }, now);
    expect((await countRows()).outbox).toBe(1);
  });
});
