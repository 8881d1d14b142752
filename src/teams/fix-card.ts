import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Fix, ForPhone, PathVariant, Text } from '../../knowledge/schema.js';
import { fill } from '../../knowledge/text.js';
import type { Block } from '../channels/blocks.js';
import { type Card, cardOf } from '../channels/card/card.js';
import { plainTextOf } from '../channels/texts.js';

/** A whole fix on one card without buttons, for every phone that it suits: an agent drops it into a chat. */
export function fixCard(fix: Fix, knowledge: Knowledge): Card {
  const blocks = blocksOf(fix, knowledge);
  return cardOf(blocks, {
    words: knowledge.words,
    version: '1.5',
    speak: plainTextOf(blocks),
    pressable: [],
    numbered: [],
    hasWaysOut: false,
  });
}

/** The name of a fix as a title. */
export function titleOf(fix: Fix): string {
  return fix.name.charAt(0).toUpperCase() + fix.name.slice(1);
}

function blocksOf(fix: Fix, knowledge: Knowledge): Block[] {
  const { words } = knowledge;
  const blocks: Block[] = [
    { kind: 'ask', text: titleOf(fix) },
    { kind: 'say', text: fix.why },
  ];
  if (fix.loses !== undefined) {
    blocks.push({ kind: 'tone', tone: 'warning', text: words.say('card.warning') });
    blocks.push({ kind: 'say', text: [fix.loses, fix.undo].filter((part) => part !== undefined).join(' ') });
  }
  fix.steps.forEach((step, at) => {
    const said = sayable(step.say);
    if (said === undefined) return;
    blocks.push({ kind: 'say', text: `${at + 1}. ${said}` });
    for (const variant of step.paths) blocks.push(...pathBlocks(variant, knowledge));
    for (const { title, url } of step.links) blocks.push({ kind: 'link', title, url });
  });
  const check = sayable(fix.check ?? words.say('check'));
  if (check !== undefined) blocks.push({ kind: 'ask', text: check });
  return blocks;
}

function pathBlocks(variant: PathVariant, knowledge: Knowledge): Block[] {
  const phones = phonesOf(variant.for, knowledge);
  return [
    ...(phones === '' ? [] : [{ kind: 'also' as const, text: phones }]),
    { kind: 'path', parts: variant.path.split(' > ') },
    ...(variant.also === undefined ? [] : [{ kind: 'also' as const, text: variant.also }]),
  ];
}

/** The phones of a variant by the labels that people know; empty when it is for all. */
function phonesOf(phones: ForPhone, { questions }: Knowledge): string {
  return (['vendor', 'platform', 'service'] as const)
    .flatMap((field) =>
      (phones[field] ?? []).map(
        (value) => questions.get(field)?.answers.find(({ id }) => id === value)?.label ?? value,
      ),
    )
    .join(', ');
}

/** The variant of a text that needs nothing known of the person. */
function sayable(text: Text): string | undefined {
  return fill(text);
}
