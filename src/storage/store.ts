import { type CompiledQuery, sql } from 'kysely';
import { type CommitResult, createCommit } from './commit.js';
import { clearTraces, type Db } from './database.js';
import { deletePerson, exportPerson, readForgotten } from './people.js';
import type { ConversationRow, DeviceRow, MessageRow, OutboxRow } from './tables.js';
import type { TurnWrite } from './turn-script.js';

/** Which activity of which conversation, by whom. */
export interface TurnPlace {
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
  /** True for what this very process wrote and remembers, so that its shapes are those of today. */
  isOwn?: boolean;
}

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

/** The turn's storage over the product's tables. */
export function createStore(db: Db): Store {
  const commit = createCommit(db);
  const query = createLoad(db);
  return {
    load: (at) => load(db, at, query),
    async commit(write) {
      const result = await commit(write);
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

/** The turn's one read, built once; its parameters are the conversation, activity, conversation and person. */
function createLoad(db: Db): CompiledQuery<LoadedRow> {
  return sql<LoadedRow>`
    select a.activity_id as handled_id, a.answer_json, c.*, p.version as person_version,
      d.id as device_id, d.state_json as device_json, d.updated_at as device_at
    from (select 1 as one) as turn
    left join activities as a on a.conversation_id = ${''} and a.activity_id = ${''}
    left join conversations as c on c.id = ${''}
    left join people as p on p.id = ${''}
    left join devices as d on d.person_id = p.id`.compile(db);
}

/** A row of it: what is missing comes back as nulls, and a row for each device of the person. */
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

async function load(db: Db, at: TurnPlace, query: CompiledQuery<LoadedRow>): Promise<Stored> {
  const { conversationId, personId, activityId } = at;
  const parameters = [conversationId, activityId, conversationId, personId];
  const { rows } = await db.executeQuery<LoadedRow>({ ...query, parameters });
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
