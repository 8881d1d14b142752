import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Clients, type Measured } from '../bench/turn/clients.js';
import { startLoad } from '../channels/steady-load.js';
import { startProduct } from '../fuzz/product.js';

const usage = 'Usage: npm run proof -- slow-channel [--rounds 5] [--seconds 5] [--clients 8]';

/** How much slower others may become. */
const mostSlower = 1.5;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      clients: { type: 'string', default: '8' },
    },
  });
  if (positionals[0] !== 'slow-channel') throw new Error(usage);
  const folder = mkdtempSync(join(tmpdir(), 'backup-medic-slow-'));
  const product = await startProduct(folder, { RATE_PER_PERSON: '0', RATE_PER_ADDRESS: '0' });
  const url = `http://127.0.0.1:${product.port}`;
  const clients = await Clients.open();
  const good = await listen((_request, response) => response.end('{"id":"1"}'));
  const hanging = await listen(() => undefined);
  const plan = { count: Number(values.clients), seconds: Number(values.seconds) };
  // The same messages at the same pace in both kinds of round: what differs is what becomes of their replies.
  const kinds = { undisturbed: [urlOf(good)], disturbed: [urlOf(hanging), 'http://127.0.0.1:1'] };
  const measured: Record<keyof typeof kinds, Measured[]> = { undisturbed: [], disturbed: [] };
  try {
    await clients.run(url, 'callback', { ...plan, seconds: 2 });
    for (let round = 1; round <= Number(values.rounds); round += 1) {
      for (const kind of ['undisturbed', 'disturbed'] as const) {
        const stopLoad = startLoad(url, kinds[kind]);
        const one = await clients.run(url, 'callback', plan);
        await stopLoad();
        measured[kind].push(one);
        const { perSecond, p50, p99 } = one;
        console.log(
          `${round} ${kind.padEnd(11)} ${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`,
        );
      }
    }
  } finally {
    clients.close();
    for (const server of [good, hanging]) {
      server.closeAllConnections();
      server.close();
    }
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const slower = median(measured.disturbed) / median(measured.undisturbed);
  console.log(`p99 of others is ${slower.toFixed(2)} times the undisturbed (medians), ${mostSlower} allowed`);
  if (!(slower <= mostSlower)) process.exitCode = 1;
}

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return server;
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function median(measured: readonly Measured[]): number {
  const sorted = measured.map(({ p99 }) => p99).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

await main();
