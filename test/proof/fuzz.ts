import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Product, startProduct } from '../fuzz/product.js';
import { type Fault, throwRow } from '../fuzz/run.js';
import { channelKey, signedSettings, tokenFor } from '../fuzz/signed.js';
import { startKeyServer } from '../turn/key-server.js';

const usage = 'Usage: npm run proof -- fuzz [--count 100000] [--from 0] [--seed 1] [--at-once 8]';

/** How much more heap may be in use in the last third than in the first. */
const heapGrowthMb = 15;

/** Unlimited, as everything comes from one address. */
const noLimits = { RATE_PER_PERSON: '0', RATE_PER_ADDRESS: '0' };

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '100000' },
      from: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      'at-once': { type: 'string', default: '8' },
    },
  });
  if (positionals[0] !== 'fuzz') throw new Error(usage);
  const folder = mkdtempSync(join(tmpdir(), 'backup-medic-fuzz-'));
  const keys = await startKeyServer([channelKey]);
  const open = await startProduct(join(folder, 'open'), noLimits);
  const signed = await startProduct(join(folder, 'signed'), {
    ...noLimits,
    ...signedSettings(keys.metadataUrl),
  });
  const memory: { heapMb: number; rssMb: number }[] = [];
  const began = Date.now();
  try {
    const { faults, statuses } = await throwRow(
      { open: open.port, signed: signed.port, tokenFor },
      {
        seed: Number(values.seed),
        from: Number(values.from),
        count: Number(values.count),
        atOnce: Number(values['at-once']),
        async onProgress(done) {
          mustRun({ open, signed });
          memory.push(await open.memory());
          if (done % 10_000 === 0) tell(done, began, memory);
        },
      },
    );
    mustRun({ open, signed });
    report(faults, statuses, memory);
  } finally {
    await Promise.all([open.stop(), signed.stop(), keys.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws with the end of the log when one of them has ended. */
function mustRun(products: Record<string, Product>): void {
  for (const [name, product] of Object.entries(products)) {
    if (product.ended() === undefined) continue;
    throw new Error(`the ${name} bot ended with ${product.ended()}:\n${product.log().slice(-3000)}`);
  }
}

function tell(done: number, began: number, memory: readonly { heapMb: number; rssMb: number }[]): void {
  const seconds = Math.round((Date.now() - began) / 1000);
  const lately = memory.slice(-10);
  const heap = Math.min(...lately.map((one) => one.heapMb)).toFixed(0);
  const rss = Math.max(...lately.map((one) => one.rssMb)).toFixed(0);
  console.log(`${done} inputs in ${seconds} s, heap ${heap} MB at least, memory ${rss} MB at most`);
}

function report(
  faults: readonly Fault[],
  statuses: ReadonlyMap<string, number>,
  memory: readonly { heapMb: number }[],
): void {
  for (const [name, count] of [...statuses].sort()) console.log(`${String(count).padStart(7)} ${name}`);
  for (const { place, fault, input, text } of faults.slice(0, 20)) {
    console.log(`\n${fault} at ${place}: ${JSON.stringify(input).slice(0, 1500)}\n  ${text}`);
  }
  // What a collection leaves is the least seen in a while; a full one may come minutes apart.
  const third = Math.max(1, Math.floor(memory.length / 3));
  const least = (part: readonly { heapMb: number }[]) => Math.min(...part.map((one) => one.heapMb));
  const growth = least(memory.slice(-third)) - least(memory.slice(0, third));
  console.log(
    `${faults.length} faults; least heap in use grew by ${growth.toFixed(1)} MB from first to last third`,
  );
  if (faults.length > 0 || growth > heapGrowthMb) process.exitCode = 1;
}

await main();
