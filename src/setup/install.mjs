import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm, SetupError, tell } from './run.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

// Inside node_modules, so that it goes whenever somebody deletes or reinstalls them.
const stampFile = 'node_modules/.backup-medic';
const lockfile = 'package-lock.json';

/** Whether node_modules is complete, made from this package-lock.json, and for this kind of machine. */
export function isInstalled() {
  const wanted = stampValue();
  if (isStamped(stampFile, wanted)) return areDirectPackagesThere();
  if (!existsSync(join(root, 'node_modules')) || !matchesLockfile()) return false;
  finish(wanted);
  return true;
}

/** Installs exactly what package-lock.json names, development tools too. @throws SetupError when npm fails. */
export async function install() {
  tell('Installing the packages (about half a minute) ...');
  if (!(await runNpm(['ci', '--include=dev']))) {
    throw new SetupError(
      'The packages could not be installed (npm ci, see above): check the connection and run this again.',
    );
  }
  finish(stampValue());
}

/** @param {string} value */
function finish(value) {
  // npm runs the scripts with cmd.exe on Windows, which has no `exec` for the last command of a script.
  if (process.platform === 'win32') writeFileSync(join(root, 'node_modules/.bin/exec.cmd'), '@%*\r\n');
  stamp(stampFile, value);
}

function stampValue() {
  return `${hashOf([lockfile])} ${process.platform}-${process.arch}`;
}

function areDirectPackagesThere() {
  const { dependencies, devDependencies } = readJson('package.json');
  const names = Object.keys({ ...dependencies, ...devDependencies });
  return names.every((name) => existsSync(join(root, 'node_modules', name, 'package.json')));
}

/** Whether somebody's own `npm ci` left what the lockfile names; npm writes its list of what it installed last. */
function matchesLockfile() {
  const installedList = 'node_modules/.package-lock.json';
  if (!existsSync(join(root, installedList))) return false;
  const wanted = Object.entries(readJson(lockfile).packages).filter(([path]) => path !== '');
  const installed = readJson(installedList).packages;
  return (
    areDirectPackagesThere() &&
    wanted.every(([path, { version, optional }]) =>
      path in installed ? installed[path]?.version === version : optional === true,
    ) &&
    Object.keys(installed).length <= wanted.length
  );
}

/**
 * @param {string} file
 * @returns {{ dependencies?: object, devDependencies?: object, packages: Record<string, { version?: string, optional?: boolean }> }}
 */
function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
