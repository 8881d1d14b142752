import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { append, isOnStream, readAfter } from '../../src/direct-line/stream-log.js';
import { type Db, openDatabase } from '../../src/storage/database.js';
import { createStore, type Store } from '../../src/storage/store.js';
import { startSqlite, storages, type TestStorage } from './databases.js';
import { usualAt as at, writeOf } from './turn-write.js';

test.each([
  ['normal', 1],
  ['full', 2],
] as const)('SQLite waits for the disk as it is told: %s', async (sync, expected) => {
  const storage = await startSqlite();
  const db = await openDatabase(await storage.fresh(), sync);
  const { rows } = await sql`pragma synchronous`.execute(db);
  expect(rows).toEqual([{ synchronous: expected }]);
  await db.destroy();
  await storage.stop();
});

test('a file that is closed answers nothing more, and says so', async () => {
  const storage = await startSqlite();
  const db = await openDatabase(await storage.fresh());
  const store = createStore(db);
  await db.destroy();
  await expect(store.commit(writeOf('1'))).rejects.toThrow('the thread of SQLite has ended');
  await storage.stop();
});

const place = (activityId: string) => ({ conversationId: 'web|talk', personId: 'web|ada', activityId });

describe.each(storages)('$name', ({ start }) => {
  let storage: TestStorage;
  let url: string;
  let db: Db;
  let store: Store;
  beforeAll(async () => {
    storage = await start();
  }, 60_000);
  afterAll(() => storage.stop());
  beforeEach(async () => {
    url = await storage.fresh();
    db = await openDatabase(url);
    store = createStore(db);
    return () => db.destroy();
  });

  test('a new conversation has nothing stored', async () => {
    expect(await store.load(place('1'))).toEqual({
      handled: undefined,
      conversation: undefined,
      personVersion: undefined,
      devices: [],
    });
  });

  test('what a turn writes is what the next one reads', async () => {
    const write = writeOf('1');
    expect(await store.commit(write)).toBe('committed');
    expect(await store.load(place('2'))).toEqual({
      handled: undefined,
      conversation: write.conversation,
      personVersion: 1,
      devices: [write.device],
    });
    expect(await store.messages('web|talk', 10)).toEqual(write.messages);
    expect(await store.outboxRows(['row web|talk 1'])).toEqual(write.outbox);
  });

  test('an activity is handled once, and its answer is kept', async () => {
    await store.commit({ ...writeOf('1'), answerJson: '{"replies":[]}' });
    expect(await store.commit(writeOf('1', { version: 2 }))).toBe('repeated');
    expect((await store.load(place('1'))).handled).toEqual({ answerJson: '{"replies":[]}' });
    expect((await store.load(place('1'))).conversation?.version).toBe(1);
  });

  test('of two turns that read the same version one is told to run again, and wrote nothing', async () => {
    await store.commit(writeOf('1'));
    const results = await Promise.all(['2', '3', '4'].map((id) => store.commit(writeOf(id, { version: 2 }))));
    expect(results.sort()).toEqual(['committed', 'conflict', 'conflict']);
    expect(await store.messages('web|talk', 10)).toHaveLength(2);
  });

  test('a turn that cannot be written leaves nothing behind, and those beside it stand', async () => {
    const write = (name: string) => writeOf('1', { person: `web|${name}`, conversation: `web|of ${name}` });
    const broken = write('bob');
    const message = { ...broken.messages[0]!, seq: null as never };
    const results = await Promise.allSettled([
      store.commit(write('ada')),
      store.commit({ ...broken, messages: [message] }),
      store.commit(write('cy')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const rows = await db.selectFrom('conversations').select('id').orderBy('id').execute();
    expect(rows.map(({ id }) => id)).toEqual(['web|of ada', 'web|of cy']);
    expect(await db.selectFrom('activities').select('activity_id').execute()).toHaveLength(2);
    expect(await store.commit(broken)).toBe('committed');
  });

  test('while a transaction is open, what others ask waits for its end', async () => {
    await store.commit(writeOf('1'));
    let others: Promise<unknown>[] = [];
    await db
      .transaction()
      .execute(async (trx) => {
        await trx.updateTable('people').set({ version: 100 }).execute();
        others = [store.commit(writeOf('2', { version: 2 })), db.selectFrom('people').selectAll().execute()];
        await wait(50);
        throw new Error('undone');
      })
      .catch((error: unknown) => expect(error).toHaveProperty('message', 'undone'));
    expect(await others[0]).toBe('committed');
    expect(await others[1]).toMatchObject([{ id: 'web|ada' }]);
    expect((await store.load(place('3'))).personVersion).toBe(2);
  });

  test('transactions and single statements at once do not come between each other', async () => {
    await store.commit(writeOf('1'));
    const add = (to: Db) =>
      to
        .updateTable('people')
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .execute();
    const inTransaction = () =>
      db.transaction().execute(async (trx) => {
        await trx.selectFrom('people').select('version').execute();
        await add(trx);
      });
    await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? add(db) : inTransaction())));
    expect((await store.load(place('3'))).personVersion).toBe(21);
  });

  test('two conversations that begin at once with one person do not overwrite each other', async () => {
    const other = writeOf('1', { conversation: 'web|other' });
    const results = await Promise.all([store.commit(writeOf('1')), store.commit(other)]);
    expect(results.sort()).toEqual(['committed', 'conflict']);
  });

  test('two processes that start at once both find the tables', async () => {
    const empty = await storage.fresh();
    const opened = await Promise.all([openDatabase(empty), openDatabase(empty), openDatabase(empty)]);
    for (const each of opened) {
      expect(await each.selectFrom('conversations').selectAll().execute()).toEqual([]);
      await each.destroy();
    }
  });

  test('a stream gives each activity a place of its own', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `id ${index}`);
    await Promise.all(ids.map((id) => append(db, 'talk', { id, type: 'message' }, { at })));
    expect(await append(db, 'talk', { id: 'id 3', type: 'message' }, { at })).toBe(false);
    const { activities, watermark } = await readAfter(db, 'talk', 0);
    expect(activities.map((each) => each.id).sort()).toEqual([...ids].sort());
    expect(watermark).toBe(at + 20);
  });

  test('a stream that was cleared goes on beyond the places that readers have reached', async () => {
    await append(db, 'talk', { id: 'old', type: 'message' }, { at });
    const { watermark } = await readAfter(db, 'talk', 0);
    await db.deleteFrom('web_activities').execute();
    await append(db, 'talk', { id: 'new', type: 'message' }, { at: at + 5 });
    expect((await readAfter(db, 'talk', watermark)).activities).toEqual([{ id: 'new', type: 'message' }]);
  });

  test('a reply stands only on the stream of a conversation that is known', async () => {
    const reply = { id: 'reply', type: 'message' };
    expect(await append(db, 'talk', reply, { at, knownAs: 'web|talk' })).toBe(false);
    expect(await isOnStream(db, 'talk', 'reply')).toBe(false);
    await store.commit(writeOf('1'));
    expect(await append(db, 'talk', reply, { at, knownAs: 'web|talk' })).toBe(true);
    expect(await isOnStream(db, 'talk', 'reply')).toBe(true);
  });

  test('what a person is exported is theirs alone, and deleting leaves nothing of it', async () => {
    await store.commit(writeOf('1'));
    await store.commit(writeOf('1', { person: 'web|bob', conversation: 'web|bobs' }));
    await append(db, 'talk', { id: 'x', type: 'message' }, { at });
    const kept = await store.exportPerson('web|ada');
    expect(kept.messages).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain('bob');
    expect(await store.deletePerson('web|ada')).toBe(true);
    expect(await store.deletePerson('web|ada')).toBe(false);
    expect(Object.values(await store.exportPerson('web|ada')).flat()).toEqual([]);
    expect((await readAfter(db, 'talk', 0)).activities).toEqual([]);
    expect((await store.exportPerson('web|bob')).conversations).toHaveLength(1);
  });

  test('a turn that forgets its person leaves nothing but word that it was handled', async () => {
    await store.commit(writeOf('1'));
    await append(db, 'talk', { id: 'x', type: 'message' }, { at });
    const last = { ...writeOf('2', { version: 2 }), answerJson: '{"replies":[]}', forgets: true };
    expect(await store.commit(last)).toBe('committed');
    expect(Object.values(await store.exportPerson('web|ada')).flat()).toEqual([]);
    expect((await readAfter(db, 'talk', 0)).activities).toEqual([]);
    expect(await store.outboxRows(['row web|talk 1', 'row web|talk 2'])).toEqual([]);
    const marks = await db.selectFrom('activities').selectAll().execute();
    expect(marks).toHaveLength(1);
    expect(JSON.stringify(marks)).not.toMatch(/talk|ada/);
    expect((await store.load(place('2'))).handled).toEqual({ answerJson: '{"replies":[]}' });
    expect((await store.load(place('3'))).handled).toBeUndefined();
  });
});
