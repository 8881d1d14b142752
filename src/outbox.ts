import { type DeliveryParts, Ending, pause, sendUntilDone } from './delivery.js';
import { Queues } from './queues.js';
import { channelOf } from './sending.js';
import { abandonedConversations, pendingBefore, pendingRows, takeOver } from './storage/pending.js';
import type { OutboxRow } from './storage/tables.js';

/** After this time without an attempt a reply's process counts as gone: one call to a channel takes 15 s at most. */
const usualQuietMs = 20_000;

/** Between two looks at what another process has still to send before. */
const orderWaitMs = 100;

/** Sends what turns have committed, in order within a conversation; one channel never holds up another. */
export interface Outbox {
  /** Sends rows that were just committed; returns at once. */
  deliver(rows: readonly OutboxRow[]): void;
  /** Sends again what an earlier process left unsent, now and whenever another process is gone. */
  resume(): Promise<void>;
  /** Settles once nothing is being sent. */
  settled(): Promise<void>;
  /** Settles once nothing is being sent, or after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
}

interface OutboxParts extends DeliveryParts {
  /** True when other processes may be sending from the same storage. */
  isShared: boolean;
  /** Milliseconds after which a process that sends no more counts as gone; 20 seconds when absent. */
  quietMs?: number | undefined;
}

/** The outbox over the table of that name and the channels that replies can leave by. */
export function createOutbox(parts: OutboxParts): Outbox {
  return new TableOutbox(parts);
}

class TableOutbox implements Outbox {
  readonly #parts: OutboxParts;
  readonly #quietMs: number;
  readonly #queues = new Queues();
  /** What is being sent, with its conversation. */
  readonly #running = new Map<Promise<void>, string>();
  readonly #ending = new Ending();
  #looks: NodeJS.Timeout | undefined;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#quietMs = parts.quietMs ?? usualQuietMs;
  }

  deliver(rows: readonly OutboxRow[]): void {
    for (const row of rows) {
      const work = this.#queues
        .run(row.conversation_id, () => this.#send(row))
        .catch((error: unknown) => {
          this.#parts.metrics.countError('outbox');
          this.#parts.log.error({ name: nameOf(error) }, 'outbox failed');
        })
        .finally(() => this.#running.delete(work));
      this.#running.set(work, row.conversation_id);
    }
  }

  async resume(): Promise<void> {
    const rows = await pendingRows(this.#parts.db);
    // Another process may just be sending the others; if it is gone, they are found by the next looks.
    this.deliver(this.#parts.isShared ? rows.filter((row) => channelOf(this.#parts, row)?.knowsIds) : rows);
    this.#looks ??= setInterval(() => void this.#look(), this.#quietMs / 4).unref();
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#running.keys());
  }

  async drain(timeoutMs: number): Promise<void> {
    clearInterval(this.#looks);
    const late = new Promise<void>((resolve) => {
      setTimeout(resolve, timeoutMs).unref();
    });
    // Whoever only waits for another attempt stops at once; what was not tried yet goes out.
    this.#ending.begin();
    await Promise.race([this.settled(), late]);
    this.#ending.finish();
  }

  /** Takes over what a process that is gone, or a storage that was, has left unsent. */
  async #look(): Promise<void> {
    const { db, log } = this.#parts;
    try {
      for (const conversation of await abandonedConversations(db, this.#quietSince())) {
        if ([...this.#running.values()].includes(conversation)) continue;
        this.deliver(await this.#takeOver(conversation));
      }
    } catch (error) {
      log.error({ name: nameOf(error) }, 'outbox could not be looked through');
    }
  }

  #takeOver(conversation: string, beforeSeq?: number): Promise<OutboxRow[]> {
    const now = this.#parts.now();
    return takeOver(this.#parts.db, conversation, { now, quietSince: this.#quietSince(), beforeSeq });
  }

  #quietSince(): number {
    return this.#parts.now() - this.#quietMs;
  }

  async #send(row: OutboxRow): Promise<void> {
    if (this.#parts.isShared) await this.#sendEarlier(row);
    await sendUntilDone(this.#parts, row, this.#ending);
  }

  /** What other processes have committed before goes first: by them, or by us where ids are known or they are gone. */
  async #sendEarlier(row: OutboxRow): Promise<void> {
    const { db } = this.#parts;
    for (;;) {
      const waiting = await pendingBefore(db, row);
      if (waiting.length === 0) return;
      if (this.#ending.waits.aborted) return this.#ending.hold(row.conversation_id);
      const isTheirs = channelOf(this.#parts, row)?.knowsIds !== true;
      const rows = isTheirs ? await this.#takeOver(row.conversation_id, row.seq) : waiting;
      for (const one of rows) await sendUntilDone(this.#parts, one, this.#ending);
      if (rows.length === 0) await pause(orderWaitMs, this.#ending.waits);
    }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
