import type { Db } from '../../src/storage/database.js';

/** What is wrong in the tables after `said` was said in the conversation, message by message, each once. */
export async function faultsInTables(
  db: Db,
  conversation: string,
  said: readonly string[],
): Promise<string[]> {
  const faults: string[] = [];
  const messages = await db
    .selectFrom('messages')
    .select('text')
    .where('conversation_id', '=', conversation)
    .where('side', '=', 'person')
    .orderBy('seq')
    .execute();
  const texts = messages.map((one) => one.text);
  if (JSON.stringify(texts) !== JSON.stringify(said))
    faults.push(
      `${conversation}: ${texts.length} messages took effect, not the ${said.length} that were taken`,
    );
  const row = await db
    .selectFrom('conversations')
    .select('version')
    .where('id', '=', conversation)
    .executeTakeFirst();
  const handled = await db
    .selectFrom('activities')
    .select('activity_id')
    .where('conversation_id', '=', conversation)
    .execute();
  if (row?.version !== handled.length)
    faults.push(`${conversation}: ${handled.length} activities were handled in ${row?.version ?? 0} turns`);
  const unsent = await db
    .selectFrom('outbox')
    .select('id')
    .where('conversation_id', '=', conversation)
    .where('status', '!=', 'sent')
    .execute();
  if (unsent.length > 0) faults.push(`${conversation}: ${unsent.length} replies were not sent`);
  return faults;
}
