import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from './config.js';
import { isPostgres } from './storage/database.js';

/** The storage's address with its file below the project's folder, wherever the process was started. */
export function storageUrl(config: Config, root: string): string {
  if (isPostgres(config.STORAGE_URL)) return config.STORAGE_URL;
  const path = config.STORAGE_URL.slice('file:'.length);
  return path === ':memory:' ? config.STORAGE_URL : `file:${resolve(root, path)}`;
}

/** What signs tokens and cookies: the setting, else a secret made once and kept beside the storage's file. */
export function signingSecret(config: Config, root: string): string {
  if (config.SIGNING_SECRET !== undefined) return config.SIGNING_SECRET;
  const path = storageUrl(config, root).slice('file:'.length);
  if (path === ':memory:') return randomBytes(32).toString('base64url');
  const file = join(dirname(path), 'signing.key');
  if (!existsSync(file)) writeOnce(file, randomBytes(32).toString('base64url'));
  return readFileSync(file, 'utf8').trim();
}

/** The file is there whole or not at all, and of two processes that make it at once the first one's stays. */
function writeOnce(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
}
