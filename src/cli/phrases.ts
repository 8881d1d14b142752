import { groupAlike } from '../../intents/grouping.js';
import { loadUnderstander } from '../../intents/model-cache.js';
import { readConfig } from '../config.js';
import { storageUrl } from '../installation.js';
import { loadDotEnv, projectRoot } from '../project-root.js';
import { openDatabase } from '../storage/database.js';

/** Texts shown of each group. */
const shownTexts = 5;

/** Prints what was not understood or was corrected, like with like, with the engine's best guess of today. */
async function main(): Promise<void> {
  const root = projectRoot();
  loadDotEnv(root);
  const db = await openDatabase(storageUrl(readConfig(), root));
  const rows = await db.selectFrom('phrases').selectAll().orderBy('at', 'desc').execute();
  await db.destroy();
  const understand = loadUnderstander(root);
  for (const group of groupAlike(rows)) {
    const said = group.map((row) => understand(row.text));
    const best = mostFrequent(said.map((one) => one.intent));
    const chosen = mostFrequent(group.flatMap((row) => (row.reason === 'corrected' ? [row.meant] : [])));
    console.log(
      `${group.length} x ${chosen === undefined ? `perhaps ${best}` : `${chosen} (chosen by the person)`}`,
    );
    for (const row of group.slice(0, shownTexts)) console.log(`    ${row.text}`);
  }
  console.error(`${rows.length} phrases. Add the good ones to intents/examples/en/<intent>.yaml.`);
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
