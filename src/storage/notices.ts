import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { connectionOptions } from './postgres.js';

/** Tells every process that a conversation's stream has grown. */
export interface Notices {
  /** Tells the other processes; returns at once, and what is lost a reader finds at its next reconnect. */
  tell(conversation: string): void;
  /** Calls `wake` for each conversation told of by any process; without one when notices may have been missed. */
  listen(wake: (conversation?: string) => void): void;
  close(): Promise<void>;
}

const channel = 'backup_medic_streams';
const reconnectMs = 1000;

/** Notices over PostgreSQL's LISTEN and NOTIFY, through a connection of its own that comes back when it breaks. */
export function createNotices(url: string): Notices {
  return new PostgresNotices(url);
}

class PostgresNotices implements Notices {
  readonly #url: string;
  readonly #waking = new Set<(conversation?: string) => void>();
  readonly #told = new Set<string>();
  #client: pg.Client | undefined;
  #isClosed = false;
  #isTelling = false;

  constructor(url: string) {
    this.#url = url;
    void this.#connect();
  }

  tell(conversation: string): void {
    this.#told.add(conversation);
    if (!this.#isTelling) void this.#tellAll();
  }

  listen(wake: (conversation?: string) => void): void {
    this.#waking.add(wake);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#client?.end().catch(() => {});
  }

  /** One notification after the other, each conversation once however often it grew meanwhile. */
  async #tellAll(): Promise<void> {
    this.#isTelling = true;
    for (const conversation of this.#told) {
      this.#told.delete(conversation);
      await this.#client?.query('select pg_notify($1, $2)', [channel, conversation]).catch(() => {});
    }
    this.#isTelling = false;
  }

  async #connect(): Promise<void> {
    while (!this.#isClosed) {
      const client = new pg.Client(connectionOptions(this.#url));
      const ended = new Promise<void>((resolve) => {
        client.on('error', () => resolve());
        client.on('end', () => resolve());
      });
      client.on('notification', ({ payload }) => this.#wake(payload));
      try {
        await client.connect();
        await client.query(`listen ${channel}`);
        this.#client = client;
        this.#wake();
        await ended;
      } catch {
        // The storage is down: streams fall back to what their readers ask for.
      }
      this.#client = undefined;
      await client.end().catch(() => {});
      if (!this.#isClosed) await wait(reconnectMs, undefined, { ref: false });
    }
  }

  #wake(conversation?: string): void {
    for (const wake of this.#waking) wake(conversation);
  }
}
