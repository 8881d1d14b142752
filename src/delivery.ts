import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import type { SendResult } from './channels/channel.js';
import type { Metrics } from './metrics.js';
import { type Progress, type SendingParts, sendRow } from './sending.js';
import type { Db } from './storage/database.js';
import type { OutboxRow } from './storage/tables.js';

/** Attempts before a reply is given up, with waits that double from one second: about four minutes in all. */
const maxAttempts = 8;
const firstWaitMs = 1000;
const longestWaitMs = 60_000;

/** What delivering needs. */
export interface DeliveryParts extends SendingParts {
  log: Logger;
  metrics: Pick<Metrics, 'countError'>;
  now: () => number;
}

/** How far a stop of the process has come. */
export class Ending {
  readonly #waits = new AbortController();
  readonly #held = new Set<string>();
  #isOver = false;

  constructor() {
    setMaxListeners(0, this.#waits.signal);
  }

  /** Aborted once nobody is to wait for another attempt; what was not tried yet still goes out. */
  get waits(): AbortSignal {
    return this.#waits.signal;
  }

  begin(): void {
    this.#waits.abort();
  }

  /** From now on nothing is sent at all. */
  finish(): void {
    this.#isOver = true;
  }

  /** Leaves what is still to come in the conversation for the next start, so that the order holds. */
  hold(conversationId: string): void {
    this.#held.add(conversationId);
  }

  mayTry({ conversation_id }: OutboxRow): boolean {
    return !this.#isOver && !this.#held.has(conversation_id);
  }
}

/** Tries until the channel has it, refuses it, or it is given up; a stop leaves it pending for the next start. */
export async function sendUntilDone(parts: DeliveryParts, row: OutboxRow, ending: Ending): Promise<void> {
  const progress: Progress = { partsSent: 0 };
  for (let attempt = row.attempts + 1; ending.mayTry(row); attempt += 1) {
    const result = await sendRow(parts, row, progress).catch((error: unknown) => failed(parts, error));
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
    const ms = waitMs(attempt, result.ms);
    await mark(parts.db, row.id, { attempts: attempt, not_before: parts.now() + ms });
    await pause(ms, ending.waits);
    if (ending.waits.aborted) ending.hold(row.conversation_id);
  }
}

function failed({ log }: DeliveryParts, error: unknown): SendResult {
  log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'a reply could not be made ready');
  return { status: 'retryAfter', ms: 0 };
}

async function mark(db: Db, id: string, set: Partial<OutboxRow>): Promise<void> {
  await db.updateTable('outbox').set(set).where('id', '=', id).execute();
}

/** What the channel asked for, else a wait that doubles, with jitter so that senders do not march in step. */
function waitMs(attempt: number, asked: number): number {
  const doubled = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return Math.max(asked, doubled * (0.5 + Math.random() / 2));
}

/** Waits, or until `stop` is aborted. */
export async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms).unref();
    stop.addEventListener('abort', done);
    if (stop.aborted) done();
  });
}
