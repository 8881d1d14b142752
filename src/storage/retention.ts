import { setImmediate as nextTask } from 'node:timers/promises';
import type { Db } from './database.js';
import { clearTraces } from './database.js';
import { deleteConversations, deletePerson, deleteTombstones } from './people.js';

/** How long what is kept, in days; 0 keeps it for good. */
export interface Retention {
  /** Words of both sides, in every table that holds a copy of them. */
  messageDays: number;
  /** Conversations that nobody has gone on with, and people without one. */
  conversationDays: number;
  /** Redacted phrases that were not understood. */
  phraseDays: number;
}

const dayMs = 24 * 3600 * 1000;

/** Rows deleted in one statement, and people or conversations forgotten in one go: turns come in between. */
const rowsAtOnce = 500;
const peopleAtOnce = 50;

/** Deletes what is older than it may be kept; resolves to the number of people that are gone with all they had. */
export async function forgetOld(db: Db, retention: Retention, now: number): Promise<number> {
  const { messageDays, conversationDays, phraseDays } = retention;
  if (messageDays > 0) await forgetMessages(db, now - messageDays * dayMs);
  if (phraseDays > 0) await forgetPhrases(db, now - phraseDays * dayMs);
  await deleteTombstones(db, now - dayMs);
  const gone = conversationDays > 0 ? await forgetPeople(db, now - conversationDays * dayMs) : 0;
  await clearTraces(db);
  return gone;
}

async function forgetMessages(db: Db, before: number): Promise<void> {
  const rows = { messages: 'seq', activities: 'activity_id', web_activities: 'seq' } as const;
  for (const table of ['messages', 'activities', 'web_activities'] as const) {
    await inParts(async () => {
      const old = db
        .selectFrom(table)
        .select(['conversation_id', rows[table]])
        .where('at', '<', before)
        .limit(rowsAtOnce);
      const { numDeletedRows } = await db
        .deleteFrom(table)
        .where((eb) =>
          eb(
            eb.refTuple('conversation_id', eb.ref(rows[table])),
            'in',
            old.$asTuple('conversation_id', rows[table]),
          ),
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    });
  }
  await inParts(async () => {
    const old = db
      .selectFrom('outbox')
      .select('id')
      .where('status', '!=', 'pending')
      .where('not_before', '<', before)
      .limit(rowsAtOnce);
    const { numDeletedRows } = await db.deleteFrom('outbox').where('id', 'in', old).executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  });
}

async function forgetPhrases(db: Db, before: number): Promise<void> {
  await db.deleteFrom('phrases').where('at', '<', before).execute();
}

/** People whose last turn is older, and of the others the conversations that they have not gone on with. */
async function forgetPeople(db: Db, before: number): Promise<number> {
  const gone = await inParts(async () => {
    const people = await oldest(db, 'people', before);
    for (const id of people) await deletePerson(db, id);
    return people.length;
  });
  await inParts(async () => {
    const conversations = await oldest(db, 'conversations', before);
    await deleteConversations(db, conversations, before);
    return conversations.length;
  });
  return gone;
}

async function oldest(db: Db, table: 'people' | 'conversations', before: number): Promise<string[]> {
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where('updated_at', '<', before)
    .orderBy('updated_at')
    .limit(peopleAtOnce)
    .execute();
  return rows.map(({ id }) => id);
}

/** Repeats `part` until it finds nothing more; resolves to the sum of what it did. */
async function inParts(part: () => Promise<number>): Promise<number> {
  for (let sum = 0; ; ) {
    const done = await part();
    if (done === 0) return sum;
    sum += done;
    await nextTask();
  }
}
