import { PostgresDialect } from 'kysely';
import pg from 'pg';

/** Connections of one process; a turn holds one for its read and then for its commit, never while dialogs run. */
const maxConnections = 10;
const connectTimeoutMs = 5000;
/** Longest time one statement may take, or wait for another's lock. */
const statementTimeoutMs = 10_000;

/** Number of PostgreSQL's type bigint, which the driver would otherwise give as text. */
const bigintType = 20;

/** What every connection to PostgreSQL is opened with. */
export function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    keepAlive: true,
    types: {
      getTypeParser: (type, format) =>
        type === bigintType && format !== 'binary' ? Number : pg.types.getTypeParser(type, format),
    },
  };
}

/** PostgreSQL as the product uses it: times are numbers, as in SQLite. */
export function createPostgresDialect(url: string): PostgresDialect {
  const pool = new pg.Pool({ ...connectionOptions(url), max: maxConnections });
  // A connection that breaks while idle is replaced at the next use.
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}
