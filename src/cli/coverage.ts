import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { loadBrain } from '../brain.js';
import { projectRoot } from '../project-root.js';
import { openings } from '../walk/openings.js';
import { unreachedPieces } from '../walk/pieces.js';
import { walk } from '../walk/walker.js';

const rowsSchema = z.array(z.looseObject({ id: z.string(), kind: z.string() }));

/** Kinds of rows that are behaviour of the whole and not a piece of text. */
const behaviour: readonly string[] = ['tone', 'approach', 'goal', 'scope', 'recap'];

/** Pieces that cite each row of the guide. */
function citations(knowledge: Knowledge): Map<string, string[]> {
  const cited = new Map<string, string[]>();
  const cite = (name: string, covers: readonly string[]): void => {
    for (const row of covers) cited.set(row, [...(cited.get(row) ?? []), name]);
  };
  for (const cause of knowledge.causes.values()) cite(`cause ${cause.id}`, cause.covers);
  for (const question of knowledge.questions.values()) {
    cite(`question ${question.id}`, question.covers);
    for (const answer of question.answers) cite(`answer ${question.id} ${answer.id}`, answer.covers);
  }
  for (const fix of knowledge.fixes.values()) {
    cite(`fix ${fix.id}`, fix.covers);
    for (const step of fix.steps) {
      cite(`step ${fix.id} ${step.id}`, step.covers);
      for (const link of step.links) cite(`link ${link.url}`, link.covers);
    }
  }
  for (const lesson of knowledge.lessons.values()) {
    cite(`lesson ${lesson.id}`, lesson.covers);
    for (const link of lesson.links) cite(`link ${link.url}`, link.covers);
  }
  for (const tip of knowledge.tips.values()) cite(`tip ${tip.id}`, tip.covers);
  for (const topic of knowledge.topics.values()) {
    for (const link of topic.links) cite(`link ${link.url}`, link.covers);
  }
  return cited;
}

/** Prints each row of the guide with the messages that reach it; the exit code tells whether all are reached. */
async function main(): Promise<void> {
  const root = projectRoot();
  const brain = loadBrain(root);
  const rows = rowsSchema.parse(
    JSON.parse(readFileSync(join(root, 'knowledge/guide-coverage.json'), 'utf8')),
  );
  const found = await walk(brain, openings);
  const cited = citations(brain.knowledge);
  let missing = 0;
  let reached = 0;
  for (const row of rows) {
    const piece = cited.get(row.id)?.find((name) => found.pieces.has(name));
    const path = piece === undefined ? undefined : found.pieces.get(piece);
    if (path !== undefined) reached += 1;
    else if (!behaviour.includes(row.kind)) missing += 1;
    const how =
      path !== undefined
        ? `${piece} <- ${path.join(' | ')}`
        : behaviour.includes(row.kind)
          ? 'behaviour'
          : 'NOT REACHED';
    console.log(`${row.id}\t${how}`);
  }
  console.log(
    `\n${rows.length} rows: ${reached} reached, ${rows.length - reached - missing} behaviour, ${missing} missing`,
  );
  const unreached = unreachedPieces(brain.knowledge, found);
  for (const name of unreached) console.log(`not reached: ${name}`);
  for (const fault of found.faults) console.log(`fault: ${fault}`);
  console.log(
    `${found.turns} turns, ends: ${[...found.ends].map(([how, count]) => `${how} ${count}`).join(', ')}`,
  );
  if (missing > 0 || unreached.length > 0 || found.faults.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
