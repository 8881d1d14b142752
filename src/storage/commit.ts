import { CompiledQuery } from 'kysely';
import { type Db, FileDb } from './database.js';
import { deleteRows, isPassing, markForgotten } from './people.js';
import type { Script } from './sqlite-messages.js';
import { createScripts, type TurnWrite } from './turn-script.js';

/** `repeated`: the activity was handled before. `conflict`: another turn came in between; read again. */
export type CommitResult = 'committed' | 'repeated' | 'conflict';

/** Raised inside a transaction to roll it back; its message says what was missed. */
class Missed extends Error {}

/** Writes turns, each together or not at all; in a file, turns that wait at the same time share one commit. */
export function createCommit(db: Db): (write: TurnWrite) => Promise<CommitResult> {
  const scriptOf = createScripts(db);
  return async (write) => {
    const script = scriptOf(write);
    if (db instanceof FileDb && !write.forgets) return toResult(await db.file.runScript(script));
    try {
      await db.transaction().execute((trx) => commitAlone(trx, write, script));
      return 'committed';
    } catch (error) {
      if (error instanceof Missed) return toResult(error.message);
      if (isPassing(error)) return 'conflict';
      throw error;
    }
  };
}

/** Writes one turn in its own transaction; one that forgets its person leaves word of itself, and nothing else. */
async function commitAlone(trx: Db, write: TurnWrite, script: Script): Promise<void> {
  for (const { sql, parameters, orElse } of script) {
    const { numAffectedRows } = await trx.executeQuery(CompiledQuery.raw(sql, [...parameters]));
    if (orElse !== undefined && numAffectedRows === 0n) throw new Missed(orElse);
  }
  if (!write.forgets) return;
  await deleteRows(trx, write.conversation.person_id);
  await markForgotten(trx, write);
}

function toResult(missed: string | undefined): CommitResult {
  if (missed === undefined) return 'committed';
  return missed === 'repeated' ? 'repeated' : 'conflict';
}
