import type { Reply } from '../../knowledge/reply.js';
import { formatBytes } from '../../knowledge/text.js';
import type { Words } from '../../knowledge/words.js';

/** A storage bar: amounts in bytes, with the sentences that say the same. */
export interface StoragePicture {
  usedBytes: number;
  freeBytes: number;
  neededBytes: number;
  totalBytes: number;
  /** Captions of the three amounts, "Used: 4.6 GB". */
  captions: { used: string; free: string; needed: string };
  /** What is missing, when the need is greater than what is free. */
  short?: string;
}

/** One part of a message; every rendering shows all of them, in this order. */
export type Block =
  | { kind: 'progress'; text: string; number: number; of: number }
  | { kind: 'tone'; tone: 'warning' | 'done'; text: string }
  | { kind: 'say' | 'also' | 'ask'; text: string }
  | { kind: 'path'; parts: readonly string[] }
  | { kind: 'storage'; picture: StoragePicture }
  | { kind: 'link'; title: string; url: string };

/** The parts of a reply, so that card and text are made of the same. */
export function blocksOf(reply: Reply, words: Words): Block[] {
  const blocks: Block[] = [];
  const { step, tone, path, also, image, links, ask } = reply;
  if (reply.lead !== undefined) blocks.push({ kind: 'say', text: reply.lead });
  if (step !== undefined && step.of > 1) {
    const text = words.say('card.step', { number: String(step.number), total: String(step.of) });
    blocks.push({ kind: 'progress', text, ...step });
  }
  if (tone === 'warning' || tone === 'done') {
    blocks.push({ kind: 'tone', tone, text: words.say(`card.${tone}`) });
  }
  blocks.push({ kind: 'say', text: reply.say });
  if (path !== undefined) blocks.push({ kind: 'path', parts: path });
  if (also !== undefined) blocks.push({ kind: 'also', text: also });
  if (image !== undefined) blocks.push({ kind: 'storage', picture: pictureOf(image, words) });
  for (const { title, url } of links ?? []) blocks.push({ kind: 'link', title, url });
  if (ask !== undefined) blocks.push({ kind: 'ask', text: ask });
  return blocks;
}

function pictureOf(image: NonNullable<Reply['image']>, words: Words): StoragePicture {
  const { totalBytes, usedBytes, neededBytes } = image;
  const freeBytes = Math.max(0, totalBytes - usedBytes);
  const caption = (name: string, bytes: number) =>
    words.say(`card.storage.${name}`, { amount: formatBytes(bytes) });
  return {
    ...image,
    freeBytes,
    captions: {
      used: caption('used', usedBytes),
      free: caption('free', freeBytes),
      needed: caption('needed', neededBytes),
    },
    ...(neededBytes > freeBytes ? { short: caption('short', neededBytes - freeBytes) } : {}),
  };
}
