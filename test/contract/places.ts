import type { Brain } from '../../dialogs/frame.js';
import type { Cursor } from '../../dialogs/session.js';
import { phoneOf } from '../../knowledge/phone.js';
import type { Choice } from '../../knowledge/reply.js';
import { openings } from '../../src/walk/openings.js';
import type { Memory } from '../../src/walk/talk.js';
import { createTurns, emptyMemory, pressed, typed } from '../../src/walk/talk.js';

/** A question, gate, step, check or lesson that a conversation stands at. */
export interface Place {
  memory: Memory;
  cursor: Cursor;
  choices: readonly Choice[];
  /** What was said up to here. */
  path: readonly string[];
}

/** Kinds of places that the contract is about. */
const kinds: ReadonlySet<string> = new Set(['question', 'gate', 'step', 'check', 'lesson']);

/** Phones told before the first message, so that the ways differ. */
const phones = [
  '',
  'iphone icloud. ',
  'samsung google photos. ',
  'pixel google backup. ',
  'iphone whatsapp. ',
];

/** Every place that the buttons lead to, with one phone each; the shortest way comes first. */
export async function findPlaces(brain: Brain): Promise<Place[]> {
  const turns = createTurns(brain);
  const found = new Map<string, Place>();
  const walked = new Set<string>();
  const queue: Place[] = [];
  const take = async (from: { memory: Memory; path: readonly string[] }, text: string, id?: string) => {
    const incoming = id === undefined ? typed(text) : pressed(id, text);
    const { memory, replies } = await turns(from.memory, incoming);
    const { cursor } = memory.session;
    const { platform, vendor, service } = phoneOf(memory.device.evidence);
    const key = JSON.stringify([cursor, memory.session.topic, platform, vendor, service]);
    if (cursor === undefined || walked.has(key)) return;
    walked.add(key);
    const place = { memory, cursor, choices: replies.at(-1)?.choices ?? [], path: [...from.path, text] };
    if (!found.has(JSON.stringify(cursor))) found.set(JSON.stringify(cursor), place);
    queue.push(place);
  };
  for (const phone of phones) {
    for (const text of openings) await take({ memory: emptyMemory(), path: [] }, `${phone}${text}`);
  }
  for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
    for (const { id, label } of place.choices) await take(place, label, id);
  }
  return [...found.values()].filter(({ cursor }) => kinds.has(cursor.kind));
}
