import { readSettings } from '../config.js';
import { storageUrl } from '../installation.js';
import { loadDotEnv, projectRoot } from '../project-root.js';
import { openDatabase } from '../storage/database.js';
import { createStore, type Store } from '../storage/store.js';

const usage = `Usage: npm run -s data -- export PERSON   everything that is kept about a person, as JSON
       npm run -s data -- delete PERSON   deletes it, for good
PERSON is the channel and that channel's id of the person, such as 'msteams|29:1a2b': an export in the chat names it.`;

/** Does for an operator what "send me my data" and "delete my data" do in the chat. */
async function main(): Promise<void> {
  const [command, person, ...more] = process.argv.slice(2);
  if ((command !== 'export' && command !== 'delete') || person === undefined || more.length > 0) {
    throw new Error(usage);
  }
  const root = projectRoot();
  loadDotEnv(root);
  const db = await openDatabase(storageUrl(readSettings(), root));
  try {
    const store = createStore(db);
    if (command === 'export') console.log(JSON.stringify(await exportOf(store, person), null, 2));
    else await deleteAll(store, person);
  } finally {
    await db.destroy();
  }
}

async function exportOf(store: Store, person: string): Promise<Record<string, unknown[]>> {
  const data = await store.exportPerson(person);
  if (Object.values(data).every((rows) => rows.length === 0)) throw new Error(unknown(person));
  return data;
}

async function deleteAll(store: Store, person: string): Promise<void> {
  if (!(await store.deletePerson(person))) throw new Error(unknown(person));
  console.log(`Everything about ${person} is deleted.`);
}

function unknown(person: string): string {
  return `Nothing is kept about ${person}.`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
