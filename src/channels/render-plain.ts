import type { Activity } from 'botbuilder';
import type { Reply } from '../../knowledge/reply.js';
import type { Words } from '../../knowledge/words.js';
import { blocksOf } from './blocks.js';
import type { ChannelLimits } from './limits.js';
import { flavours } from './markup.js';
import { numberedChoices, textsOf } from './texts.js';

/** The reply as plain messages, its choices numbered at the end of the last. */
export function renderPlain(reply: Reply, limits: ChannelLimits, words: Words): Partial<Activity>[] {
  const { choices = [] } = reply;
  const blocks = blocksOf(reply, words);
  const texts = textsOf(blocks, limits.markup, limits.text.max);
  if (choices.length > 0) {
    const numbers = flavours[limits.markup].clean(numberedChoices(choices));
    const joined = `${texts.at(-1) ?? ''}\n\n${numbers}`;
    if (joined.length <= limits.text.max) texts.splice(-1, 1, joined);
    else texts.push(numbers);
  }
  return texts.map((text) => ({ type: 'message', text, textFormat: flavours[limits.markup].textFormat }));
}
