import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../src/project-root.js';

/** The built product in a process of its own. */
export interface Product {
  port: number;
  /** What the process has written to its log, the newest part of it. */
  log(): string;
  /** Exit code, or signal, once the process has ended; undefined while it runs. */
  ended(): number | string | undefined;
  /** Megabytes of heap in use and of memory in all. */
  memory(): Promise<{ heapMb: number; rssMb: number }>;
  stop(): Promise<void>;
}

const keptLogChars = 20_000;

/** Starts it with its storage in `folder`; the settings come on top. @throws when it does not come up. */
export async function startProduct(folder: string, settings: Record<string, string>): Promise<Product> {
  const main = join(projectRoot(), 'dist/src/main.js');
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    STORAGE_URL: `file:${join(folder, 'bot.db')}`,
    ...settings,
  };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (bytes) => {
    log = (log + bytes).slice(-keptLogChars);
  });
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  const url = /http:\S+/.exec(String(line))?.[0];
  if (url === undefined) throw new Error(`the bot did not start: ${log}`);
  return {
    port: Number(new URL(url).port),
    log: () => log,
    ended: () => child.exitCode ?? child.signalCode ?? undefined,
    async memory() {
      const text = await (await fetch(`${url}/metrics`)).text();
      return {
        heapMb: figureOf(text, 'nodejs_heap_size_used_bytes') / 1e6,
        rssMb: figureOf(text, 'process_resident_memory_bytes') / 1e6,
      };
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function figureOf(metrics: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? Number.NaN);
}
