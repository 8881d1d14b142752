import type {
  CompiledQuery,
  DatabaseConnection,
  Driver,
  QueryResult,
  SqliteDatabase,
  SqliteStatement,
} from 'kysely';
import { SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';
import type Database from 'libsql';

/** Longest wait for another process that writes. */
const patienceMs = 10_000;

/** Shortest wait between two tries; each is up to twice that long, so that processes fall out of step. */
const waitMs = 5;

/** Statements kept prepared; the product has far fewer, but for inserts of many rows. */
const maxStatements = 500;

/** SQLite that waits for other processes without stopping this one. */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new PatientDriver(this.#database);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** Lets a migration run in one transaction: SQLite can, and the second of two processes then finds it done. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * Takes the write lock before anything is written, and by `exec`: libsql leaves a prepared statement that
 * found the database locked unfinished, after which the connection can commit nothing. A boolean among the
 * values is refused: libsql ends the whole process over one.
 */
class PatientDriver extends SqliteDriver {
  readonly #database: Database.Database;
  #isInTransaction = false;

  constructor(database: Database.Database) {
    super({ database: withKeptStatements(database) });
    this.#database = database;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: async (query) => {
        if (query.parameters.some((value) => typeof value === 'boolean'))
          throw new TypeError('storage: SQLite has no booleans');
        return await (this.#isInTransaction || isRead(query)
          ? connection.executeQuery(query)
          : this.#write(connection, query));
      },
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }

  override async beginTransaction(): Promise<void> {
    await this.#lock();
    this.#isInTransaction = true;
  }

  override async commitTransaction(): Promise<void> {
    this.#database.exec('commit');
    this.#isInTransaction = false;
  }

  override async rollbackTransaction(): Promise<void> {
    this.#isInTransaction = false;
    this.#database.exec('rollback');
  }

  async #write<R>(connection: DatabaseConnection, query: CompiledQuery): Promise<QueryResult<R>> {
    await this.#lock();
    try {
      const result = await connection.executeQuery<R>(query);
      this.#database.exec('commit');
      return result;
    } catch (error) {
      this.#database.exec('rollback');
      throw error;
    }
  }

  async #lock(): Promise<void> {
    const until = Date.now() + patienceMs;
    for (;;) {
      try {
        this.#database.exec('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error) || Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, waitMs * (1 + Math.random())));
      }
    }
  }
}

/** The database with its prepared statements kept: preparing costs more than most of our statements do. */
function withKeptStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement: SqliteStatement = database.prepare(sql);
      if (kept.size < maxStatements) kept.set(sql, statement);
      return statement;
    },
  };
}

/** A `select` needs no lock, whether it was built or written out, and a pragma bears none. */
function isRead({ query, sql }: CompiledQuery): boolean {
  return query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && /^\s*(select|pragma)\b/i.test(sql));
}

/** True for an error that says that another process holds a lock of the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
