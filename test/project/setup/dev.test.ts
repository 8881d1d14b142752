import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProjectCopy } from './copy.js';

const bot = (name: string) =>
  `console.log('${name}'); setInterval(() => {}, 1000); process.on('SIGTERM', () => process.exit(0));
   process.on('message', (message) => console.log('${name} was told', message));`;

let project: ProjectCopy;
let dev: ChildProcess;
let output = '';

beforeEach(() => {
  project = ProjectCopy.fresh();
  project.write('src/main.ts', bot('first'));
  expect(project.setUp().status).toBe(0);
  output = '';
  dev = spawn(process.execPath, ['src/dev.mjs'], { cwd: project.folder, env: project.environment });
  for (const stream of [dev.stdout, dev.stderr]) stream?.on('data', (bytes) => (output += bytes));
});

afterEach(() => {
  dev.kill('SIGKILL');
  project.remove();
});

const said = (text: string) => vi.waitFor(() => expect(output).toContain(text), { timeout: 15_000 });

test.skipIf(process.platform === 'win32')(
  'content is read again, a source starts the bot again, a fault leaves it running',
  async () => {
    await said('first');
    project.write('src/main.ts', bot('second'));
    await said('second');
    project.write('broken', '');
    project.write('src/main.ts', bot('third'));
    await said('The sources do not compile');
    dev.kill('SIGINT');
    expect(await once(dev, 'exit')).toEqual([0, null]);
    expect(output).not.toContain('third');
  },
);
