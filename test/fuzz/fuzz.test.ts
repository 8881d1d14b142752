import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { root, scratch, startBot } from '../turn/bot.js';
import { type KeyServer, startKeyServer } from '../turn/key-server.js';
import { type Target, throwRow } from './run.js';
import { channelKey, signedSettings, tokenFor } from './signed.js';

const storages = [scratch(), scratch()];
const servers: RunningServer[] = [];
let keyServer: KeyServer;
let target: Target;

async function start(environment: Record<string, string>): Promise<number> {
  const url = storages[servers.length]?.url ?? '';
  const settings = { PORT: '0', RATE_PER_PERSON: '0', RATE_PER_ADDRESS: '0', ...environment };
  const host = await startBot({ url, environment: settings });
  const server = await startServer({ root, config: readConfig({ STORAGE_URL: url, ...settings }), host });
  servers.push(server);
  return Number(new URL(server.url).port);
}

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  keyServer = await startKeyServer([channelKey]);
  const open = await start({});
  const signed = await start(signedSettings(keyServer.metadataUrl));
  target = { open, signed, tokenFor };
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await keyServer.close();
  for (const storage of storages) storage.remove();
  vi.restoreAllMocks();
});

test('2,000 odd inputs are all answered, and nothing of the inside is told', {
  timeout: 120_000,
}, async () => {
  const { faults, statuses } = await throwRow(target, { seed: 1, from: 0, count: 2000, atOnce: 8 });
  expect(faults.slice(0, 3)).toEqual([]);
  // Most go deep: a fuzz that is refused at the door tries little.
  const answered = (statuses.get('activity 200') ?? 0) + (statuses.get('directLine 200') ?? 0);
  expect(answered).toBeGreaterThan(700);
  expect(statuses.get('signed 200')).toBeGreaterThan(20);
});
