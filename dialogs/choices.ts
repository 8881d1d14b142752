import type { OutcomeName } from '../intents/names.js';
import type { ExpectedChoice } from '../intents/understanding.js';
import type { Choice } from '../knowledge/reply.js';
import type { Frame } from './frame.js';
import type { Pick } from './moves.js';

/** Reads a choice id back; undefined for what is none of ours. */
export function parsePick(id: string): Pick | undefined {
  if (!/^[a-z]:./.test(id)) return undefined;
  const [head, a = '', b = '', c = ''] = id.split(':');
  if (head === 'q') return { kind: 'answer', question: a, answer: b };
  if (head === 's' && isOutcome(c)) return { kind: 'outcome', fix: a, step: b, outcome: c };
  if (head === 'g' && (b === 'copy' || b === 'noCopy' || b === 'skip'))
    return { kind: 'gate', fix: a, answer: b };
  if (head === 'o') return { kind: 'offer', offer: a, yes: b === 'yes' };
  if (head === 'd') return { kind: 'label', label: a };
  if (head === 'l') return { kind: 'more', lesson: a };
  return undefined;
}

function isOutcome(text: string): text is OutcomeName {
  return ['done', 'worked', 'failed', 'partly', 'cannot', 'notThere', 'alreadyDone', 'paused'].includes(text);
}

/** A button whose label stands in words.yaml under `button.<name>`. */
export function button(frame: Frame, id: string, name: string): Choice {
  return { id, label: frame.brain.knowledge.words.say(`button.${name}`) };
}

/** The same choice as what understanding may expect, with the words that mean it. */
export function expected(choice: Choice, words: readonly string[] = []): ExpectedChoice {
  return { id: choice.id, label: choice.label, words };
}
