// The thread that SQLite lives in. Plain JavaScript, since a thread starts from a file: from the sources and built.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import Database from 'libsql';

/** @typedef {import('./sqlite-messages.js').Request} Request */
/** @typedef {import('./sqlite-messages.js').Reply} Reply */
/** @typedef {import('./sqlite-messages.js').Answer} Answer */
/** @typedef {Extract<Request, { kind: 'script' }>} ScriptRequest */

/** Longest wait for another process that writes: it stops this thread alone, and no turn of the process. */
const busyTimeoutMs = 10_000;

/** Pages of 4 KB written before they are copied into the file: many are written again meanwhile, and copied once. */
const checkpointPages = 8000;

/** Pages kept in memory, in kilobytes; SQLite keeps 2,000 of them by itself. */
const cacheKb = 16_000;

/** Statements kept prepared; the product has far fewer, but for inserts of many rows. */
const maxStatements = 500;

/** @type {Answer} */
const nothing = { rows: [], changes: 0 };

/** @type {import('./sqlite-messages.js').Opening} */
const { path, sync } = workerData;
/** Preparing costs more than most of our statements do. @type {Map<string, Database.Statement>} */
const prepared = new Map();
/** @type {{ database: Database.Database } | { error: unknown }} */
const opened = open();

parentPort?.on('message', (/** @type {Request[]} */ requests) => {
  // What came meanwhile goes along, so that turns waiting at the same time share the cost of one commit.
  for (let more = next(); more !== undefined; more = next()) requests.push(...more.message);
  parentPort?.postMessage(answerAll(requests));
  if (requests.some(({ kind }) => kind === 'close')) parentPort?.close();
});

function next() {
  return parentPort === null ? undefined : receiveMessageOnPort(parentPort);
}

function open() {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const database = new Database(path);
    database.pragma(`busy_timeout = ${busyTimeoutMs}`);
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${sync}`);
    database.pragma('secure_delete = ON');
    database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    database.pragma(`cache_size = -${cacheKb}`);
    return { database };
  } catch (error) {
    return { error };
  }
}

/** The open database. @throws what kept it from being opened. */
function database() {
  if ('error' in opened) throw opened.error;
  return opened.database;
}

/** The answers, in order; scripts that stand together share a transaction. @param {Request[]} requests */
function answerAll(requests) {
  /** @type {Reply[]} */
  const replies = [];
  /** @type {ScriptRequest[]} */
  let scripts = [];
  for (const request of requests) {
    if (request.kind === 'script') scripts.push(request);
    else {
      replies.push(
        ...runScripts(scripts),
        replyTo(request.id, () => answer(request)),
      );
      scripts = [];
    }
  }
  return replies.concat(runScripts(scripts));
}

/** @param {Exclude<Request, ScriptRequest>} request */
function answer(request) {
  if (request.kind === 'query') return request.isWrite ? inTransaction(() => run(request)) : run(request);
  if (request.kind === 'exec') database().exec(request.sql);
  else if ('database' in opened) opened.database.close();
  return nothing;
}

/** @param {ScriptRequest[]} scripts @returns {Reply[]} */
function runScripts(scripts) {
  if (scripts.length === 0) return [];
  try {
    return inTransaction(() => scripts.map((request) => runScript(request)));
  } catch (error) {
    return scripts.map(({ id }) => ({ id, error: described(error) }));
  }
}

/**
 * A script that fails, or of which a statement finds nothing to change where it has to, leaves nothing behind, and
 * the others stand. @throws when not even that can be undone, so that none of them is to be committed.
 * @param {ScriptRequest} request
 */
function runScript({ id, script }) {
  database().exec('savepoint script');
  const reply = replyTo(id, () => {
    const missed = script.find((statement) => run(statement).changes === 0 && statement.orElse !== undefined);
    return missed?.orElse === undefined ? nothing : { ...nothing, missed: missed.orElse };
  });
  if ('error' in reply || reply.missed !== undefined) database().exec('rollback to script');
  database().exec('release script');
  return reply;
}

/**
 * Takes the write lock before anything is written, and by `exec`: libsql leaves a prepared statement that found
 * the database locked unfinished, after which the connection can commit nothing.
 * @template T
 * @param {() => T} work
 */
function inTransaction(work) {
  database().exec('begin immediate');
  try {
    const result = work();
    database().exec('commit');
    return result;
  } catch (error) {
    if (database().inTransaction) database().exec('rollback');
    throw error;
  }
}

/** @param {{ sql: string, parameters: readonly unknown[] }} statement @returns {Answer} */
function run({ sql, parameters }) {
  // libsql ends the whole process over one.
  if (parameters.some((value) => typeof value === 'boolean'))
    throw new TypeError('storage: SQLite has no booleans');
  const statement = prepare(sql);
  if (statement.reader) return { rows: statement.all(parameters), changes: 0 };
  return { rows: [], changes: statement.run(parameters).changes };
}

/** @param {string} sql */
function prepare(sql) {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  const statement = database().prepare(sql);
  if (prepared.size < maxStatements) prepared.set(sql, statement);
  return statement;
}

/** @param {number} id @param {() => Answer} work @returns {Reply} */
function replyTo(id, work) {
  try {
    return { id, ...work() };
  } catch (error) {
    return { id, error: described(error) };
  }
}

/** An error as it can leave the thread. @param {unknown} error */
function described(error) {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const code = 'code' in error ? { code: String(error.code) } : {};
  return { name: error.name, message: error.message, ...code };
}
