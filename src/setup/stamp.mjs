import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

/** Whether `file` holds exactly `value`: the product beside it was made from these inputs. @param {string} file @param {string} value */
export function isStamped(file, value) {
  try {
    return readFileSync(join(root, file), 'utf8') === value;
  } catch {
    return false;
  }
}

/** Marks a product as made; the last act of making it. @param {string} file @param {string} value */
export function stamp(file, value) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), value);
}

/** Marks a product as not made; the first act of making it. @param {string} file */
export function unstamp(file) {
  rmSync(join(root, file), { force: true });
}

/** Hash of names and contents, so that neither a touched nor a copied file looks new. @param {string[]} files */
export function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Files below `folder` whose name ends so, sorted, as paths from the project's folder; empty without the folder.
 * @param {string} folder
 * @param {string[]} endings
 * @returns {string[]}
 */
export function filesBelow(folder, endings) {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(path, endings);
      return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
    })
    .sort();
}
