import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode, SetupError, tell } from './run.mjs';
import { filesBelow, hashOf, isStamped, stamp, unstamp } from './stamp.mjs';

const stampFile = 'dist/build.stamp';
const rooms = ['knowledge', 'intents', 'dialogs', 'src'];

/** Whether dist/ was compiled from exactly these sources. */
export function isBuilt() {
  return isStamped(stampFile, hashOf(inputs()));
}

/** Compiles the four rooms to dist/. @throws SetupError when they do not compile. */
export async function build() {
  const value = hashOf(inputs());
  tell('Building ...');
  unstamp(stampFile);
  if (!(await runNode(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']))) {
    throw new SetupError('The sources do not compile: mend the errors above and run this again.');
  }
  removeLeftovers();
  stamp(stampFile, value);
}

function inputs() {
  const sources = rooms.flatMap((room) => filesBelow(room, ['.ts', '.mjs']));
  return ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', ...sources];
}

/** A module that was renamed must not go on working from its old compiled file. */
function removeLeftovers() {
  for (const compiled of rooms.flatMap((room) => filesBelow(`dist/${room}`, ['.js', '.mjs', '.map']))) {
    const source = compiled
      .replace(/^dist\//, '')
      .replace(/\.map$/, '')
      .replace(/\.js$/, '.ts');
    if (!existsSync(join(root, source))) rmSync(join(root, compiled));
  }
}
