import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Host } from '../../src/host.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { message, root, scratch, startBot } from './bot.js';

let storage: ReturnType<typeof scratch>;
let host: Host;
let server: RunningServer;
beforeEach(async () => {
  storage = scratch();
  const environment = { PORT: '0', RATE_PER_PERSON: '2', RATE_PER_ADDRESS: '5' };
  host = await startBot({ url: storage.url, environment });
  server = await startServer({ root, config: readConfig(environment), host });
});
afterEach(async () => {
  await server.close();
  storage.remove();
});

const get = (path: string) => fetch(`${server.url}${path}`);

/** A figure of /metrics; undefined when it is not there. */
async function figure(name: string): Promise<number | undefined> {
  const lines = (await (await get('/metrics')).text()).split('\n');
  const line = lines.find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

const send = (id: string, text: string, conversation: string) =>
  fetch(`${server.url}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      ...message(id, text, conversation),
      channelId: 'emulator',
      serviceUrl: 'http://127.0.0.1:9',
      deliveryMode: 'expectReplies',
    }),
  });

describe('health', () => {
  test('is live and ready while it runs', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'live' });
    expect(await (await get('/health/ready')).json()).toEqual({ status: 'ready' });
  });

  test('is not ready, though alive, while the storage is gone', async () => {
    await host.db.schema.dropTable('people').execute();
    const ready = await get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.headers.get('Retry-After')).toBe('5');
    expect(await ready.text()).not.toMatch(/people|SQLITE/);
    expect((await get('/health/live')).status).toBe(200);
  });
});

describe('metrics', () => {
  test('count turns, what was understood and offered, and the outbox', async () => {
    expect(await figure('medic_turn_seconds_count')).toBe(0);
    await send('1', 'not enough storage', 'talk');
    await send('1', 'not enough storage', 'talk');
    expect(await figure('medic_turns_total{channel="other"}')).toBeUndefined();
    expect(await figure('medic_turns_total{channel="emulator"}')).toBe(1);
    expect(await figure('medic_turn_seconds_count')).toBe(1);
    expect(await figure('medic_outbox_depth')).toBe(0);
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/medic_intents_total\{intent="fix\.storage"\} 1/);
    expect(text).not.toMatch(/person of|not enough/);
  });

  test('count requests that fail', async () => {
    await host.db.schema.dropTable('people').execute();
    expect((await send('1', 'not enough storage', 'talk')).status).toBe(503);
    expect(await figure('medic_errors_total{kind="request"}')).toBe(1);
  });
});

describe('limits', () => {
  test('hold for each person by itself', async () => {
    expect((await send('1', 'hello', 'ada')).status).toBe(200);
    expect((await send('2', 'hello', 'ada')).status).toBe(200);
    const refused = await send('3', 'hello', 'ada');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await send('1', 'hello', 'bob')).status).toBe(200);
  });

  test('hold for an address, though never for probes', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await get('/')).status);
    expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 200]);
    expect(statuses[5]).toBe(429);
    for (let i = 0; i < 6; i += 1) expect((await get('/health/live')).status).toBe(200);
  });
});
