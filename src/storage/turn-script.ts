import type { Db } from './database.js';
import type { Script, Statement } from './sqlite-messages.js';
import type {
  ConversationRow,
  DeviceRow,
  FactRow,
  MessageRow,
  OutboxRow,
  PhraseRow,
  Tables,
} from './tables.js';

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

/**
 * The statements that write a turn, in order. One misses `repeated` where the activity was handled before, and
 * `conflict` where another turn of the conversation or of the person came in between.
 */
export type ScriptOf = (write: TurnWrite) => Statement[];

type Row<T extends keyof Tables> = Readonly<Record<keyof Tables[T], unknown>>;

/** Makes scripts for `db`. Each kind of statement is built once: building costs more than writing does. */
export function createScripts(db: Db): ScriptOf {
  const built = new Map<string, string>();
  const once = (key: string, build: () => { compile(): { sql: string } }): string => {
    const sql = built.get(key) ?? build().compile().sql;
    built.set(key, sql);
    return sql;
  };
  const insert = <T extends keyof Tables>(table: T, rows: readonly Row<T>[], orElse?: string): Script => {
    const [first] = rows;
    if (first === undefined) return [];
    const names = Object.keys(first) as (keyof Tables[T])[];
    const sql = once(`${table} ${rows.length} ${orElse}`, () => {
      const query = db.insertInto(table).values(rows as never);
      return orElse === undefined ? query : query.onConflict((c) => c.doNothing());
    });
    const parameters = rows.flatMap((row) => names.map((name) => row[name]));
    return [{ sql, parameters, ...(orElse === undefined ? {} : { orElse }) }];
  };
  const conversation = ({ conversation: row, isNewConversation }: TurnWrite): Script => {
    if (isNewConversation) return insert('conversations', [row], 'conflict');
    const { id, ...changes } = row;
    const sql = once('update conversations', () =>
      db.updateTable('conversations').set(changes).where('id', '=', id).where('version', '=', row.version),
    );
    return [{ sql, parameters: [...Object.values(changes), id, row.version - 1], orElse: 'conflict' }];
  };
  const person = ({ conversation: { person_id: id, updated_at }, personVersion }: TurnWrite): Script => {
    if (personVersion === undefined) return insert('people', [{ id, version: 1, updated_at }], 'conflict');
    const changes = { version: personVersion + 1, updated_at };
    const sql = once('update people', () =>
      db.updateTable('people').set(changes).where('id', '=', id).where('version', '=', personVersion),
    );
    return [{ sql, parameters: [...Object.values(changes), id, personVersion], orElse: 'conflict' }];
  };
  const device = ({ device: row }: TurnWrite): Statement => {
    const { id, ...changes } = row;
    const sql = once('devices', () =>
      db
        .insertInto('devices')
        .values({ id, ...changes })
        .onConflict((c) => c.column('id').doUpdateSet(changes)),
    );
    const values = Object.values(changes);
    return { sql, parameters: [id, ...values, ...values] };
  };
  return (write) => {
    const { conversation: row, activityId, answerJson } = write;
    const mark = {
      conversation_id: row.id,
      activity_id: activityId,
      answer_json: answerJson,
      at: row.updated_at,
    };
    return [
      ...insert('activities', [mark], 'repeated'),
      ...conversation(write),
      ...person(write),
      device(write),
      ...(['messages', 'outbox', 'facts', 'phrases'] as const).flatMap((table) =>
        insert(table, write[table]),
      ),
    ];
  };
}
