import { readdirSync } from 'node:fs';

// `npm run proof -- NAME`: runs the long proof of that name, a file of this folder.
const names = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.js') && file !== 'main.js')
  .map((file) => file.replace(/\.js$/, ''));
const name = process.argv[2] ?? '';

if (names.includes(name)) await import(`./${name}.js`);
else {
  console.error(`Usage: npm run proof -- NAME   (${names.join(', ')})`);
  process.exitCode = 1;
}
