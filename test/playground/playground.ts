import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The Microsoft 365 Agents Playground, which stands in for Teams. */
export interface Playground {
  url: string;
  /** What it said that it should not: faults, and calls to other machines. */
  faults(): string;
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);
const cli = require.resolve('@microsoft/m365agentsplayground/cli.js');
const guard = new URL('loopback-only.mjs', import.meta.url).href;

/** Starts the Playground on a free loopback port, as the client of the bot at `endpoint`. */
export async function startPlayground(endpoint: string): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const options = [
    '--app-endpoint',
    endpoint,
    '--channel-id',
    'msteams',
    '--port',
    '0',
    '--disable-telemetry',
  ];
  const child = spawn(process.execPath, ['--import', guard, cli, 'start', ...options], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'playground.log'),
      APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let faults = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    faults += text;
  });
  const port = await listeningPort(child, () => faults);
  return {
    url: `http://localhost:${port}`,
    faults: () => faults,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listeningPort(child: ChildProcess, faults: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const port = /Listening on (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    });
    child.once('exit', () => reject(new Error(`The Playground did not start: ${faults()}`)));
  });
}
