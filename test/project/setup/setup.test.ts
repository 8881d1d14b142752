import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const fakeNpm = join(process.cwd(), 'test/project/setup/fake-npm.mjs');
const fresh = mkdtempSync(join(tmpdir(), 'setup-fresh-'));
const ready = mkdtempSync(join(tmpdir(), 'setup-ready-'));
let project = fresh;

beforeAll(() => {
  cpSync('src/setup.mjs', join(project, 'src/setup.mjs'));
  cpSync('src/setup', join(project, 'src/setup'), { recursive: true });
  cpSync(fakeNpm, join(project, 'npm-cli.js'));
  write('package.json', '{"type":"module","devDependencies":{"typescript":"1.0.0"}}');
  write('package-lock.json', '{"packages":{"node_modules/typescript":{"version":"1.0.0"}}}');
  for (const name of ['tsconfig.json', 'tsconfig.build.json']) write(name, '{}');
  write('src/main.ts', '');
  write('intents/train.ts', '');
  giveWebchat();
  cpSync(fresh, ready, { recursive: true });
  project = ready;
  expect(setUp().status).toBe(0);
});

afterEach(() => rmSync(project, { recursive: true, force: true }));
afterAll(() => {
  for (const folder of [fresh, ready]) rmSync(folder, { recursive: true, force: true });
});

function copyOf(template: string): void {
  project = mkdtempSync(join(tmpdir(), 'setup-'));
  cpSync(template, project, { recursive: true });
}

function write(path: string, text: string): void {
  mkdirSync(join(project, path, '..'), { recursive: true });
  writeFileSync(join(project, path), text);
}

function read(path: string): string {
  return existsSync(join(project, path)) ? readFileSync(join(project, path), 'utf8') : '';
}

function giveWebchat(): void {
  const integrity = /sha512-[\w+/=]+/.exec(read('src/setup/webchat.mjs'))?.[0] ?? '';
  write('dist/web/webchat.stamp', integrity);
  for (const name of ['webchat.js', 'webchat.js.LICENSE.txt']) write(`dist/web/${name}`, 'kept');
}

const environment = () => ({
  ...process.env,
  npm_execpath: join(project, 'npm-cli.js'),
  NODE_ENV: 'production',
});

function setUp(...nodeOptions: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [...nodeOptions, 'src/setup.mjs'], {
    cwd: project,
    encoding: 'utf8',
    env: environment(),
  });
}

function expectFailure(run: SpawnSyncReturns<string>, lastLine: RegExp): void {
  expect(run.status).toBe(1);
  expect(run.stdout).toBe('');
  expect(run.stderr.trimEnd().split('\n').at(-1)).toMatch(lastLine);
  expect(run.stderr).not.toMatch(/^ {4}at /m);
}

test('a fresh clone is installed with development tools and built, on stderr alone', () => {
  copyOf(fresh);
  const run = setUp();
  expect(run).toMatchObject({ status: 0, stdout: '' });
  expect(run.stderr).toContain('fake npm ci');
  expect(read('ci.log')).toMatch(/^--include=dev /);
  expect(read('tsc.log')).toBe('build ');
  expect(read('dist/web/webchat.js')).toBe('kept');
});

test('a second run does nothing and says nothing', () => {
  copyOf(ready);
  expect(setUp()).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(read('ci.log').split('\n')).toHaveLength(2);
});

test('a changed lockfile installs again', () => {
  copyOf(ready);
  write('package-lock.json', '{"packages":{"node_modules/typescript":{"version":"1.0.1"}}}');
  setUp();
  expect(read('ci.log').split('\n')).toHaveLength(3);
});

test('a missing package installs again', () => {
  copyOf(ready);
  rmSync(join(project, 'node_modules/typescript'), { recursive: true });
  setUp();
  expect(read('ci.log').split('\n')).toHaveLength(3);
});

test('an installation made by hand is accepted', () => {
  copyOf(ready);
  rmSync(join(project, 'node_modules/.backup-medic'));
  write('node_modules/.package-lock.json', read('package-lock.json'));
  expect(setUp().stderr).toBe('');
});

test('a changed source builds again and leaves no module of a deleted source', () => {
  copyOf(ready);
  write('dist/src/renamed.js', '');
  write('src/main.ts', 'export {};');
  setUp();
  expect(read('tsc.log')).toBe('build build ');
  expect(existsSync(join(project, 'dist/src/renamed.js'))).toBe(false);
});

test('changed examples train again', () => {
  copyOf(ready);
  write('intents/examples/en/oos.yaml', '- hello');
  setUp();
  setUp();
  expect(read('train.log')).toBe('trained trained ');
  expect(read('tsc.log')).toBe('build ');
});

test('two runs at once install once', async () => {
  copyOf(fresh);
  write('slow', '');
  const runs = [0, 1].map(
    () =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ['src/setup.mjs'], { cwd: project, env: environment() });
        child.once('exit', resolve);
      }),
  );
  expect(await Promise.all(runs)).toEqual([0, 0]);
  expect(read('ci.log').split('\n')).toHaveLength(2);
  expect(existsSync(join(project, '.cache/setup.lock'))).toBe(false);
});

test('a lock left by a dead process is taken over', () => {
  copyOf(fresh);
  const dead = spawnSync(process.execPath, ['-e', '0']).pid;
  const host = spawnSync(process.execPath, ['-p', "require('node:os').hostname()"], { encoding: 'utf8' });
  write('.cache/setup.lock/owner', `${dead} ${host.stdout.trim()}`);
  expect(setUp().status).toBe(0);
});

test('a failed installation says what to do, and the next run tries again', () => {
  copyOf(fresh);
  write('offline', '');
  expectFailure(
    setUp(),
    /^The packages could not be installed .* check the connection and run this again\.$/,
  );
  rmSync(join(project, 'offline'));
  expect(setUp().status).toBe(0);
});

test('sources that do not compile are named as the fault', () => {
  copyOf(fresh);
  write('broken', '');
  expectFailure(setUp(), /^The sources do not compile: mend the errors above and run this again\.$/);
});

test('a Web Chat with another checksum is not kept', () => {
  copyOf(fresh);
  rmSync(join(project, 'dist/web'), { recursive: true });
  expectFailure(setUp(), /^Web Chat 4\.18\.1 is not the file expected/);
  expect(existsSync(join(project, 'dist/web/webchat.js'))).toBe(false);
});

test('an old Node is told what it needs in one line', () => {
  copyOf(fresh);
  const old = "Object.defineProperty(process, 'versions', { value: { node: '20.18.1' } })";
  const run = setUp('--import', `data:text/javascript,${encodeURIComponent(old)}`);
  expectFailure(run, /^Backup Medic needs Node 20\.19 or newer, and this is 20\.18\.1: get one at/);
});

test('with nothing to do it costs less than 100 ms', () => {
  copyOf(ready);
  const timeMs = (args: string[]) => {
    const start = performance.now();
    spawnSync(process.execPath, args, { cwd: project });
    return performance.now() - start;
  };
  const best = (args: string[]) => Math.min(...[1, 2, 3, 4, 5].map(() => timeMs(args)));
  expect(best(['src/setup.mjs']) - best(['-e', '0'])).toBeLessThan(100);
});
