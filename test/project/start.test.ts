import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'start-'));
let child: ChildProcess | undefined;

afterEach(() => {
  if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
    process.kill(-child.pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A group of its own, as a terminal gives it, and only what npm itself needs of the environment. */
function runScript(...args: string[]): { process: ChildProcess; output: { stdout: string } } {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, PORT: '0', STORAGE_URL: `file:${join(folder, 'start.db')}` };
  const started = spawn('npm', args, { detached: true, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const output = { stdout: '' };
  started.stdout.on('data', (bytes) => (output.stdout += bytes));
  child = started;
  return { process: started, output };
}

test.skipIf(process.platform === 'win32')('npm start says one line, and Ctrl-C ends it cleanly', async () => {
  const { process: npm, output } = runScript('--silent', 'start');
  await vi.waitFor(() => expect(output.stdout).toMatch(/\n/), { timeout: 25_000 });
  expect(output.stdout).toMatch(/^\S.*http:\/\/127\.0\.0\.1:\d+\n$/);
  process.kill(-(npm.pid ?? 0), 'SIGINT');
  expect(await once(npm, 'exit')).toEqual([0, null]);
});
