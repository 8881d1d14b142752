import { parseArgs } from 'node:util';
import { runCrash } from '../processes/crash.js';
import { storages } from '../storage/databases.js';

const usage =
  'Usage: npm run proof -- crash [--storage sqlite|postgres] [--kills 200] [--seed 1] [--people 4]';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      storage: { type: 'string' },
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      people: { type: 'string', default: '4' },
    },
  });
  if (positionals[0] !== 'crash') throw new Error(usage);
  for (const { name, start } of storages) {
    if (values.storage !== undefined && values.storage !== name) continue;
    const storage = await start();
    const [kills, seed, people] = [Number(values.kills), Number(values.seed), Number(values.people)];
    const figures = await runCrash({ storageUrl: await storage.fresh(), kills, seed, people });
    await storage.stop();
    const { conversations, messages, twice, faults } = figures;
    console.log(
      `${name}: ${figures.kills} kills, ${conversations} conversations, ${messages} messages: ${faults.length} faults;` +
        ` replies that a channel without ids took twice: ${twice}`,
    );
    for (const fault of faults) console.log(`  ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  }
}

await main();
