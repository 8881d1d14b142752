import { parseArgs } from 'node:util';
import { runRace } from '../processes/race.js';
import { storages } from '../storage/databases.js';

const usage = 'Usage: npm run proof -- race [--storage sqlite|postgres] [--rounds 20]';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { storage: { type: 'string' }, rounds: { type: 'string', default: '20' } },
  });
  if (positionals[0] !== 'race') throw new Error(usage);
  for (const { name, start } of storages) {
    if (values.storage !== undefined && values.storage !== name) continue;
    const storage = await start();
    const processes = name === 'postgres' ? 3 : 1;
    const faults: string[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const storageUrl = await storage.fresh();
      faults.push(...(await runRace({ storageUrl, processes, messages: 50, repeats: 10 })));
    }
    await storage.stop();
    console.log(
      `${name}: ${values.rounds} rounds of 50 messages and 10 repeats at once: ${faults.length} faults`,
    );
    for (const fault of faults) console.log(`  ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  }
}

await main();
