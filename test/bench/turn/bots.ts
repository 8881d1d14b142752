import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The bots that are measured: two references, this one over each storage, and what of it no storage makes faster. */
export type BotName = 'echo' | 'waterfall' | 'sqlite' | 'postgres' | 'bare';

/** A bot in a process of its own. */
export interface RunningBot {
  name: BotName;
  url: string;
  /** From the start of the process until it served, seconds. */
  readySeconds: number;
  /** Memory that the process holds now, megabytes; undefined where the system does not tell. */
  rssMb(): number | undefined;
  stop(): Promise<void>;
}

const here = dirname(fileURLToPath(import.meta.url));

const scripts: Record<BotName, string> = {
  echo: 'reference-bot.js',
  waterfall: 'reference-bot.js',
  sqlite: '../../../src/main.js',
  postgres: '../../../src/main.js',
  bare: 'bare-bot.js',
};

/** Starts a bot on a free port; `storage` is where ours keeps its conversations. @throws when it does not start. */
export async function startBot(name: BotName, storage: string): Promise<RunningBot> {
  const started = performance.now();
  const child = spawn(process.execPath, [...profiling(), join(here, scripts[name]), name], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      STORAGE_URL: storage,
      LOG_LEVEL: 'silent',
      RATE_PER_PERSON: '0',
      RATE_PER_ADDRESS: '0',
      SIGNING_SECRET: 'for the bench alone, and for no one else',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(child, name);
  return {
    name,
    url,
    readySeconds: (performance.now() - started) / 1000,
    rssMb: () => rssOf(child.pid),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** BENCH_NODE_OPTIONS, such as --cpu-prof, go to the bots alone. */
function profiling(): string[] {
  return (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter((option) => option !== '');
}

async function addressOf(child: ChildProcess, name: BotName): Promise<string> {
  if (child.stdout === null) throw new Error(`${name}: its output cannot be read`);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /(http:\/\/\S+)/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`${name} did not start`);
}

function rssOf(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
