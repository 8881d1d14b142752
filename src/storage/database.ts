import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, Migrator } from 'kysely';
import Database from 'libsql';
import { migrations } from './migrations.js';
import { PatientSqliteDialect } from './patient-sqlite.js';
import type { Tables } from './tables.js';

/** Longest wait for a lock inside libsql: it stops the whole process meanwhile, so callers retry instead. */
const busyTimeoutMs = 50;

/** The open database: every table of the product, through one connection. */
export type Db = Kysely<Tables>;

/**
 * Opens the storage named by `url` and brings its tables up to date.
 * @throws when the file cannot be opened or a migration fails; the message names the file.
 */
export async function openDatabase(url: string): Promise<Db> {
  const path = url.slice('file:'.length);
  mkdirSync(dirname(path), { recursive: true });
  const connection = new Database(path);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  connection.pragma(`busy_timeout = ${busyTimeoutMs}`);
  const db = new Kysely<Tables>({ dialect: new PatientSqliteDialect(connection) });
  await migrate(db);
  return db;
}

async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error('storage: the tables could not be brought up to date', { cause: error });
}
