import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Host } from '../../src/host.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { message, root, scratch, startBot, wire } from '../turn/bot.js';
import { type Connector, startConnector } from './connector.js';

/** Writes in a conversation whose replies go to `serviceUrl`; the status of the answer. */
async function write(server: RunningServer, serviceUrl: string, conversation: string): Promise<number> {
  const activity = {
    ...message('1', 'not enough storage', conversation),
    channelId: 'emulator',
    serviceUrl,
  };
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify(activity);
  return (await fetch(`${server.url}/api/messages`, { method: 'POST', headers, body })).status;
}

describe('while the service of one channel hangs', () => {
  const storage = scratch();
  let hanging: Server;
  let calls = 0;
  let good: Connector;
  let host: Host;
  let server: RunningServer;
  const hangingUrl = () => `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;

  beforeAll(async () => {
    hanging = createServer(() => {
      calls += 1;
    });
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', () => resolve()));
    good = await startConnector();
    const environment = { PORT: '0', STORAGE_URL: storage.url };
    host = await startBot({ url: storage.url, environment });
    server = await startServer({ root, config: readConfig(environment), host });
  });
  afterAll(async () => {
    hanging.closeAllConnections();
    hanging.close();
    await server.close();
    await good.close();
    storage.remove();
  });

  test('everybody else is answered', async () => {
    for (let at = 0; at < 10; at += 1) {
      expect(await write(server, hangingUrl(), `hanging ${at}`)).toBe(200);
      expect(await write(server, 'http://127.0.0.1:1', `refused ${at}`)).toBe(200);
    }
    await vi.waitFor(() => expect(calls).toBe(10));
    for (let at = 0; at < 20; at += 1) expect(await write(server, good.url, `good ${at}`)).toBe(200);
    await vi.waitFor(() => expect(good.calls).toHaveLength(20), { timeout: 5000 });
    const rows = await host.db.selectFrom('outbox').select(['conversation_id', 'status']).execute();
    const states = (name: string) =>
      new Set(rows.filter((row) => row.conversation_id.includes(name)).map((row) => row.status));
    expect(states('good')).toEqual(new Set(['sent']));
    expect(states('hanging')).toEqual(new Set(['pending']));
    expect(states('refused')).toEqual(new Set(['pending']));
  });
});

describe('a channel that takes nothing', () => {
  const storage = scratch();
  const log: string[] = [];
  const at: number[] = [];
  let host: Host;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    at.length = 0;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await host.close();
    storage.remove();
  });

  async function writeAndWait(send: () => Promise<never> | Promise<{ status: 'retryAfter'; ms: number }>) {
    const terminal = wire();
    terminal.send = async () => {
      at.push(Date.now());
      return await send();
    };
    host = await startBot({ url: storage.url, terminal, onLog: (line) => log.push(line) });
    await host.receive(message('1', 'not enough storage'));
    for (let second = 0; second < 600; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      // What was written down meanwhile is, once a later question is answered: the clock waits for no disk.
      await host.db.selectFrom('outbox').select('id').execute();
    }
  }

  test('is asked eight times, ever later, and then given up loudly', async () => {
    await writeAndWait(async () => ({ status: 'retryAfter', ms: 0 }));
    expect(at).toHaveLength(8);
    const waits = at.slice(1).map((time, before) => time - (at[before] ?? 0));
    for (const [times, wait] of waits.entries()) {
      const doubled = Math.min(60_000, 1000 * 2 ** times);
      expect(wait).toBeGreaterThanOrEqual(doubled / 2 - 1);
      expect(wait).toBeLessThanOrEqual(doubled + 1000);
    }
    // Jitter: waits that are all whole would have senders march in step.
    expect(new Set(waits.map((wait) => wait % 500)).size).toBeGreaterThan(1);
    expect(log.join()).toContain('a reply was given up');
    expect((await host.metrics.read()).text).toContain('medic_errors_total{kind="outbox"} 1');
  });

  test('is not waited for beyond the deadline of a call', async () => {
    await writeAndWait(() => new Promise<never>(() => undefined));
    expect(at).toHaveLength(8);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(15_000);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeLessThan(18_000);
  });
});
