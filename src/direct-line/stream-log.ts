import { setTimeout as wait } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import { sql } from 'kysely';
import { type Db, isSqlite } from '../storage/database.js';

/** What every reader of a conversation gets next: activities in order, and the watermark to go on from. */
export interface Frame {
  activities: Partial<Activity>[];
  watermark: number;
}

/** Most activities in one frame: a long history arrives in several. */
const frameSize = 100;

/** Another process may hold the write lock, or have taken the same place; both pass within moments. */
const passing = /SQLITE_BUSY|SQLITE_LOCKED|SQLITE_CONSTRAINT_PRIMARYKEY|database is locked|\b(23505|40001)\b/;
const attempts = 8;

const withdrawnPrefix = 'withdrawn_';

/** What `append` is told beside the activity. */
interface Appended {
  /** Milliseconds since 1970. */
  at: number;
  /** The bot's own id of the conversation, when the activity may only go where the bot knows one of that id. */
  knownAs?: string;
}

/**
 * Puts `activity` at the end of the conversation's stream, in one statement; false when one of that id is there,
 * or when the bot has forgotten the conversation. Places begin at the time, so that they go on growing where a
 * stream was cleared: readers go on from the place they have reached.
 * @throws the storage's error when it stays unavailable.
 */
export async function append(
  db: Db,
  conversation: string,
  activity: Partial<Activity> & { id: string },
  { at, knownAs }: Appended,
): Promise<boolean> {
  const insert = sql`
    insert into web_activities (conversation_id, seq, activity_id, activity_json, at)
    select cast(${conversation} as text),
      (select coalesce(max(seq), cast(${Math.floor(at)} as bigint)) + 1 from web_activities
        where conversation_id = ${conversation}),
      cast(${activity.id} as text), cast(${JSON.stringify(activity)} as text), cast(${at} as bigint)
    where ${knownAs === undefined ? sql`1 = 1` : isKnown(db, knownAs)}
    on conflict (conversation_id, activity_id) do nothing`;
  const result = await patiently(() => insert.execute(db));
  return result.numAffectedRows === 1n;
}

/** Holds off whoever deletes the conversation; SQLite has one writer at a time anyway. */
function isKnown(db: Db, id: string) {
  const lock = isSqlite(db) ? sql`` : sql`for key share`;
  return sql`exists (select 1 from conversations where id = ${id} ${lock})`;
}

/** Whether an activity of that id stands on the conversation's stream. */
export async function isOnStream(db: Db, conversation: string, id: string): Promise<boolean> {
  const row = await patiently(() =>
    db
      .selectFrom('web_activities')
      .select('seq')
      .where('conversation_id', '=', conversation)
      .where('activity_id', '=', id)
      .executeTakeFirst(),
  );
  return row !== undefined;
}

/** The activities after `watermark`, at most a frame of them; an empty frame when there are none. */
export async function readAfter(db: Db, conversation: string, watermark: number): Promise<Frame> {
  const rows = await patiently(() =>
    db
      .selectFrom('web_activities')
      .select(['seq', 'activity_id', 'activity_json'])
      .where('conversation_id', '=', conversation)
      .where('seq', '>', watermark)
      .orderBy('seq')
      .limit(frameSize)
      .execute(),
  );
  const shown = rows.filter((row) => !row.activity_id.startsWith(withdrawnPrefix));
  return {
    activities: shown.map((row) => JSON.parse(row.activity_json)),
    watermark: rows.at(-1)?.seq ?? watermark,
  };
}

/** The conversation's latest activity; undefined when nothing was said yet. */
export async function readLast(db: Db, conversation: string): Promise<Partial<Activity> | undefined> {
  const row = await patiently(() =>
    db
      .selectFrom('web_activities')
      .select('activity_json')
      .where('conversation_id', '=', conversation)
      .where('activity_id', 'not like', `${withdrawnPrefix}%`)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );
  return row === undefined ? undefined : JSON.parse(row.activity_json);
}

/** Takes back an activity that the bot could not receive; its place stays taken, so that watermarks only grow. */
export async function withdraw(db: Db, conversation: string, id: string): Promise<void> {
  await patiently(() =>
    db
      .updateTable('web_activities')
      .set({ activity_id: `${withdrawnPrefix}${id}_${Date.now()}`, activity_json: '{"type":"trace"}' })
      .where('conversation_id', '=', conversation)
      .where('activity_id', '=', id)
      .execute(),
  );
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !passing.test(codeAndMessage(error))) throw error;
      await wait(attempt * 10 + Math.random() * 20);
    }
  }
}

function codeAndMessage(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return `${code} ${error instanceof Error ? error.message : ''}`;
}
