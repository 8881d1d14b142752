import { once } from 'node:events';
import pino from 'pino';

// The whole product in a process of its own, as `npm start` runs it from dist/, but that it waits: guide and
// engine are read first, storage and port are opened at a word on the standard input. So a test that ends
// processes every moment has the next one standing by.

/** A module of the built product. @param {string} name */
const load = (name) => import(new URL(`../../dist/src/${name}.js`, import.meta.url).href);

const names = ['host', 'server', 'config', 'brain', 'project-root'];
const [host, server, config, brain, projectRoot] = await Promise.all(names.map(load));
const root = projectRoot.projectRoot();
const parts = {
  root,
  config: config.readConfig(),
  log: pino({ level: 'silent' }),
  brain: brain.loadBrain(root),
  quietMs: 1000,
};
// Whoever started this is gone.
process.stdin.once('end', () => process.exit(1));
await once(process.stdin, 'data');
const running = await server.startServer({ ...parts, host: await host.createHost(parts) });
process.on('SIGTERM', async () => {
  await running.close();
  process.exit(0);
});
process.stdout.write(`${running.url}\n`);
