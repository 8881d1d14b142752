import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../src/project-root.js';

/** A process that has read guide and engine, and waits to be told to begin. */
export interface StandBy {
  /** Opens storage and port; resolves to the address once it serves, to undefined when it ended before. */
  begin(): Promise<string | undefined>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Ends it as an operator does. */
  stop(): Promise<void>;
}

/** Starts a process that will serve `port` over `storageUrl`. */
export function standBy(storageUrl: string, port: number): StandBy {
  const child = spawn(process.execPath, [join(projectRoot(), 'test/processes/bot-process.mjs')], {
    cwd: projectRoot(),
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      STORAGE_URL: storageUrl,
      SIGNING_SECRET: 'known to every process of these tests',
      RATE_PER_PERSON: '0',
      RATE_PER_ADDRESS: '0',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A process that was ended takes no more words.
  child.stdin.on('error', () => {});
  const ended = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    async begin() {
      child.stdin.write('begin\n');
      return await firstLine(child);
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined;
  for await (const line of createInterface({ input: child.stdout })) return line;
  return undefined;
}
