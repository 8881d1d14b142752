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
  writeFileSync(
    'node_modules/typescript/bin/tsc',
    "const fs = require('node:fs');\nfs.appendFileSync('tsc.log', 'build\\n');\nif (fs.existsSync('broken')) process.exit(2);\n" +
      "fs.mkdirSync('dist/src', { recursive: true });\nfs.writeFileSync('dist/src/main.js', '');\n",
  );
}
if (command === 'pack') writeFileSync('botframework-webchat-4.18.1.tgz', 'something else');
