import { Worker } from 'node:worker_threads';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, Kysely, QueryResult } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Answer, Opening, Reply, Request, Script } from './sqlite-messages.js';

/** What a request holds beside its number. */
type Asked<R = Request> = R extends Request ? Omit<R, 'id'> : never;

/** Requests that wait for the end of a round at most: turns are thought out while those before are written. */
const mostUnsent = 2;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/** A file of SQLite in a thread of its own: neither the disk nor another process that writes holds this one up. */
export class SqliteFile {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #unsent: Request[] = [];
  #lastId = 0;
  /** Why nothing can be asked any more. */
  #failure: Error | undefined;
  /** Settles when the open transaction ends. */
  #transaction: Promise<void> | undefined;

  constructor(opening: Opening) {
    this.#thread = new Worker(new URL('./sqlite-thread.mjs', import.meta.url), { workerData: opening });
    this.#thread.on('message', (replies: Reply[]) => this.#take(replies));
    this.#ended = new Promise((resolve) => this.#thread.once('exit', () => resolve()));
    this.#thread.on('error', (error) => this.#fail(error));
    void this.#ended.then(() => this.#fail(new Error('storage: the thread of SQLite has ended')));
    // Only what is waited for keeps the process running.
    this.#thread.unref();
  }

  /** Writes the statements together or not at all; what was missed, or undefined when all is written. */
  async runScript(script: Script): Promise<string | undefined> {
    return (await this.askOutside({ kind: 'script', script })).missed;
  }

  /** Asks once no transaction is open: until then only the one who opened it may ask. */
  async askOutside(asked: Asked): Promise<Answer> {
    while (this.#transaction !== undefined) await this.#transaction;
    // Nothing may come between that look and this: a transaction begun meanwhile would take it in.
    return this.ask(asked);
  }

  /** Keeps all others waiting until what it resolves to is called. */
  async reserve(): Promise<() => void> {
    while (this.#transaction !== undefined) await this.#transaction;
    let release = () => {};
    this.#transaction = new Promise((resolve) => {
      release = () => {
        this.#transaction = undefined;
        resolve();
      };
    });
    return release;
  }

  /** Asks the thread. @throws the error of SQLite, with its code. */
  ask(asked: Asked): Promise<Answer> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#lastId += 1;
    const request = { ...asked, id: this.#lastId } as Request;
    // What is asked in the same round of the event loop goes in one message, but for what would wait too long.
    const unsent = this.#unsent.push(request);
    if (unsent === 1) setImmediate(() => this.#send());
    else if (unsent === mostUnsent) this.#send();
    return new Promise((resolve, reject) => {
      if (this.#waiting.size === 0) this.#thread.ref();
      this.#waiting.set(request.id, { resolve, reject });
    });
  }

  /** Closes the file once everything before is done. */
  async close(): Promise<void> {
    await this.askOutside({ kind: 'close' }).catch(() => {});
    this.#thread.ref();
    await this.#ended;
  }

  #send(): void {
    if (this.#unsent.length === 0) return;
    const requests = this.#unsent;
    this.#unsent = [];
    try {
      this.#thread.postMessage(requests);
    } catch (error) {
      // A value that cannot go to a thread is a fault of ours in one of them; the others have to be asked again.
      for (const { id } of requests) this.#settle(id, { error: error as Error });
    }
  }

  #take(replies: readonly Reply[]): void {
    for (const reply of replies) {
      if ('error' in reply) {
        const { name, message, code } = reply.error;
        const error = Object.assign(new Error(message), { name, ...(code === undefined ? {} : { code }) });
        this.#settle(reply.id, { error });
      } else this.#settle(reply.id, { answer: reply });
    }
  }

  #settle(id: number, result: { answer: Answer } | { error: Error }): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if ('error' in result) waiting?.reject(result.error);
    else waiting?.resolve(result.answer);
    if (this.#waiting.size === 0) this.#thread.unref();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { error });
  }
}

/** SQLite over such a file. */
export class SqliteFileDialect implements Dialect {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  createDriver(): Driver {
    return new FileDriver(this.#file);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** Lets a migration run in one transaction: SQLite can, and the second of two processes then finds it done. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** One user of the file; many ask side by side, but for a transaction, which has it to itself. */
class FileConnection implements DatabaseConnection {
  readonly #file: SqliteFile;
  #release: (() => void) | undefined;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = query;
    const { rows, changes } = await (this.#release === undefined
      ? this.#file.askOutside({ kind: 'query', sql, parameters, isWrite: !isRead(query) })
      : this.#file.ask({ kind: 'query', sql, parameters, isWrite: false }));
    return { rows: rows as R[], numAffectedRows: BigInt(changes) };
  }

  async begin(): Promise<void> {
    const release = await this.#file.reserve();
    try {
      await this.#file.ask({ kind: 'exec', sql: 'begin immediate' });
      this.#release = release;
    } catch (error) {
      release();
      throw error;
    }
  }

  async end(sql: 'commit' | 'rollback'): Promise<void> {
    await this.#file.ask({ kind: 'exec', sql });
    this.release();
  }

  release(): void {
    this.#release?.();
    this.#release = undefined;
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('storage: SQLite streams nothing');
  }
}

class FileDriver implements Driver {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<FileConnection> {
    return new FileConnection(this.#file);
  }

  async beginTransaction(connection: FileConnection): Promise<void> {
    await connection.begin();
  }

  async commitTransaction(connection: FileConnection): Promise<void> {
    await connection.end('commit');
  }

  async rollbackTransaction(connection: FileConnection): Promise<void> {
    await connection.end('rollback');
  }

  async releaseConnection(connection: FileConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#file.close();
  }
}

/** A `select` needs no lock, whether it was built or written out, and a pragma bears none. */
function isRead({ query, sql }: CompiledQuery): boolean {
  return query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && /^\s*(select|pragma)\b/i.test(sql));
}

/** True for an error that says that another process holds a lock of the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
