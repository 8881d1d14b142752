import { sql } from 'kysely';
import { clearTraces, type Db } from './database.js';
import { deletePerson, deleteRows, exportPerson, isPassing, markForgotten, readForgotten } from './people.js';
import type { ConversationRow, DeviceRow, FactRow, MessageRow, OutboxRow, PhraseRow } from './tables.js';

/** Which activity of which conversation, by whom. */
interface TurnPlace {
  conversationId: string;
  personId: string;
  activityId: string;
}

/** What is stored of a conversation and its person before a turn; absent for a new one. */
export interface Stored {
  /** The answer of this very activity, when it was handled before. */
  handled: { answerJson: string | null } | undefined;
  conversation: ConversationRow | undefined;
  personVersion: number | undefined;
  devices: DeviceRow[];
}

/** Everything one turn changes, written together or not at all. Versions are those that were read. */
export interface TurnWrite {
  activityId: string;
  answerJson: string | null;
  conversation: ConversationRow;
  isNewConversation: boolean;
  personVersion: number | undefined;
  device: DeviceRow;
  messages: MessageRow[];
  outbox: OutboxRow[];
  facts: FactRow[];
  phrases: PhraseRow[];
  /** True when the person is to be forgotten: the turn leaves none of their rows behind, nor of earlier ones. */
  forgets: boolean;
}

/** `repeated`: the activity was handled before. `conflict`: another turn came in between; read again. */
export type CommitResult = 'committed' | 'repeated' | 'conflict';

/** The turn's storage. */
export interface Store {
  /** Everything the turn has to know, in one read. */
  load(at: TurnPlace): Promise<Stored>;
  commit(write: TurnWrite): Promise<CommitResult>;
  /** Messages of both sides, oldest first, the newest `limit` of them. */
  messages(conversationId: string, limit: number): Promise<MessageRow[]>;
  /** Outbox rows of these ids, oldest first. */
  outboxRows(ids: readonly string[]): Promise<OutboxRow[]>;
  /** Everything kept about a person, by table. */
  exportPerson(personId: string): Promise<Record<string, unknown[]>>;
  /** Deletes everything kept about a person, whatever the table; false when there was nobody of that name. */
  deletePerson(personId: string): Promise<boolean>;
}

/** Raised inside the transaction to roll it back. */
class Conflict extends Error {}

/** The turn's storage over the product's tables. */
export function createStore(db: Db): Store {
  return {
    load: (at) => load(db, at),
    async commit(write) {
      const result = await commit(db, write);
      if (write.forgets && result === 'committed') await clearTraces(db);
      return result;
    },
    async messages(conversationId, limit) {
      const rows = await db
        .selectFrom('messages')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.reverse();
    },
    async outboxRows(ids) {
      if (ids.length === 0) return [];
      return db.selectFrom('outbox').selectAll().where('id', 'in', ids).orderBy('seq').execute();
    },
    exportPerson: (personId) => exportPerson(db, personId),
    async deletePerson(personId) {
      const isKnown = await deletePerson(db, personId);
      await clearTraces(db);
      return isKnown;
    },
  };
}

/** The turn's one read: what is missing comes back as nulls, and a row for each device of the person. */
interface LoadedRow {
  handled_id: string | null;
  answer_json: string | null;
  id: string | null;
  person_id: string;
  version: number;
  holder: string;
  state_json: string;
  address_json: string;
  locale: string;
  time_zone: string;
  updated_at: number;
  person_version: number | null;
  device_id: string | null;
  device_json: string;
  device_at: number;
}

async function load(db: Db, at: TurnPlace): Promise<Stored> {
  const { rows } = await sql<LoadedRow>`
    select a.activity_id as handled_id, a.answer_json, c.*, p.version as person_version,
      d.id as device_id, d.state_json as device_json, d.updated_at as device_at
    from (select 1 as one) as turn
    left join activities as a on a.conversation_id = ${at.conversationId} and a.activity_id = ${at.activityId}
    left join conversations as c on c.id = ${at.conversationId}
    left join people as p on p.id = ${at.personId}
    left join devices as d on d.person_id = p.id`.execute(db);
  const [first] = rows;
  const handled = first?.handled_id == null ? undefined : { answerJson: first.answer_json };
  return {
    handled: first?.id == null ? (handled ?? (await readForgotten(db, at))) : handled,
    conversation: first?.id == null ? undefined : conversationOf(first, first.id),
    personVersion: first?.person_version ?? undefined,
    devices: rows.flatMap((row) =>
      row.device_id === null
        ? []
        : [
            {
              id: row.device_id,
              person_id: at.personId,
              state_json: row.device_json,
              updated_at: Number(row.device_at),
            },
          ],
    ),
  };
}

function conversationOf(row: LoadedRow, id: string): ConversationRow {
  const { person_id, version, holder, state_json, address_json, locale, time_zone, updated_at } = row;
  return { id, person_id, version, holder, state_json, address_json, locale, time_zone, updated_at };
}

async function commit(db: Db, write: TurnWrite): Promise<CommitResult> {
  try {
    return await db.transaction().execute(async (trx) => {
      const { conversation, activityId, answerJson } = write;
      const at = conversation.updated_at;
      const marked = await trx
        .insertInto('activities')
        .values({ conversation_id: conversation.id, activity_id: activityId, answer_json: answerJson, at })
        .onConflict((c) => c.doNothing())
        .executeTakeFirst();
      if (marked.numInsertedOrUpdatedRows === 0n) return 'repeated';
      await writeConversation(trx, write);
      await writePerson(trx, write);
      if (write.forgets) {
        await deleteRows(trx, conversation.person_id);
        await markForgotten(trx, write);
        return 'committed';
      }
      if (write.messages.length > 0) await trx.insertInto('messages').values(write.messages).execute();
      if (write.outbox.length > 0) await trx.insertInto('outbox').values(write.outbox).execute();
      if (write.facts.length > 0) await trx.insertInto('facts').values(write.facts).execute();
      if (write.phrases.length > 0) await trx.insertInto('phrases').values(write.phrases).execute();
      return 'committed';
    });
  } catch (error) {
    if (error instanceof Conflict || isPassing(error)) return 'conflict';
    throw error;
  }
}

async function writeConversation(db: Db, write: TurnWrite): Promise<void> {
  const { id, ...row } = write.conversation;
  if (write.isNewConversation) {
    const inserted = await db
      .insertInto('conversations')
      .values({ id, ...row })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new Conflict();
    return;
  }
  const updated = await db
    .updateTable('conversations')
    .set(row)
    .where('id', '=', id)
    .where('version', '=', row.version - 1)
    .executeTakeFirst();
  if (updated.numUpdatedRows === 0n) throw new Conflict();
}

async function writePerson(db: Db, write: TurnWrite): Promise<void> {
  const { person_id: id, updated_at } = write.conversation;
  if (write.personVersion === undefined) {
    const inserted = await db
      .insertInto('people')
      .values({ id, version: 1, updated_at })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new Conflict();
  } else {
    const updated = await db
      .updateTable('people')
      .set({ version: write.personVersion + 1, updated_at })
      .where('id', '=', id)
      .where('version', '=', write.personVersion)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) throw new Conflict();
  }
  const { id: deviceId, ...device } = write.device;
  await db
    .insertInto('devices')
    .values({ id: deviceId, ...device })
    .onConflict((c) => c.column('id').doUpdateSet(device))
    .execute();
}
