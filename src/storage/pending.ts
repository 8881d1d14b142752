import { sql } from 'kysely';
import type { Db } from './database.js';
import type { OutboxRow } from './tables.js';

/** Every reply that was committed and not sent, in order within its conversation. */
export async function pendingRows(db: Db): Promise<OutboxRow[]> {
  return await db
    .selectFrom('outbox')
    .selectAll()
    .where('status', '=', 'pending')
    .orderBy('conversation_id')
    .orderBy('seq')
    .execute();
}

/** Replies of the row's conversation that come before it and are not sent, in order. */
export async function pendingBefore(db: Db, row: OutboxRow): Promise<OutboxRow[]> {
  return await db
    .selectFrom('outbox')
    .selectAll()
    .where('conversation_id', '=', row.conversation_id)
    .where('status', '=', 'pending')
    .where('seq', '<', row.seq)
    .orderBy('seq')
    .execute();
}

/** Conversations with something to send that nobody has tried to send since `quietSince`. */
export async function abandonedConversations(db: Db, quietSince: number): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('conversation_id')
    .where('status', '=', 'pending')
    .groupBy('conversation_id')
    .having((eb) => eb(eb.fn.max('not_before'), '<', quietSince))
    .execute();
  return rows.map((row) => row.conversation_id);
}

/** Beyond the place of any row; the column holds 32 bits in PostgreSQL. */
const lastSeq = 2 ** 31 - 1;

interface Takeover {
  now: number;
  /** The conversation must have been left alone since then. */
  quietSince: number;
  beforeSeq?: number | undefined;
}

/**
 * Takes over what is unsent of such a conversation, in order, all of it or what comes before `beforeSeq`; of
 * several processes one gets the rows.
 */
export async function takeOver(
  db: Db,
  conversationId: string,
  { now, quietSince, beforeSeq = lastSeq }: Takeover,
): Promise<OutboxRow[]> {
  const rows = await db
    .updateTable('outbox')
    .set({ not_before: now })
    .where('conversation_id', '=', conversationId)
    .where('status', '=', 'pending')
    .where('not_before', '<', quietSince)
    .where(sql<boolean>`seq < ${beforeSeq}`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as other')
            .select('other.id')
            .where('other.conversation_id', '=', conversationId)
            .where('other.status', '=', 'pending')
            .where('other.not_before', '>=', quietSince)
            .where(sql<boolean>`other.seq < ${beforeSeq}`),
        ),
      ),
    )
    .returningAll()
    .execute();
  return rows.sort((one, two) => one.seq - two.seq);
}
