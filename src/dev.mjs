import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { root, runNode, tell } from './setup/run.mjs';

// `npm run dev`: starts the bot, and starts it again whenever a source or a content file changes and builds.
const rooms = ['knowledge', 'intents', 'dialogs', 'src'];
/** An editor saves in several steps: what follows this soon belongs to the same change. */
const quietMs = 200;

let bot = start();
/** @type {NodeJS.Timeout | undefined} */
let timer;
let work = Promise.resolve();

for (const room of rooms) {
  watch(join(root, room), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(restart);
    }, quietMs);
  });
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop().then(() => process.exit(0)));

function start() {
  return spawn(process.execPath, ['--enable-source-maps', 'dist/src/main.js'], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** What does not build leaves the running bot as it is. */
async function restart() {
  if (!(await runNode(['src/setup.mjs']))) return;
  tell('Starting again ...');
  await stop();
  bot = start();
}

/** @returns {Promise<void>} */
function stop() {
  return new Promise((resolve) => {
    if (bot.exitCode !== null || bot.signalCode !== null) return resolve();
    bot.once('exit', () => resolve());
    bot.kill('SIGTERM');
  });
}
