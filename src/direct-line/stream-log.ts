import { setTimeout as wait } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import { sql } from 'kysely';
import type { Db } from '../storage/database.js';

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

/**
 * Puts `activity` at the end of the conversation's stream, in one statement; false when one of that id is there.
 * @throws the storage's error when it stays unavailable.
 */
export async function append(
  db: Db,
  conversation: string,
  activity: Partial<Activity> & { id: string },
  at: number,
): Promise<boolean> {
  const insert = db
    .insertInto('web_activities')
    .columns(['conversation_id', 'seq', 'activity_id', 'activity_json', 'at'])
    .expression((eb) =>
      eb
        .selectFrom('web_activities')
        .select([
          eb.cast<string>(eb.val(conversation), 'text').as('conversation_id'),
          sql<number>`coalesce(max(seq), 0) + 1`.as('seq'),
          eb.cast<string>(eb.val(activity.id), 'text').as('activity_id'),
          eb.cast<string>(eb.val(JSON.stringify(activity)), 'text').as('activity_json'),
          sql<number>`cast(${at} as bigint)`.as('at'),
        ])
        .where('conversation_id', '=', conversation),
    )
    .onConflict((conflict) => conflict.columns(['conversation_id', 'activity_id']).doNothing());
  const result = await patiently(() => insert.executeTakeFirstOrThrow());
  return result.numInsertedOrUpdatedRows === 1n;
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
