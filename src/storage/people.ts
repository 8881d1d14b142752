import { createHash } from 'node:crypto';
import type { Db } from './database.js';

const personTables = ['conversations', 'devices'] as const;
const conversationTables = ['activities', 'messages', 'outbox', 'facts', 'phrases'] as const;

/** What an export holds of each conversation; the other tables hold copies of these messages on their way. */
const exportedTables = ['messages', 'facts', 'phrases'] as const;

/** Stands in the place of the conversation's id where a turn that forgot its person is marked as handled. */
const forgottenId = 'forgotten';

/** Times a deletion is tried that PostgreSQL ended because a turn of the person was in its way. */
const maxTries = 5;

/** Everything kept about a person, by table. */
export async function exportPerson(db: Db, personId: string): Promise<Record<string, unknown[]>> {
  const out: Record<string, unknown[]> = {};
  out.people = await db.selectFrom('people').selectAll().where('id', '=', personId).execute();
  for (const table of personTables) {
    out[table] = await db.selectFrom(table).selectAll().where('person_id', '=', personId).execute();
  }
  const ids = await conversationIds(db, personId);
  for (const table of exportedTables) {
    out[table] =
      ids.length === 0
        ? []
        : await db.selectFrom(table).selectAll().where('conversation_id', 'in', ids).execute();
  }
  return out;
}

/** Deletes every row about a person, in a transaction of its own; false when there was nobody of that name. */
export async function deletePerson(db: Db, personId: string): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((trx) => deleteRows(trx, personId));
    } catch (error) {
      if (attempt === maxTries || !isPassing(error)) throw error;
    }
  }
}

/**
 * The same within a transaction. The person and their conversations go first, and the words after them: a turn
 * that runs meanwhile then begins anew, and no late reply comes to stand on a stream that was just cleared.
 */
export async function deleteRows(trx: Db, personId: string): Promise<boolean> {
  const gone = await trx.deleteFrom('people').where('id', '=', personId).executeTakeFirst();
  const conversations = await trx
    .deleteFrom('conversations')
    .where('person_id', '=', personId)
    .returning('id')
    .execute();
  await deleteWords(
    trx,
    conversations.map(({ id }) => id),
  );
  await trx.deleteFrom('devices').where('person_id', '=', personId).execute();
  return gone.numDeletedRows > 0n;
}

/** Deletes those of the conversations that nobody has gone on with since `before`, with all that belongs to them. */
export async function deleteConversations(db: Db, ids: readonly string[], before: number): Promise<void> {
  if (ids.length === 0) return;
  await db.transaction().execute(async (trx) => {
    const gone = await trx
      .deleteFrom('conversations')
      .where('id', 'in', ids)
      .where('updated_at', '<', before)
      .returning('id')
      .execute();
    await deleteWords(
      trx,
      gone.map(({ id }) => id),
    );
  });
}

async function deleteWords(trx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (const table of conversationTables) {
    await trx.deleteFrom(table).where('conversation_id', 'in', ids).execute();
  }
  await trx.deleteFrom('web_activities').where('conversation_id', 'in', ids.map(withoutChannel)).execute();
}

/** Deletes the marks of turns that forgot their person from before `before`: no channel repeats them any more. */
export async function deleteTombstones(db: Db, before: number): Promise<void> {
  await db
    .deleteFrom('activities')
    .where('conversation_id', '=', forgottenId)
    .where('at', '<', before)
    .execute();
}

/** Leaves word that the activity was handled, from which nobody can tell whose it was: channels send it again. */
export async function markForgotten(
  trx: Db,
  turn: { activityId: string; answerJson: string | null; conversation: { id: string; updated_at: number } },
): Promise<void> {
  const { activityId, answerJson, conversation } = turn;
  const row = {
    conversation_id: forgottenId,
    activity_id: fingerprintOf(conversation.id, activityId),
    answer_json: answerJson,
    at: conversation.updated_at,
  };
  await trx
    .insertInto('activities')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
}

/** The answer of an activity whose turn forgot its person; undefined for any other. */
export async function readForgotten(
  db: Db,
  { conversationId, activityId }: { conversationId: string; activityId: string },
): Promise<{ answerJson: string | null } | undefined> {
  const row = await db
    .selectFrom('activities')
    .select('answer_json')
    .where('conversation_id', '=', forgottenId)
    .where('activity_id', '=', fingerprintOf(conversationId, activityId))
    .executeTakeFirst();
  return row === undefined ? undefined : { answerJson: row.answer_json };
}

/** True when PostgreSQL ended one of two transactions that stood in each other's way: it may be tried again. */
export function isPassing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01');
}

async function conversationIds(db: Db, personId: string): Promise<string[]> {
  const rows = await db.selectFrom('conversations').select('id').where('person_id', '=', personId).execute();
  return rows.map((row) => row.id);
}

function fingerprintOf(conversationId: string, activityId: string): string {
  return createHash('sha256').update(`${conversationId}\0${activityId}`).digest('hex');
}

/** The channel's own conversation id, by which its stream is kept. */
function withoutChannel(id: string): string {
  return id.slice(id.indexOf('|') + 1);
}
