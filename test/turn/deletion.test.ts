import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Host } from '../../src/host.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { begin, follow, type Opened, pollUntil, postJson } from '../direct-line/page-client.js';
import { storages, type TestStorage } from '../storage/databases.js';
import { message, root, startBot } from './bot.js';

/** Words by which what is left of a person would be found. */
const canaries = ['Quarkington', 'zq@quark.example', '5550199', 'xyzzyplugh'];

/** Long enough that a message fills pages of its own. */
const long = `xyzzyplugh ${'and so on it went '.repeat(400)}`;

const tables = [
  'people',
  'conversations',
  'devices',
  'messages',
  'activities',
  'outbox',
  'facts',
  'phrases',
  'web_activities',
] as const;

describe.each(storages)('on $name', ({ name, start }) => {
  let storage: TestStorage;
  let url: string;
  let hosts: Host[];
  let servers: RunningServer[];
  beforeAll(async () => {
    storage = await start();
  }, 60_000);
  afterAll(() => storage.stop());
  beforeEach(async () => {
    url = await storage.fresh();
    hosts = [];
    servers = [];
    // Two processes share PostgreSQL: the stream hangs on one, messages come to the other.
    for (let at = 0; at < (name === 'postgres' ? 2 : 1); at += 1) {
      const environment = {
        PORT: '0',
        STORAGE_URL: url,
        SIGNING_SECRET: 'the same for both of the processes',
      };
      const host = await startBot({ url, environment, now: Date.now });
      hosts.push(host);
      servers.push(await startServer({ root, config: readConfig(environment), host }));
    }
  });
  afterEach(async () => {
    for (const server of servers) await server.close();
  });

  const first = () => servers[0]?.url ?? '';
  const last = () => servers.at(-1)?.url ?? '';
  const db = () => hosts[0]!.db;

  /** Everything in every table, as text. */
  async function everything(): Promise<string> {
    const rows = await Promise.all(tables.map((table) => db().selectFrom(table).selectAll().execute()));
    return JSON.stringify(rows);
  }

  /** The bytes of every file of the storage; nothing where it has none of its own. */
  function files(): string {
    if (name !== 'sqlite') return '';
    const folder = dirname(url.slice('file:'.length));
    return readdirSync(folder)
      .map((file) => readFileSync(`${folder}/${file}`, 'latin1'))
      .join('\n');
  }

  let count = 0;
  async function say(opened: Opened, text: string): Promise<void> {
    count += 1;
    const body = { type: 'message', text, channelData: { clientActivityID: `c${count}` } };
    const path = `/conversations/${opened.conversationId}/activities`;
    expect((await postJson(first(), path, body, opened.token)).status).toBe(200);
  }

  const streamAt = (server: string, opened: Opened) =>
    follow(opened.streamUrl.replace(/^ws:\/\/[^/]+/, server.replace('http', 'ws')));

  async function tellAll(opened: Opened): Promise<void> {
    await say(opened, 'my name is Otto Quarkington, zq@quark.example, +49 170 5550199');
    await say(opened, long);
    await say(opened, 'not enough storage');
    await say(opened, 'iphone');
  }

  test('a stream at one process gets what another says', async () => {
    const opened = await begin(first());
    const stream = streamAt(last(), opened);
    await say(opened, 'not enough storage');
    await stream.until('not enough storage');
    await pollUntil(first(), opened, 3);
    while (stream.texts().filter((text) => text !== 'typing').length < 3)
      await new Promise((resolve) => setTimeout(resolve, 5));
    stream.socket.close();
  });

  test('what a person had deleted is in no table and no file, and they read the goodbye', async () => {
    const other = await begin(first());
    await say(other, 'help');
    const opened = await begin(first());
    const stream = streamAt(last(), opened);
    await tellAll(opened);
    await pollUntil(first(), opened, 9);
    for (const canary of canaries) {
      expect(await everything()).toContain(canary);
      if (name === 'sqlite') expect(files()).toContain(canary);
    }
    const { person_id } = await db()
      .selectFrom('conversations')
      .select('person_id')
      .where('id', '=', `webchat|${opened.conversationId}`)
      .executeTakeFirstOrThrow();
    const traces = [...canaries, opened.conversationId, person_id.slice('webchat|'.length)];
    await say(opened, 'delete my data');
    await say(opened, 'yes');
    await expect.poll(() => stream.texts().at(-1), { timeout: 5000 }).toMatch(/deleted|gone|forgot/i);
    expect(stream.texts()).toContain('yes');
    const left = await everything();
    for (const trace of traces) {
      expect(left).not.toContain(trace);
      expect(files()).not.toContain(trace);
    }
    expect(left).toContain(other.conversationId);
    // The same page goes on, and is answered on the same stream.
    const before = stream.texts().length;
    await say(opened, 'not enough storage');
    await expect
      .poll(() => stream.texts().slice(before).join(), { timeout: 5000 })
      .toContain('on which phone');
    stream.socket.close();
  });

  test('in a group one person is forgotten, and the others go on', async () => {
    const host = hosts[0]!;
    const inGroup = (id: string, who: string, text: string) => ({
      ...message(id, text),
      conversation: { id: 'the group', isGroup: true, conversationType: 'groupChat', name: '' },
      from: { id: who, name: '' },
    });
    await host.receive(inGroup('1', 'Zed', 'xyzzyplugh'));
    await host.receive(inGroup('2', 'Ada', 'not enough storage'));
    await host.receive(inGroup('3', 'Zed', 'delete my data'));
    await host.receive(inGroup('4', 'Ada', 'iphone'));
    await host.receive(inGroup('5', 'Zed', 'yes'));
    await host.outbox.settled();
    expect(await everything()).not.toMatch(/xyzzyplugh|Zed/);
    const said = (await host.store.messages('terminal|the group|Ada', 10)).map(({ text }) => text);
    expect(said[0]).toBe('not enough storage');
    expect(said.at(-1)).toContain('Which backup');
  });

  test('a person of whom nothing is known is told apart', async () => {
    expect(await hosts[0]!.store.deletePerson('webchat|nobody')).toBe(false);
  });
});
