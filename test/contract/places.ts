import type { Brain } from '../../dialogs/frame.js';
import type { Cursor } from '../../dialogs/session.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { phoneOf } from '../../knowledge/phone.js';
import type { Choice } from '../../knowledge/reply.js';
import { openings } from '../../src/walk/openings.js';
import type { Memory, TakeTurn } from '../../src/walk/talk.js';
import { createTurns, emptyMemory, pressed, typed } from '../../src/walk/talk.js';

/** A question, gate, step, check or lesson that a conversation stands at. */
export interface Place {
  memory: Memory;
  cursor: Cursor;
  choices: readonly Choice[];
  /** What was said up to here. */
  path: readonly string[];
}

/** Phones told before the first message, so that the ways differ. */
const phones = [
  '',
  'iphone icloud. ',
  'samsung google photos. ',
  'pixel google backup. ',
  'xiaomi google photos. ',
  'iphone whatsapp. ',
];

/** Messages after which a person who gets on with nothing has come to an end. */
const longestRefusal = 120;

/** Every place that the knowledge has, as cursors: each question, step, check and lesson, and both parts of each gate. */
export function wantedPlaces({ questions, fixes, lessons }: Knowledge): Cursor[] {
  const ofFixes = [...fixes.values()].flatMap((fix): Cursor[] => [
    ...(fix.risk === 'deletes' || fix.risk === 'switchesOff'
      ? (['warning', 'copy'] as const).map((part) => ({ kind: 'gate' as const, fix: fix.id, part }))
      : []),
    ...fix.steps.map((step) => ({ kind: 'step' as const, fix: fix.id, step: step.id })),
    { kind: 'check', fix: fix.id },
  ]);
  return [
    ...[...questions.keys()].map((question) => ({ kind: 'question' as const, question })),
    ...ofFixes,
    ...[...lessons.keys()].map((lesson) => ({ kind: 'lesson' as const, lesson })),
  ];
}

/** The places of the knowledge that a conversation can stand at, each by a short way, and those to which none was found. */
export async function findPlaces(brain: Brain): Promise<{ places: Place[]; unreached: Cursor[] }> {
  const search = new Search(createTurns(brain), wantedPlaces(brain.knowledge));
  const starts: Place[] = [];
  for (const phone of phones) {
    for (const text of openings) {
      const start = await search.take(fresh, `${phone}${text}`);
      if (start !== undefined) starts.push(start);
    }
  }
  await search.press(starts);
  // What comes late is asked and shown only when all that comes first was of no help.
  for (const start of starts) await search.press(await search.refuse(start));
  return search.result();
}

const fresh: Pick<Place, 'memory' | 'path'> = { memory: emptyMemory(), path: [] };

/** Takes turns and keeps the first place found for each cursor that is wanted. */
class Search {
  readonly #turns: TakeTurn;
  readonly #wanted: Map<string, Cursor>;
  readonly #found: Place[] = [];
  readonly #walked = new Set<string>();

  constructor(turns: TakeTurn, wanted: readonly Cursor[]) {
    this.#turns = turns;
    this.#wanted = new Map(wanted.map((cursor) => [JSON.stringify(cursor), cursor]));
  }

  result(): { places: Place[]; unreached: Cursor[] } {
    return { places: this.#found, unreached: [...this.#wanted.values()] };
  }

  /** Where the message leads; undefined when nothing is open after it. */
  async take(
    from: Pick<Place, 'memory' | 'path'>,
    text: string,
    choiceId?: string,
  ): Promise<Place | undefined> {
    const incoming = choiceId === undefined ? typed(text) : pressed(choiceId, text);
    const { memory, replies } = await this.#turns(from.memory, incoming);
    const { cursor } = memory.session;
    if (cursor === undefined) return undefined;
    const place = { memory, cursor, choices: replies.at(-1)?.choices ?? [], path: [...from.path, text] };
    if (this.#wanted.delete(JSON.stringify(cursor))) this.#found.push(place);
    return place;
  }

  /** Presses every button, the shortest ways first; places are told apart by what is open and by the phone. */
  async press(starts: readonly Place[]): Promise<void> {
    const queue = [...starts];
    for (let place = queue.shift(); place !== undefined && this.#wanted.size > 0; place = queue.shift()) {
      const { platform, vendor } = phoneOf(place.memory.device.evidence);
      const key = JSON.stringify([place.cursor, platform, vendor]);
      if (this.#walked.has(key)) continue;
      this.#walked.add(key);
      for (const { id, label } of buttonsAt(place)) {
        const next = await this.take(place, label, id);
        if (next !== undefined) queue.push(next);
      }
    }
  }

  /** Says of everything that it did not help; the places that this is the first to find. */
  async refuse(start: Place): Promise<readonly Place[]> {
    const before = this.#found.length;
    let place: Place | undefined = start;
    for (let count = 0; place !== undefined && this.#wanted.size > 0 && count < longestRefusal; count += 1) {
      const buttons = buttonsAt(place);
      const running = buttons.find(({ id }) => id.endsWith(':paused'));
      if (running !== undefined) await this.take(place, running.label, running.id);
      const { id, label } = buttons.find((one) => /:(failed|unsure|skip|no|end)$/.test(one.id)) ??
        buttons[0] ?? { id: '', label: '' };
      place = await this.take(place, label, id);
    }
    return this.#found.slice(before);
  }
}

/** The buttons, and at a last step also the answer that the backup still runs, which is only typed there. */
function buttonsAt({ choices }: Place): readonly Choice[] {
  const last = choices.find(({ id }) => id.endsWith(':worked'));
  const paused = last && { id: last.id.replace(/worked$/, 'paused'), label: 'still running' };
  return paused === undefined ? choices : [...choices, paused];
}
