import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { Db } from './storage/database.js';
import { forgetOld } from './storage/retention.js';

/** Between two rounds, and before the first: a start has better things to do. */
const everyMs = 3600_000;
const firstMs = 60_000;

/** Forgets every hour what is older than the settings allow; `stop` waits for a round under way. */
export function startForgetting(parts: { db: Db; config: Config; log: Logger; now: () => number }): {
  stop(): Promise<void>;
} {
  const { db, config, log, now } = parts;
  const retention = {
    messageDays: config.KEEP_MESSAGES_DAYS,
    conversationDays: config.KEEP_CONVERSATIONS_DAYS,
    phraseDays: config.KEEP_PHRASES_DAYS,
  };
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    try {
      const people = await forgetOld(db, retention, now());
      if (people > 0) log.info({ people }, 'forgot people after the set time');
    } catch (error) {
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'forgetting failed');
    }
  };
  const start = (): void => {
    running = running.then(round);
  };
  const first = setTimeout(start, firstMs).unref();
  const rounds = setInterval(start, everyMs).unref();
  return {
    async stop() {
      clearTimeout(first);
      clearInterval(rounds);
      await running;
    },
  };
}
