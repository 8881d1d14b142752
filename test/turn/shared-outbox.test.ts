import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../src/host.js';
import { storages, type TestStorage } from '../storage/databases.js';
import { message, startBot, textsOf, type Wire, wire } from './bot.js';

// What many processes send out of one outbox: PostgreSQL alone is shared by many.
const shared = storages.filter(({ name }) => name === 'postgres');

describe.each(shared)('on $name', ({ start }) => {
  let storage: TestStorage;
  let url: string;
  let hosts: Host[];
  beforeAll(async () => {
    storage = await start();
  }, 60_000);
  afterAll(() => storage.stop());
  beforeEach(async () => {
    url = await storage.fresh();
    hosts = [];
  });
  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.close()));
  });

  async function startOn(terminal: Wire, quietMs: number): Promise<Host> {
    const environment = { SIGNING_SECRET: 'the same for both of the processes' };
    const host = await startBot({ url, terminal, quietMs, environment, now: Date.now });
    hosts.push(host);
    return host;
  }

  /** A channel that does not answer until it is told to. */
  function stuck(): { terminal: Wire; tried: string[]; release(): void } {
    const terminal = wire();
    const { send } = terminal;
    const tried: string[] = [];
    let release = (): void => {};
    const freed = new Promise<void>((resolve) => {
      release = resolve;
    });
    terminal.send = async (address, activity, id) => {
      tried.push(id);
      await freed;
      return send(address, activity, id);
    };
    return { terminal, tried, release };
  }

  test('what a process that is gone has not sent, another sends once, with the same id', async () => {
    const gone = stuck();
    const first = await startOn(gone.terminal, 400);
    await first.receive(message('1', 'not enough storage'));
    await expect.poll(() => gone.tried, { timeout: 10_000 }).toHaveLength(1);
    const [one, two] = [wire(), wire()];
    for (const terminal of [one, two]) await (await startOn(terminal, 400)).outbox.resume();
    await expect
      .poll(() => [...one.sent, ...two.sent].map((each) => each.id), { timeout: 10_000 })
      .toEqual(gone.tried);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect([...one.sent, ...two.sent]).toHaveLength(1);
    gone.release();
  });

  test('what a process is still sending, another leaves to it', async () => {
    const slow = stuck();
    const first = await startOn(slow.terminal, 60_000);
    await first.receive(message('1', 'not enough storage'));
    await expect.poll(() => slow.tried, { timeout: 10_000 }).toHaveLength(1);
    const other = wire();
    const second = await startOn(other, 60_000);
    await second.outbox.resume();
    await second.receive(message('2', 'iphone'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    // Nor does the next reply overtake the one before it.
    expect(other.sent).toEqual([]);
    slow.release();
    await expect.poll(() => textsOf(other.sent).join(), { timeout: 10_000 }).toContain('iCloud');
    expect(textsOf(slow.terminal.sent).join()).toContain('iPad');
    expect(other.sent).toHaveLength(1);
  });
});

if (shared.length === 0) {
  test('there is no PostgreSQL to share here', () => expect(process.env.CI).toBeUndefined());
}
