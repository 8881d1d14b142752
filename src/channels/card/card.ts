import type { Choice } from '../../../knowledge/reply.js';
import type { Words } from '../../../knowledge/words.js';
import type { Block } from '../blocks.js';
import { numberedChoices } from '../texts.js';
import { chooseAction, sayAction } from './actions.js';
import { element, lines } from './elements.js';

/** An Adaptive Card as JSON. */
export type Card = Record<string, unknown>;

interface CardOptions {
  words: Words;
  version: '1.5';
  /** All that the card says, for readers and for places that show no card. */
  speak: string;
  /** Choices that are buttons of the card. */
  pressable: readonly Choice[];
  /** Choices that are too many for buttons. */
  numbered: readonly Choice[];
  /** Whether the overflow menu offers why, back and a person. */
  hasWaysOut: boolean;
}

/** Ways out that are always understood, as ids of words. */
const waysOut = ['card.why', 'card.back', 'card.human'] as const;

/** The parts of a message as an Adaptive Card, with its text equal in `speak` and `fallbackText`. */
export function cardOf(blocks: readonly Block[], options: CardOptions): Card {
  const { words, speak, pressable, numbered, hasWaysOut } = options;
  const body = blocks.flatMap(element);
  if (numbered.length > 0) body.push(...lines(numberedChoices(numbered)));
  const actions = [
    ...pressable.map((choice) => chooseAction(choice)),
    ...(hasWaysOut ? waysOut.map((id) => sayAction(words.say(id))) : []),
  ];
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: options.version,
    speak,
    fallbackText: speak,
    body,
    ...(actions.length > 0 ? { actions } : {}),
  };
}
