import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, Migrator, SqliteAdapter, sql } from 'kysely';
import { migrations } from './migrations.js';
import { createPostgresDialect } from './postgres.js';
import { isBusy, SqliteFile, SqliteFileDialect } from './sqlite.js';
import type { Opening } from './sqlite-messages.js';
import type { Tables } from './tables.js';

/** Longest wait for other processes that start at the same moment. */
const openMs = 10_000;

/** Longest wait for readers of other processes, after which the next checkpoint clears what is left. */
const checkpointMs = 5000;

/** The open database: every table of the product. */
export type Db = Kysely<Tables>;

/** A database in a file, which can write the scripts of many turns at once. */
export class FileDb extends Kysely<Tables> {
  readonly file: SqliteFile;

  constructor(file: SqliteFile) {
    super({ dialect: new SqliteFileDialect(file) });
    this.file = file;
  }
}

/** True for an address of PostgreSQL, false for one of a file. */
export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url);
}

/**
 * Opens the storage named by `url` and brings its tables up to date, one process at a time.
 * @throws when it cannot be opened or a migration fails.
 */
export async function openDatabase(url: string, sync: Opening['sync'] = 'normal'): Promise<Db> {
  const until = Date.now() + openMs;
  for (;;) {
    try {
      return await open(url, sync);
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      if (!isBusy(cause) || Date.now() > until) throw error;
      await wait(20 + Math.random() * 20);
    }
  }
}

async function open(url: string, sync: Opening['sync']): Promise<Db> {
  const db = isPostgres(url) ? openServer(url) : new FileDb(new SqliteFile({ path: pathOf(url), sync }));
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

function pathOf(url: string): string {
  return url.slice('file:'.length);
}

function openServer(url: string): Db {
  try {
    return new Kysely<Tables>({ dialect: createPostgresDialect(url) });
  } catch (error) {
    throw unusable(error);
  }
}

/** True for SQLite, false for PostgreSQL. */
export function isSqlite(db: Db): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter;
}

/**
 * Clears what deleted rows leave behind in the files of SQLite, as soon as other processes have done reading;
 * PostgreSQL does so by itself when it vacuums.
 */
export async function clearTraces(db: Db): Promise<void> {
  if (!isSqlite(db)) return;
  const until = Date.now() + checkpointMs;
  for (;;) {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
    if (rows[0]?.busy !== 1 || Date.now() > until) return;
    await wait(20 + Math.random() * 20);
  }
}

async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw unusable(error);
}

function unusable(error: unknown): Error {
  return new Error(`The storage cannot be used: ${reasonOf(error)}. See STORAGE_URL.`, { cause: error });
}

/** The code of a driver's error, or its message: neither holds the password of STORAGE_URL. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && error.message === '' ? String(error.code) : error.message;
}
