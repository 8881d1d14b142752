import type { Brain } from '../../dialogs/frame.js';
import { createTurns } from '../../src/walk/talk.js';
import { trialsOf } from './effects.js';
import { findPlaces, type Place } from './places.js';
import { type Line, lines } from './wordings.js';

/** How a line did: tries, those that did what the line says, and where one did not. */
export interface LineFigures {
  line: Line;
  tried: number;
  kept: number;
  faults: { text: string; place: Place }[];
}

/** Tries every line at every place with this many of its ten wordings, which change from place to place. */
export async function tryLines(
  brain: Brain,
  wordingsEach: number,
): Promise<{ places: Place[]; figures: LineFigures[] }> {
  const places = await findPlaces(brain);
  const trials = trialsOf(createTurns(brain), brain.knowledge);
  const figures: LineFigures[] = [];
  for (const line of lines) {
    const one: LineFigures = { line, tried: 0, kept: 0, faults: [] };
    for (const [number, place] of places.entries()) {
      for (let at = 0; at < wordingsEach; at += 1) {
        const trial = await trials[line](place, number * wordingsEach + at);
        if (trial === undefined) continue;
        one.tried += 1;
        if (trial.isKept) one.kept += 1;
        else one.faults.push({ text: trial.text, place });
      }
    }
    figures.push(one);
  }
  return { places, figures };
}
