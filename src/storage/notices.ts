import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import pg from 'pg';
import { z } from 'zod';
import { connectionOptions } from './postgres.js';

/** Who wants to know what the other processes tell. */
interface Listener {
  /** The conversation's stream has grown. */
  grown(conversation: string): void;
  /** The activity is to be shown, and stands on no stream. */
  shown(conversation: string, activity: Partial<Activity>): void;
  /** Some notices may not have arrived. */
  missed(): void;
}

/** Tells every other process of what happens on the streams of conversations. */
export interface Notices {
  /** Tells that a stream has grown, or of an activity that is to be shown; returns at once. */
  tell(conversation: string, activity?: Partial<Activity>): void;
  listen(listener: Listener): void;
  close(): Promise<void>;
}

const channel = 'backup_medic_streams';
const reconnectMs = 1000;

/** Longest payload of PostgreSQL's NOTIFY, in bytes ("NOTIFY", 8000 exclusive). */
const maxPayloadBytes = 7999;

const payloadSchema = z.object({
  from: z.string(),
  conversation: z.string(),
  activity: z.custom<Partial<Activity>>((value) => typeof value === 'object').optional(),
});

/** Notices over PostgreSQL's LISTEN and NOTIFY, through a connection of its own that comes back when it breaks. */
export function createNotices(url: string): Notices {
  return new PostgresNotices(url);
}

class PostgresNotices implements Notices {
  readonly #url: string;
  readonly #ownId = randomUUID();
  readonly #listeners = new Set<Listener>();
  readonly #untold = new Set<string>();
  #client: pg.Client | undefined;
  #isClosed = false;
  #isTelling = false;
  readonly #connecting: Promise<void>;

  constructor(url: string) {
    this.#url = url;
    this.#connecting = this.#stayConnected();
  }

  tell(conversation: string, activity?: Partial<Activity>): void {
    const payload = JSON.stringify({ from: this.#ownId, conversation, activity });
    if (Buffer.byteLength(payload) > maxPayloadBytes) return;
    this.#untold.add(payload);
    if (!this.#isTelling) void this.#tellAll();
  }

  listen(listener: Listener): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#client?.end().catch(() => {});
    await this.#connecting;
  }

  /** One after the other, each stream once however often it grew meanwhile. */
  async #tellAll(): Promise<void> {
    this.#isTelling = true;
    for (const payload of this.#untold) {
      this.#untold.delete(payload);
      await this.#client?.query('select pg_notify($1, $2)', [channel, payload]).catch(() => {});
    }
    this.#isTelling = false;
  }

  async #stayConnected(): Promise<void> {
    while (!this.#isClosed) {
      const client = new pg.Client(connectionOptions(this.#url));
      const ended = new Promise<void>((resolve) => {
        client.on('error', () => resolve());
        client.on('end', () => resolve());
      });
      client.on('notification', ({ payload }) => this.#heard(payload ?? ''));
      try {
        await client.connect();
        await client.query(`listen ${channel}`);
        this.#client = client;
        for (const listener of this.#listeners) listener.missed();
        if (!this.#isClosed) await ended;
      } catch {
        // The storage is down: readers find what they miss when the connection is back.
      }
      this.#client = undefined;
      await client.end().catch(() => {});
      if (!this.#isClosed) await wait(reconnectMs, undefined, { ref: false });
    }
  }

  #heard(payload: string): void {
    const notice = parse(payload);
    if (notice === undefined || notice.from === this.#ownId) return;
    const { conversation, activity } = notice;
    for (const listener of this.#listeners) {
      if (activity === undefined) listener.grown(conversation);
      else listener.shown(conversation, activity);
    }
  }
}

/** The notice; undefined for what another program may have put on the same database's channel. */
function parse(payload: string): z.infer<typeof payloadSchema> | undefined {
  try {
    return payloadSchema.parse(JSON.parse(payload));
  } catch {
    return undefined;
  }
}
