import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ProjectCopy } from './copy.js';

const fresh = ProjectCopy.fresh();
const ready = fresh.clone();
let project = ready;

beforeAll(() => {
  expect(ready.setUp().status).toBe(0);
});
afterEach(() => project.remove());
afterAll(() => {
  for (const template of [fresh, ready]) template.remove();
});

function expectFailure(run: SpawnSyncReturns<string>, lastLine: RegExp): void {
  expect(run.status).toBe(1);
  expect(run.stdout).toBe('');
  expect(run.stderr.trimEnd().split('\n').at(-1)).toMatch(lastLine);
  expect(run.stderr).not.toMatch(/^ {4}at /m);
}

test('a fresh clone is installed with development tools and built, on stderr alone', () => {
  project = fresh.clone();
  const run = project.setUp();
  expect(run).toMatchObject({ status: 0, stdout: '' });
  expect(run.stderr).toContain('fake npm ci');
  expect(project.read('ci.log')).toMatch(/^--include=dev /);
  expect(project.read('tsc.log')).toBe('build ');
  expect(project.read('dist/web/webchat.js')).toBe('kept');
});

test('a second run does nothing and says nothing', () => {
  project = ready.clone();
  expect(project.setUp()).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(project.read('ci.log').split('\n')).toHaveLength(2);
});

test('a changed lockfile installs again', () => {
  project = ready.clone();
  project.write('package-lock.json', '{"packages":{"node_modules/typescript":{"version":"1.0.1"}}}');
  project.setUp();
  expect(project.read('ci.log').split('\n')).toHaveLength(3);
});

test('a missing package installs again', () => {
  project = ready.clone();
  project.remove('node_modules/typescript');
  project.setUp();
  expect(project.read('ci.log').split('\n')).toHaveLength(3);
});

test('an installation made by hand is accepted', () => {
  project = ready.clone();
  project.remove('node_modules/.backup-medic');
  project.write('node_modules/.package-lock.json', project.read('package-lock.json'));
  expect(project.setUp().stderr).toBe('');
});

test('a changed source builds again and leaves no module of a deleted source', () => {
  project = ready.clone();
  project.write('dist/src/renamed.js', '');
  project.write('src/main.ts', 'export {};');
  project.setUp();
  expect(project.read('tsc.log')).toBe('build build ');
  expect(project.has('dist/src/renamed.js')).toBe(false);
});

test('changed examples train again', () => {
  project = ready.clone();
  project.write('intents/examples/en/oos.yaml', '- hello');
  project.setUp();
  project.setUp();
  expect(project.read('train.log')).toBe('trained trained ');
  expect(project.read('tsc.log')).toBe('build ');
});

test('two runs at once install once', async () => {
  project = fresh.clone();
  project.write('slow', '');
  const runs = [0, 1].map(
    () =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ['src/setup.mjs'], {
          cwd: project.folder,
          env: project.environment,
        });
        child.once('exit', resolve);
      }),
  );
  expect(await Promise.all(runs)).toEqual([0, 0]);
  expect(project.read('ci.log').split('\n')).toHaveLength(2);
  expect(project.has('.cache/setup.lock')).toBe(false);
});

test('a lock left by a dead process is taken over', () => {
  project = fresh.clone();
  const dead = spawnSync(process.execPath, ['-e', '0']).pid;
  project.write('.cache/setup.lock/owner', `${dead} ${hostname()}`);
  expect(project.setUp().status).toBe(0);
});

test('a failed installation says what to do, and the next run tries again', () => {
  project = fresh.clone();
  project.write('offline', '');
  expectFailure(
    project.setUp(),
    /^The packages could not be installed .* check the connection and run this again\.$/,
  );
  project.remove('offline');
  expect(project.setUp().status).toBe(0);
});

test('sources that do not compile are named as the fault', () => {
  project = fresh.clone();
  project.write('broken', '');
  expectFailure(project.setUp(), /^The sources do not compile: mend the errors above and run this again\.$/);
});

test('a Web Chat with another checksum is not kept', () => {
  project = fresh.clone();
  project.remove('dist/web');
  expectFailure(project.setUp(), /^Web Chat 4\.18\.1 is not the file expected/);
  expect(project.has('dist/web/webchat.js')).toBe(false);
});

test('an old Node is told what it needs in one line', () => {
  project = fresh.clone();
  const old = "Object.defineProperty(process, 'versions', { value: { node: '20.18.1' } })";
  const run = project.setUp('--import', `data:text/javascript,${encodeURIComponent(old)}`);
  expectFailure(run, /^Backup Medic needs Node 20\.19 or newer, and this is 20\.18\.1: get one at/);
});

// 40 ms over the 50 ms of Node itself, measured; a ratio holds on a busy machine too.
test('with nothing to do it costs less than two starts of Node', () => {
  project = ready.clone();
  const timeMs = (args: string[]) => {
    const start = performance.now();
    spawnSync(process.execPath, args, { cwd: project.folder });
    return performance.now() - start;
  };
  const runs = [1, 2, 3, 4, 5].map(() => ({ bare: timeMs(['-e', '0']), setup: timeMs(['src/setup.mjs']) }));
  const bareMs = Math.min(...runs.map((run) => run.bare));
  expect(Math.min(...runs.map((run) => run.setup)) - bareMs).toBeLessThan(2 * bareMs);
});
