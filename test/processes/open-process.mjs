import { once } from 'node:events';

// Opens the storage named by the first argument at a word on the standard input, so that several do it at once.
const { openDatabase } = await import(new URL('../../dist/src/storage/database.js', import.meta.url).href);
process.stdout.write('loaded\n');
await once(process.stdin, 'data');
const db = await openDatabase(process.argv[2]);
const people = await db.selectFrom('people').selectAll().execute();
await db.destroy();
process.stdout.write(`${people.length} people\n`);
process.exit(0);
