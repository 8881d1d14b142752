// Stands in for npm in the setup's tests: `ci` makes a node_modules with a compiler, `pack` a tarball of rubbish.
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const command = process.argv[2];
process.stdout.write(`fake npm ${process.argv.slice(2).join(' ')}\n`);
if (command === 'ci') {
  appendFileSync('ci.log', `${process.argv.slice(3).join(' ')}\n`);
  rmSync('node_modules', { recursive: true, force: true });
  if (existsSync('slow')) await sleep(500);
  if (existsSync('offline')) process.exit(1);
  mkdirSync('node_modules/typescript/bin', { recursive: true });
  mkdirSync('node_modules/.bin', { recursive: true });
  writeFileSync('node_modules/typescript/package.json', '{"type":"commonjs"}');
  writeFileSync('node_modules/typescript/bin/tsc', `(${compile})();`);
}
if (command === 'pack') writeFileSync('botframework-webchat-4.18.1.tgz', 'something else');

/** The compiler's text: takes over the bot as it is, and makes a trainer that counts. */
function compile() {
  const fs = require('node:fs');
  fs.appendFileSync('tsc.log', 'build ');
  if (fs.existsSync('broken')) process.exit(2);
  for (const room of ['src', 'intents']) fs.mkdirSync(`dist/${room}`, { recursive: true });
  fs.copyFileSync('src/main.ts', 'dist/src/main.js');
  fs.writeFileSync('dist/package.json', '{"type":"commonjs"}');
  const train = "fs.appendFileSync('train.log', 'trained '); fs.writeFileSync('dist/intents/model.bin', '');";
  fs.writeFileSync('dist/intents/train.js', `const fs = require('node:fs'); ${train}`);
}
