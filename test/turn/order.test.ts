import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../src/host.js';
import { talk } from '../processes/talk.js';
import { message, scratch, startBot, storedOf, textsOf, wire } from './bot.js';

let storage: ReturnType<typeof scratch>;
let hosts: Host[];
beforeEach(() => {
  storage = scratch();
  hosts = [];
});
afterEach(async () => {
  for (const host of hosts) await host.close();
  storage.remove();
});

async function start(name: string, terminal = wire()): Promise<Host> {
  const host = await startBot({ url: `file:${storage.path}/${name}.db`, terminal });
  hosts.push(host);
  return host;
}

/** The session without the random id of its device. */
function withoutId({ deviceId, ...rest }: Record<string, unknown>): unknown {
  expect(deviceId).toBeTypeOf('string');
  return rest;
}

describe('messages of one conversation', () => {
  test('twenty at once end as twenty one by one', async () => {
    const [slowly, atOnce] = [wire(), wire()];
    const first = await start('slowly', slowly);
    for (const [at, text] of talk.entries()) await first.receive(message(`${at}`, text));
    await first.outbox.settled();
    const second = await start('at-once', atOnce);
    await Promise.all(talk.map((text, at) => second.receive(message(`${at}`, text))));
    await second.outbox.settled();
    const known = async (host: Host) => {
      const { row, device, state } = await storedOf(host);
      return { version: row.version, session: withoutId(state.session), device: device?.state_json };
    };
    expect(await known(second)).toEqual(await known(first));
    expect(textsOf(atOnce.sent)).toEqual(textsOf(slowly.sent));
    expect(atOnce.sent.length).toBeGreaterThanOrEqual(talk.length);
  });

  test('those of twenty conversations do not mix', async () => {
    const terminal = wire();
    const host = await start('many', terminal);
    const phones = ['iphone', 'android'];
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        await host.receive(message('1', 'not enough storage', `${at}`));
        await host.receive(message('2', phones[at % 2] ?? '', `${at}`));
      }),
    );
    for (let at = 0; at < 20; at += 1) {
      const { device } = await storedOf(host, `${at}`);
      expect(JSON.parse(device?.state_json ?? '{}').evidence.facts.platform.answer).toBe(phones[at % 2]);
    }
  });

  test('two processes over one storage lose nothing', async () => {
    const [one, two] = [await start('shared'), await start('shared')];
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? one : two).receive(message(`${at}`, 'help'))),
    );
    const { row } = await storedOf(one);
    expect(row.version).toBe(20);
    const sent = await one.db.selectFrom('messages').select('seq').where('side', '=', 'person').execute();
    expect(sent).toHaveLength(20);
  });
});
