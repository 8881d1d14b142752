import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { message, scratch, startBot, textsOf, type Wire, wire } from './bot.js';

let storage: ReturnType<typeof scratch>;
let terminal: Wire;
beforeEach(() => {
  storage = scratch();
  terminal = wire();
});
afterEach(() => storage.remove());

describe('a reply that could not be sent', () => {
  test('is sent by the next process, with the same id', async () => {
    const first = await startBot({ url: storage.url, terminal });
    const tried: (string | undefined)[] = [];
    const { send } = terminal;
    terminal.send = async (_address, _activity, id) => {
      tried.push(id);
      return { status: 'retryAfter', ms: 600_000 };
    };
    await first.receive(message('1', 'not enough storage'));
    await first.outbox.drain(50);
    await first.close();
    terminal.send = send;
    const second = await startBot({ url: storage.url, terminal });
    await second.outbox.resume();
    await second.outbox.settled();
    expect(terminal.sent.map((one) => one.id)).toEqual(tried.slice(0, 1));
    expect(textsOf(terminal.sent).join()).toContain('iPhone');
    await second.outbox.resume();
    await second.outbox.settled();
    expect(terminal.sent).toHaveLength(1);
    await second.close();
  });

  test('is tried again by the same process, before what came later', async () => {
    const host = await startBot({ url: storage.url, terminal });
    terminal.results.push({ status: 'retryAfter', ms: 0 });
    await host.receive(message('1', 'not enough storage'));
    await host.receive(message('2', 'iphone'));
    await host.outbox.settled();
    const texts = textsOf(terminal.sent);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain('iPad');
    expect(texts[1]).toContain('iCloud');
    await host.close();
  });

  test('is given up when the channel refuses it, and holds up nothing', async () => {
    const host = await startBot({ url: storage.url, terminal });
    terminal.results.push({ status: 'refused', reason: 'the window is closed' });
    await host.receive(message('1', 'not enough storage'));
    await host.receive(message('2', 'iphone'));
    await host.outbox.settled();
    const rows = await host.db.selectFrom('outbox').select(['status', 'attempts']).orderBy('seq').execute();
    expect(rows).toEqual([
      { status: 'refused', attempts: 1 },
      { status: 'sent', attempts: 1 },
    ]);
    await host.close();
  });

  test('holds up no other conversation', async () => {
    const host = await startBot({ url: storage.url, terminal });
    terminal.results.push({ status: 'retryAfter', ms: 300 });
    await host.receive(message('1', 'not enough storage', 'slow'));
    await host.receive(message('1', 'wifi keeps dropping', 'quick'));
    await host.outbox.settled();
    expect(terminal.sent.map((one) => one.conversation?.id)).toEqual(['quick', 'slow']);
    await host.close();
  });
});

describe('a channel of the Bot Framework', () => {
  let connector: Server;
  let posts: { path: string; body: Partial<Activity> }[];
  let statuses: number[];
  beforeEach(async () => {
    posts = [];
    statuses = [];
    connector = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        posts.push({ path: request.url ?? '', body: JSON.parse(body) });
        response.writeHead(statuses.shift() ?? 200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ id: `theirs-${posts.length}` }));
      });
    });
    await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => connector.close(resolve)));

  const activity = (id: string, text: string): Activity => {
    const { port } = connector.address() as AddressInfo;
    return {
      ...message(id, text),
      channelId: 'emulator',
      serviceUrl: `http://127.0.0.1:${port}`,
    } as Activity;
  };

  test('gets the reply at its service URL, and its id is kept', async () => {
    const host = await startBot({ url: storage.url });
    await host.adapter.fromBotFramework('', activity('1', 'not enough storage'), host.turn);
    await host.outbox.settled();
    expect(posts.map((one) => one.path)).toEqual(['/v3/conversations/talk/activities/1']);
    expect(posts[0]?.body).toMatchObject({
      type: 'message',
      replyToId: '1',
      recipient: { id: 'person of talk' },
    });
    const row = await host.db.selectFrom('outbox').selectAll().executeTakeFirst();
    expect(row).toMatchObject({ status: 'sent', channel_message_id: 'theirs-1' });
    await host.close();
  });

  test('a repeat of the activity sends nothing again', async () => {
    const host = await startBot({ url: storage.url });
    for (let time = 0; time < 2; time += 1) {
      await host.adapter.fromBotFramework('', activity('1', 'not enough storage'), host.turn);
      await host.outbox.settled();
    }
    expect(posts).toHaveLength(1);
    await host.close();
  });

  test('is tried again when it is busy', async () => {
    const host = await startBot({ url: storage.url });
    statuses.push(429);
    await host.adapter.fromBotFramework('', activity('1', 'not enough storage'), host.turn);
    await host.outbox.settled();
    expect(posts.length).toBeGreaterThan(1);
    expect(await host.db.selectFrom('outbox').select('status').execute()).toEqual([{ status: 'sent' }]);
    await host.close();
  });

  test('is not tried again when it refuses', async () => {
    const host = await startBot({ url: storage.url });
    statuses.push(403);
    await host.adapter.fromBotFramework('', activity('1', 'not enough storage'), host.turn);
    await host.outbox.settled();
    expect(posts).toHaveLength(1);
    expect(await host.db.selectFrom('outbox').select('status').execute()).toEqual([{ status: 'refused' }]);
    await host.close();
  });
});
