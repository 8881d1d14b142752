import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, tell } from './run.mjs';

const lock = join(root, '.cache/setup.lock');
const self = `${process.pid} ${hostname()}`;
const heartbeatMs = 5_000;
/** A holder that has not said for so long that it lives was stopped, or runs on a machine that is gone. */
const staleMs = 60_000;

/** Runs `work` while no other process sets up this folder; waits for one that does. @param {() => Promise<void>} work */
export async function withLock(work) {
  mkdirSync(join(root, '.cache'), { recursive: true });
  for (let waits = 0; !tryTake(); waits += 1) {
    if (waits === 0) tell('Another process is setting this folder up; waiting for it ...');
    removeIfStale();
    await sleep(200);
  }
  const heartbeat = setInterval(showLife, heartbeatMs);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(lock, { recursive: true, force: true });
  }
}

function showLife() {
  if (readOwner(lock) === self) utimesSync(lock, new Date(), new Date());
}

function tryTake() {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
  writeFileSync(join(lock, 'owner'), self);
  return true;
}

function removeIfStale() {
  const owner = readOwner(lock);
  if (owner === undefined || !isStale(owner)) return;
  // Renaming is what only one of several waiters can do; the name tells whether it took the one it judged.
  const taken = `${lock}.${process.pid}`;
  try {
    renameSync(lock, taken);
  } catch {
    return;
  }
  if (readOwner(taken) === owner) rmSync(taken, { recursive: true, force: true });
  else renameSync(taken, lock);
}

/** @param {string} owner */
function isStale(owner) {
  const [pid, host] = owner.split(' ');
  if (host === hostname() && !isAlive(Number(pid))) return true;
  return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > staleMs;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/** Who holds the lock; empty in the moment between taking and signing it, undefined when it is free. @param {string} folder */
function readOwner(folder) {
  try {
    return readFileSync(join(folder, 'owner'), 'utf8');
  } catch {
    return statSync(folder, { throwIfNoEntry: false }) ? '' : undefined;
  }
}

/** @param {unknown} error @param {string} code */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
