import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { readConfig, settingNames } from '../../src/config.js';

/** One line of a Dockerfile, its continuations joined. */
interface Instruction {
  word: string;
  rest: string;
}

const instructions: Instruction[] = readFileSync('deploy/Dockerfile', 'utf8')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => ({ word: line.split(' ', 1).join(''), rest: line.slice(line.indexOf(' ') + 1) }));
const stages: Instruction[][] = [];
for (const each of instructions) {
  if (each.word === 'FROM') stages.push([]);
  stages.at(-1)?.push(each);
}
const last = stages.at(-1) ?? [];
const compose = parse(readFileSync('deploy/compose.yaml', 'utf8'));

/** What a stage copies: from another stage or the project, and where to. */
function copies(stage: readonly Instruction[]) {
  return stage
    .filter(({ word }) => word === 'COPY')
    .map(({ rest }) => {
      const words = rest.split(' ');
      const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
      return { from, to: words.pop() ?? '', what: words };
    });
}

const only = (word: string) => last.filter((each) => each.word === word).map(({ rest }) => rest);

describe('the Dockerfile', () => {
  test('copies what is there and what its ignore file lets through', () => {
    const sent = readFileSync('deploy/Dockerfile.dockerignore', 'utf8').split('\n');
    const named = stages.flatMap(copies).filter(({ from }) => from === undefined);
    const missing = named
      .flatMap(({ what }) => what)
      .filter((path) => !existsSync(path) || !sent.includes(`!${path.split('/', 1)}`));
    expect(missing).toEqual([]);
    expect(sent).toContain('*');
  });

  test('stands on one pinned release of Node that the package takes', () => {
    const images = new Set(stages.map(([from]) => from?.rest.split(' ', 1).join('')));
    expect([...images]).toEqual([expect.stringMatching(/^node:(22|24)\.\d+\.\d+-\w+-slim$/)]);
  });

  test('runs as nobody special, installs nothing, and says how it is', () => {
    expect(only('USER')).toEqual(['node']);
    expect(JSON.parse(only('CMD').join())).toEqual(['node', '--enable-source-maps', 'dist/src/main.js']);
    expect(only('HEALTHCHECK').join()).toContain('/health/ready');
    expect(only('RUN').join()).not.toMatch(/npm|curl|apt/);
  });
});

describe('the compose file', () => {
  const secrets = { SIGNING_SECRET: 's'.repeat(40), POSTGRES_PASSWORD: 'p'.repeat(40) };

  /** The environment of the bot as compose makes it when the secrets alone are given. */
  function environment(): Record<string, string> {
    const given: Record<string, string> = secrets;
    return JSON.parse(
      JSON.stringify(compose.services.bot.environment).replace(
        /\$\{(\w+):([-?])([^}]*)\}/g,
        (_all, name: string, kind: string, usual: string) => given[name] ?? (kind === '-' ? usual : ''),
      ),
    );
  }

  test('sets settings that there are, to values that the bot takes', () => {
    const set = environment();
    expect(Object.keys(set).filter((name) => !settingNames.includes(name))).toEqual([]);
    const config = readConfig({ ...environmentOf(last), ...set });
    expect(config.STORAGE_URL).toBe(`postgres://medic:${secrets.POSTGRES_PASSWORD}@postgres/medic`);
  });

  test('builds that Dockerfile, and keeps the database to itself', () => {
    const { bot, postgres } = compose.services;
    expect(existsSync(join('deploy', bot.build.context, bot.build.dockerfile))).toBe(true);
    expect(postgres.image).toMatch(/^postgres:\d+\.\d+-\w+$/);
    expect(postgres.ports).toBeUndefined();
    expect(Object.keys(compose.volumes)).toContain(postgres.volumes[0].split(':')[0]);
    expect(bot.depends_on.postgres.condition).toBe('service_healthy');
  });

  test('asks for each secret, and holds none', () => {
    const text = readFileSync('deploy/compose.yaml', 'utf8');
    for (const name of Object.keys(secrets)) expect(text).toContain(`\${${name}:?`);
  });
});

/** What the last stage puts into the environment. */
function environmentOf(stage: readonly Instruction[]): Record<string, string> {
  const pairs = stage.filter(({ word }) => word === 'ENV').flatMap(({ rest }) => rest.split(' '));
  return Object.fromEntries(pairs.map((pair) => pair.split('=')));
}

describe('what the image holds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'container-'));
  let child: ChildProcess | undefined;
  afterAll(() => {
    if (child?.exitCode === null) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Lays out what the last stage copies, with the packages of production alone. */
  function layOut(): void {
    for (const { from, what, to } of copies(last)) {
      for (const path of what.map((each) => each.replace('/app/', ''))) {
        if (from === 'packages') linkPackages(to);
        else if (from === 'build') cpSync(path, join(folder, to), { recursive: true, filter: isBuilt });
        else cpSync(path, join(folder, to === './' ? path : to), { recursive: true });
      }
    }
  }

  /** Tests and figures are built to dist/ as well, but not by the setup. */
  const isBuilt = (path: string) => !/^dist\/(test|bench)/.test(path);

  function linkPackages(to: string): void {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    for (const [path, { dev }] of Object.entries<{ dev?: boolean }>(packages)) {
      if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || dev === true || !existsSync(path)) continue;
      const link = join(folder, to, path.slice('node_modules/'.length));
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(process.cwd(), path), link);
    }
  }

  test('starts, serves the page, and ends at SIGTERM', async () => {
    execFileSync(process.execPath, ['src/setup.mjs']);
    layOut();
    const { PATH } = process.env;
    const own = { PATH, PORT: '0', STORAGE_URL: `file:${join(folder, 'data/c.db')}` };
    const env = { ...environmentOf(last), HOST: '127.0.0.1', ...own };
    const [command = '', ...args] = JSON.parse(only('CMD').join()) as string[];
    child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout?.on('data', (bytes) => (output += bytes));
    await vi.waitFor(() => expect(output).toMatch(/\n/), { timeout: 25_000 });
    const [url = ''] = /http:\S+/.exec(output) ?? [];
    for (const path of ['/', '/web/webchat.js', '/embed.js', '/health/ready']) {
      expect((await fetch(`${url}${path}`)).status).toBe(200);
    }
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
