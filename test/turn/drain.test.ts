import type { Activity } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, SendResult } from '../../src/channels/channel.js';
import { readConfig } from '../../src/config.js';
import type { Host } from '../../src/host.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { begin } from '../direct-line/page-client.js';
import { message, root, scratch, startBot, textsOf, wire } from './bot.js';
import { type Answer, callPort, expectRefusal } from './http-client.js';

let storage: ReturnType<typeof scratch>;
let host: Host;
let server: RunningServer;
let port: number;

/** A gate that what is under way waits at. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Starts the product; every turn tells `onTurn`, and goes on when that settles. */
async function start(options: { terminal?: Channel; onTurn?: () => Promise<void> } = {}): Promise<void> {
  const environment = { PORT: '0', STORAGE_URL: storage.url };
  host = await startBot({ url: storage.url, environment, terminal: options.terminal ?? wire() });
  const { turn } = host;
  host.turn = async (context) => {
    await options.onTurn?.();
    await turn(context);
  };
  server = await startServer({ root, config: readConfig(environment), host });
  port = Number(new URL(server.url).port);
}

beforeEach(() => {
  storage = scratch();
});
afterEach(async () => {
  await server.close().catch(() => undefined);
  storage.remove();
});

const activity = (id: string) =>
  JSON.stringify({
    ...message(id, 'not enough storage', 'drain'),
    channelId: 'emulator',
    serviceUrl: 'http://127.0.0.1:9',
    deliveryMode: 'expectReplies',
  });

const get = (path: string) => callPort(port, { method: 'GET', path });

function expectComeAgain(answer: Answer): void {
  expectRefusal(answer, 503);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
}

describe('a process that stops', () => {
  test('ends the turn under way, and sends everybody else elsewhere meanwhile', async () => {
    const begun = gate();
    const hold = gate();
    const onTurn = () => {
      begun.open();
      return hold.opened;
    };
    await start({ onTurn });
    const opened = await begin(server.url);
    const underWay = callPort(port, { body: activity('1') });
    await begun.opened;
    const closed = server.close();
    expectComeAgain(await callPort(port, { body: activity('2') }));
    expectComeAgain(await get('/'));
    expectComeAgain(await get('/health/ready'));
    expectComeAgain(await get(`/v3/directline/conversations/${opened.conversationId}`));
    expect((await get('/health/live')).status).toBe(200);
    hold.open();
    const { status, text } = await underWay;
    expect(status).toBe(200);
    expect(text).toContain('iPhone');
    await closed;
    await expect(get('/health/live')).rejects.toThrow();
  });

  test('sends what is not sent yet, all of it and in order', async () => {
    const hold = gate();
    const terminal = wire();
    const slow: Channel = {
      async send(address, sent, id): Promise<SendResult> {
        await hold.opened;
        return terminal.send(address, sent, id);
      },
    };
    await start({ terminal: slow });
    for (const id of ['1', '2', '3']) await host.receive(message(id, 'hello'));
    const closed = server.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(terminal.sent).toEqual([]);
    hold.open();
    await closed;
    expect(terminal.sent).toHaveLength(3);
  });

  test('leaves what the channel does not take for the next start, in order', async () => {
    const terminal = wire();
    const refusing: Channel = {
      async send(_address, sent: Partial<Activity>): Promise<SendResult> {
        terminal.sent.push(sent);
        return { status: 'retryAfter', ms: 60_000 };
      },
    };
    await start({ terminal: refusing });
    for (const id of ['1', '2']) await host.receive(message(id, 'not enough storage'));
    await server.close();
    expect(terminal.sent).toHaveLength(1);
    const later = wire();
    const next = await startBot({ url: storage.url, terminal: later });
    await next.outbox.resume();
    await next.outbox.settled();
    expect(later.sent.length).toBeGreaterThan(1);
    expect(textsOf(later.sent)[0]).toBe(textsOf(terminal.sent)[0]);
    await next.close();
  });
});

describe('storage that is down', () => {
  test('is answered with 503 everywhere, and nothing of it is told', async () => {
    await start();
    const opened = await begin(server.url);
    await host.db.destroy();
    const headers = { Authorization: `Bearer ${opened.token}` };
    const path = `/v3/directline/conversations/${opened.conversationId}/activities`;
    expectComeAgain(await callPort(port, { body: activity('1') }));
    expectComeAgain(await callPort(port, { path, headers, body: '{"type":"message","text":"hello"}' }));
    expectComeAgain(await callPort(port, { method: 'GET', path, headers }));
    expectComeAgain(await get('/health/ready'));
    expectComeAgain(await get('/metrics'));
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/')).status).toBe(200);
  });

  test('loses nothing: the channel tries again, and the turn runs once', async () => {
    await start();
    await host.db.schema.alterTable('messages').renameTo('away').execute();
    expectComeAgain(await callPort(port, { body: activity('1') }));
    await host.db.schema.alterTable('away').renameTo('messages').execute();
    for (let time = 0; time < 2; time += 1) {
      expect((await callPort(port, { body: activity('1') })).status).toBe(200);
    }
    const rows = await host.db.selectFrom('messages').select('side').where('side', '=', 'person').execute();
    expect(rows).toHaveLength(1);
  });
});
