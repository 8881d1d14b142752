import type { Brain } from '../../dialogs/frame.js';
import { createTurns } from '../../src/walk/talk.js';
import { trialsOf } from './effects.js';
import type { Place } from './places.js';
import { type Line, lines, type WordingName } from './wordings.js';

/** How a line did: tries, those that did what the line says, and where one did not. */
export interface LineFigures {
  line: Line;
  tried: number;
  kept: number;
  faults: { text: string; place: Place }[];
}

/** Tries every line at these places with `each` of its ten wordings, which change from place to place. */
export async function tryLines(
  brain: Brain,
  places: readonly Place[],
  { wordings, each }: { wordings: Record<WordingName, readonly string[]>; each: number },
): Promise<LineFigures[]> {
  const { knowledge } = brain;
  const trials = trialsOf({ turns: createTurns(brain), knowledge, wordings });
  const figures: LineFigures[] = [];
  for (const line of lines) {
    const one: LineFigures = { line, tried: 0, kept: 0, faults: [] };
    for (const [number, place] of places.entries()) {
      for (let at = 0; at < each; at += 1) {
        const trial = await trials[line](place, number * each + at);
        if (trial === undefined) continue;
        one.tried += 1;
        if (trial.isKept) one.kept += 1;
        else one.faults.push({ text: trial.text, place });
      }
    }
    figures.push(one);
  }
  return figures;
}
