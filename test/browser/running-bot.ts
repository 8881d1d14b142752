import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { readConfig } from '../../src/config.js';
import { createHost } from '../../src/host.js';
import { projectRoot } from '../../src/project-root.js';
import { startServer } from '../../src/server.js';

/** The whole product, listening. */
export interface RunningBot {
  url: string;
  /** Stops it and starts it again at the same address, over the same storage. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the product on a free loopback port over an empty storage, with these settings. */
export async function startBot(settings: Record<string, string> = {}): Promise<RunningBot> {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'));
  const start = async (port: string) => {
    const config = readConfig({ ...settings, PORT: port, STORAGE_URL: `file:${join(folder, 'bot.db')}` });
    const root = projectRoot();
    return startServer({
      root,
      config,
      host: await createHost({ root, config, log: pino({ enabled: false }) }),
    });
  };
  let server = await start('0');
  const { url } = server;
  return {
    url,
    async restart() {
      await server.close();
      server = await start(new URL(url).port);
    },
    async stop() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
