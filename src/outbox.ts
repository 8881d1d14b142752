import type { Logger } from 'pino';
import type { Metrics } from './metrics.js';
import { Queues } from './queues.js';
import { type Progress, type SendingParts, sendRow } from './sending.js';
import type { Db } from './storage/database.js';
import type { OutboxRow } from './storage/tables.js';

/** Attempts before a reply is given up, with waits that double from one second: about four minutes in all. */
const maxAttempts = 8;
const firstWaitMs = 1000;
const longestWaitMs = 60_000;

/** Sends what turns have committed, in order within a conversation; one channel never holds up another. */
export interface Outbox {
  /** Sends rows that were just committed; returns at once. */
  deliver(rows: readonly OutboxRow[]): void;
  /** Sends again what an earlier process left unsent. */
  resume(): Promise<void>;
  /** Settles once nothing is being sent. */
  settled(): Promise<void>;
  /** Settles once nothing is being sent, or after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
}

interface OutboxParts extends SendingParts {
  log: Logger;
  metrics: Pick<Metrics, 'countError'>;
  now: () => number;
}

/** The outbox over the table of that name and the channels that replies can leave by. */
export function createOutbox(parts: OutboxParts): Outbox {
  const queues = new Queues();
  const running = new Set<Promise<void>>();
  const waits = new AbortController();
  const deliver = (rows: readonly OutboxRow[]): void => {
    for (const row of rows) {
      const work = queues
        .run(row.conversation_id, () => sendUntilDone(parts, row, waits.signal))
        .catch((error: unknown) => {
          parts.metrics.countError('outbox');
          parts.log.error({ name: nameOf(error) }, 'outbox failed');
        })
        .finally(() => running.delete(work));
      running.add(work);
    }
  };
  return {
    deliver,
    async resume() {
      const rows = await parts.db
        .selectFrom('outbox')
        .selectAll()
        .where('status', '=', 'pending')
        .orderBy('conversation_id')
        .orderBy('seq')
        .execute();
      deliver(rows);
    },
    async settled() {
      await Promise.allSettled([...running]);
    },
    async drain(timeoutMs) {
      const late = new Promise<void>((resolve) => {
        setTimeout(resolve, timeoutMs).unref();
      });
      // Whoever only waits for another attempt stops at once; what is being sent may end.
      waits.abort();
      await Promise.race([Promise.allSettled([...running]), late]);
    },
  };
}

/** Tries until the channel has it, refuses it, or it is given up; a stop leaves it pending for the next start. */
async function sendUntilDone(parts: OutboxParts, row: OutboxRow, stop: AbortSignal): Promise<void> {
  const progress: Progress = { partsSent: 0 };
  for (let attempt = row.attempts + 1; !stop.aborted; attempt += 1) {
    const result = await sendRow(parts, row, progress);
    if (result.status === 'sent') {
      return mark(parts.db, row.id, {
        status: 'sent',
        attempts: attempt,
        channel_message_id: result.channelMessageId ?? null,
      });
    }
    if (result.status === 'refused' || attempt >= maxAttempts) {
      const reason = result.status === 'refused' ? result.reason : 'no attempt succeeded';
      parts.metrics.countError('outbox');
      parts.log.warn({ outboxId: row.id, attempt, reason }, 'a reply was given up');
      return mark(parts.db, row.id, { status: 'refused', attempts: attempt });
    }
    await mark(parts.db, row.id, { attempts: attempt, not_before: parts.now() + result.ms });
    await pause(waitMs(attempt, result.ms), stop);
  }
}

async function mark(db: Db, id: string, set: Partial<OutboxRow>): Promise<void> {
  await db.updateTable('outbox').set(set).where('id', '=', id).execute();
}

/** What the channel asked for, else a wait that doubles, with jitter so that senders do not march in step. */
function waitMs(attempt: number, asked: number): number {
  const doubled = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return Math.max(asked, doubled * (0.5 + Math.random() / 2));
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
