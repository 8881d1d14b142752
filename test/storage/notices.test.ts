import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createNotices, type Notices } from '../../src/storage/notices.js';
import { storages, type TestStorage } from './databases.js';

const shared = storages.filter(({ name }) => name === 'postgres');

describe.each(shared)('on $name', ({ start }) => {
  let storage: TestStorage;
  let url: string;
  let one: Notices;
  let two: Notices;
  let heard: string[];
  beforeAll(async () => {
    storage = await start();
  }, 60_000);
  afterAll(() => storage.stop());
  beforeEach(async () => {
    url = await storage.fresh();
    heard = [];
    one = createNotices(url);
    two = createNotices(url);
    for (const [name, notices] of Object.entries({ one, two })) {
      notices.listen({
        grown: (conversation) => heard.push(`${name}: ${conversation}`),
        shown: (conversation, { text }) => heard.push(`${name}: ${conversation} ${text}`),
        missed: () => heard.push(`${name} may have missed some`),
      });
    }
    await hears('one may have missed some', 'two may have missed some');
    heard.length = 0;
  });
  afterEach(async () => {
    await Promise.all([one.close(), two.close()]);
  });

  const hears = (...lines: string[]) =>
    expect.poll(() => heard, { timeout: 15_000 }).toEqual(expect.arrayContaining(lines));

  test('a process hears what another tells, and not itself', async () => {
    one.tell('talk');
    one.tell('talk', { type: 'message', text: 'goodbye' });
    await hears('two: talk', 'two: talk goodbye');
    two.tell('other');
    await hears('one: other');
    expect(heard).toHaveLength(3);
  });

  test('what is no notice, or too long for one, harms nobody', async () => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query("select pg_notify('backup_medic_streams', 'rubbish')");
    await client.end();
    one.tell('talk', { type: 'message', text: 'x'.repeat(9000) });
    one.tell('talk');
    await hears('two: talk');
    expect(heard).toHaveLength(1);
  });

  test('a connection that broke comes back, and says so', async () => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.end();
    await hears('one may have missed some', 'two may have missed some');
    one.tell('talk');
    await hears('two: talk');
  });
});

if (shared.length === 0) {
  test('there is no PostgreSQL to tell by here', () => expect(process.env.CI).toBeUndefined());
}
