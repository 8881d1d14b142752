import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { root, runNpm, SetupError, tell } from './run.mjs';
import { isStamped, stamp, unstamp } from './stamp.mjs';
import { filesInTar } from './tar.mjs';

// As a dependency the package brings 425 others that the page never loads: one file of it is needed.
const version = '4.18.1';
const integrity =
  'sha512-7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';
const folder = 'dist/web';
const stampFile = `${folder}/webchat.stamp`;

/** What is kept of the package, and under which name. */
const kept = new Map([
  ['package/dist/webchat.js', 'webchat.js'],
  ['package/dist/webchat.js.LICENSE.txt', 'webchat.js.LICENSE.txt'],
]);

/** Whether the chat page's script and its licence lie in dist/web/ at this version. */
export function isWebchatFetched() {
  return (
    isStamped(stampFile, integrity) &&
    [...kept.values()].every((name) => existsSync(join(root, folder, name)))
  );
}

/** Fetches Web Chat from the npm registry and keeps its script. @throws SetupError when it cannot be fetched or is not the one expected. */
export async function fetchWebchat() {
  tell(`Fetching Web Chat ${version} ...`);
  unstamp(stampFile);
  const temporary = mkdtempSync(join(root, '.cache/webchat-'));
  try {
    await unpack(await download(temporary), temporary);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  stamp(stampFile, integrity);
}

/** @param {string} temporary */
async function download(temporary) {
  if (!(await runNpm(['pack', `botframework-webchat@${version}`], temporary))) {
    throw new SetupError(
      'Web Chat could not be fetched (npm pack, see above): check the connection and run this again.',
    );
  }
  const tarball = join(temporary, `botframework-webchat-${version}.tgz`);
  const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (found !== integrity) {
    throw new SetupError(
      `Web Chat ${version} is not the file expected (its sha512 differs): check your npm registry.`,
    );
  }
  return tarball;
}

/** @param {string} tarball @param {string} temporary */
async function unpack(tarball, temporary) {
  mkdirSync(join(root, folder), { recursive: true });
  const stream = createReadStream(tarball).pipe(createGunzip());
  const missing = new Set(kept.keys());
  for await (const [name, bytes] of filesInTar(stream, missing)) {
    const target = kept.get(name) ?? name;
    writeFileSync(join(temporary, target), bytes);
    renameSync(join(temporary, target), join(root, folder, target));
    missing.delete(name);
    if (missing.size === 0) break;
  }
  stream.destroy();
  if (missing.size > 0) throw new SetupError(`Web Chat ${version} lacks ${[...missing].join(', ')}.`);
}
