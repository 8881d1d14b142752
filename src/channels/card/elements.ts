import type { Block, StoragePicture } from '../blocks.js';
import { sharesOf } from '../storage-bar.js';

type Json = Record<string, unknown>;

/** Between the menus of a path; a line breaks after it. */
const menuMark = '\u00a0› ';

/** Columns of the storage bar in all, by whole percent. */
const barParts = 100;

/** Elements of a card for one part of a message; free words stand in text runs, which know no markup. */
export function element(block: Block): Json[] {
  switch (block.kind) {
    case 'progress':
      return [
        { type: 'TextBlock', text: block.text, weight: 'Bolder', color: 'Accent', size: 'Small', wrap: true },
      ];
    case 'tone':
      return [badge(block.tone, block.text)];
    case 'say':
      return lines(block.text);
    case 'also':
      return lines(block.text, { isSubtle: true });
    case 'ask':
      return lines(block.text, { weight: 'Bolder' });
    case 'path':
      return [
        {
          type: 'Container',
          style: 'emphasis',
          items: lines(block.parts.join(menuMark), { weight: 'Bolder' }),
        },
      ];
    case 'storage':
      return storageBar(block.picture);
    case 'link':
      return [{ type: 'TextBlock', text: `[${linkTitle(block.title)}](${block.url})`, wrap: true }];
  }
}

/** A text as paragraphs, word for word. */
export function lines(text: string, look: Json = {}): Json[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: line, ...look }] }));
}

/** The tone in a word and a sign, so that nothing rests on its colour. */
function badge(tone: 'warning' | 'done', text: string): Json {
  const sign = tone === 'warning' ? '⚠' : '✓';
  return {
    type: 'Container',
    style: tone === 'warning' ? 'warning' : 'good',
    items: lines(`${sign} ${text}`, { weight: 'Bolder' }),
  };
}

function storageBar(picture: StoragePicture): Json[] {
  const { used, free, short } = sharesOf(picture, barParts);
  const { captions, short: missing } = picture;
  const parts = [
    { width: used, style: 'accent', sign: '■', caption: captions.used },
    { width: free, style: 'good', sign: '□', caption: captions.free },
    { width: short, style: 'attention', sign: '■', caption: missing },
  ];
  return [
    bar(parts.filter(({ width }) => width > 0)),
    { type: 'RichTextBlock', spacing: 'Small', inlines: parts.flatMap(keyTo) },
    ...lines(captions.needed, { weight: 'Bolder' }),
  ];
}

/** What a part of the bar stands for, behind a square like it; it wraps as a whole. */
function keyTo(part: { style: string; sign: string; caption: string | undefined }): Json[] {
  const { style, sign, caption } = part;
  if (caption === undefined) return [];
  return [
    { type: 'TextRun', text: `${sign}\u00a0`, color: style },
    { type: 'TextRun', text: `${caption.replaceAll(' ', '\u00a0')}\u2003 ` },
  ];
}

/** Thin columns side by side; the words beside them say the same. */
function bar(parts: readonly { width: number; style: string }[]): Json {
  return {
    type: 'ColumnSet',
    spacing: 'Medium',
    columns: parts.map(({ width, style }) => ({
      type: 'Column',
      width,
      style,
      spacing: 'None',
      items: [],
    })),
  };
}

function linkTitle(title: string): string {
  return title.replace(/[[\]()\\*_]/g, ' ').trim();
}
