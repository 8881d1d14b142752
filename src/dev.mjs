import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { root, runNode, tell } from './setup/run.mjs';

// `npm run dev`: starts the bot, lets it read changed content again, and starts it again when a source changes and builds.
const rooms = ['knowledge', 'intents', 'dialogs', 'src'];
/** An editor saves in several steps: what follows this soon belongs to the same change. */
const quietMs = 200;

let bot = start();
/** @type {NodeJS.Timeout | undefined} */
let timer;
let work = Promise.resolve();
let needsRestart = false;

for (const room of rooms) {
  watch(join(root, room), { recursive: true }, (_event, name) => {
    const isContent = room === 'knowledge' && name?.endsWith('.yaml') === true;
    needsRestart ||= !isContent;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const apply = needsRestart ? restart : reloadContent;
      needsRestart = false;
      work = work.then(apply);
    }, quietMs);
  });
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop().then(() => process.exit(0)));

function start() {
  return spawn(process.execPath, ['--enable-source-maps', 'dist/src/main.js'], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}

/** The running bot reads the content again; nobody's conversation is interrupted. */
async function reloadContent() {
  if (bot.connected) bot.send('reloadContent');
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
