import type { Choice } from '../../knowledge/reply.js';
import type { Block } from './blocks.js';
import type { Markup } from './limits.js';
import { flavours } from './markup.js';
import { splitText } from './split.js';
import { textBar } from './storage-bar.js';

/** Between the parts of a message. */
const gap = '\n\n';

/** Between the menus of a path. */
const pathMark = ' > ';

/** The parts as texts of at most `max` UTF-16 units, marked up; one text wherever they fit into one. */
export function textsOf(blocks: readonly Block[], markup: Markup, max: number): string[] {
  const texts: string[] = [];
  for (const text of blocks.flatMap((block) => textsOfBlock(block, markup, max))) {
    const joined = texts.length === 0 ? text : `${texts.at(-1)}${gap}${text}`;
    if (joined.length <= max) texts.splice(-1, 1, joined);
    else texts.push(text);
  }
  return texts;
}

/** The parts as one text without markup, which says all that a card shows. */
export function plainTextOf(blocks: readonly Block[]): string {
  return blocks.map((block) => textOfBlock(block, 'none')).join(gap);
}

/** The choices as a part that is answered by number or label. */
export function numberedChoices(choices: readonly Choice[]): string {
  return choices.map(({ label }, at) => `${at + 1}. ${label}`).join('\n');
}

function textsOfBlock(block: Block, markup: Markup, max: number): string[] {
  const text = textOfBlock(block, markup);
  const cut = (words: string, mark: (piece: string) => string) =>
    splitText(words, max, (piece) => mark(piece).length).map(mark);
  if (text.length <= max) return [text];
  const { clean, bold } = flavours[markup];
  if (block.kind === 'path') return cut(block.parts.join(pathMark), bold);
  return 'text' in block ? cut(block.text, block.kind === 'tone' ? bold : clean) : [text];
}

function textOfBlock(block: Block, markup: Markup): string {
  const { clean, bold, link } = flavours[markup];
  switch (block.kind) {
    case 'progress':
      return clean(block.text);
    case 'tone':
      return bold(block.text);
    case 'say':
    case 'also':
    case 'ask':
      return clean(block.text);
    case 'path':
      return bold(block.parts.join(pathMark));
    case 'link':
      return link(block.title, block.url);
    case 'storage': {
      const { captions, short } = block.picture;
      const sentences = [
        captions.used,
        captions.free,
        captions.needed,
        ...(short === undefined ? [] : [short]),
      ];
      return [clean(textBar(block.picture)), ...sentences.map(clean)].join('\n');
    }
  }
}
