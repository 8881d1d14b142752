import pino from 'pino';
import { warmUp } from '../intents/recognizers.js';
import { ContentError } from '../knowledge/content.js';
import { ConfigError, readConfig } from './config.js';
import { createHost, type Host } from './host.js';
import { loadDotEnv, projectRoot } from './project-root.js';
import { startServer } from './server.js';

/** Longest time a stop may take before the process ends all the same. */
const stopMs = 10_000;

async function main(): Promise<void> {
  const root = projectRoot();
  loadDotEnv(root);
  const config = readConfig();
  const log = pino({ level: config.LOG_LEVEL }, pino.destination({ fd: 2, sync: false }));
  const host = await createHost({ root, config, log });
  const server = await startServer({ root, config, host });
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), stopMs).unref();
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  // `npm run dev` sends this when a content file was saved.
  process.on('message', (message) => {
    if (message === 'reloadContent') reloadContent(host);
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Last, so that whoever waits for this line may stop the process at once.
  console.log(`Backup Medic is ready: open ${server.url}`);
  void warmUp();
}

function reloadContent(host: Host): void {
  try {
    host.reloadContent();
    console.error('Read the content again.');
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    console.error(`${error.message}\nThe content from before stays in use.`);
  }
}

main().catch((error: unknown) => {
  const isOurs = error instanceof ConfigError || error instanceof ContentError;
  console.error(
    isOurs || !(error instanceof Error) ? String(isOurs ? (error as Error).message : error) : error.message,
  );
  process.exitCode = 1;
});
