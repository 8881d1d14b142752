import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';

const folder = mkdtempSync(join(tmpdir(), 'unusable-'));
const notes = join(folder, 'notes.txt');
writeFileSync(notes, 'these are notes, and no database at all '.repeat(200));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['a file of another kind', `file:${notes}`],
  ['a folder', `file:${folder}`],
  ['a file where a folder should be', `file:${notes}/bot.db`],
  ['a server that is not there', 'postgres://medic:hunter2@127.0.0.1:1/medic'],
  ['a port that is none', 'postgres://medic:hunter2@127.0.0.1:99999/medic'],
])('%s is named as such, and no password is told', async (_name, url) => {
  const failing = openDatabase(url);
  await expect(failing).rejects.toThrow(/^The storage cannot be used: .{8,}\. See STORAGE_URL\.$/);
  await expect(failing).rejects.not.toThrow('hunter2');
});
