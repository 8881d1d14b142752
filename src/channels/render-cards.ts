import type { Activity } from 'botbuilder';
import type { Reply } from '../../knowledge/reply.js';
import type { Words } from '../../knowledge/words.js';
import type { Block } from './blocks.js';
import { blocksOf } from './blocks.js';
import { cardOf } from './card/card.js';
import { citing } from './citations.js';
import type { CardLimits, ChannelLimits } from './limits.js';
import { renderButtons, suggest } from './render-buttons.js';
import { numberedChoices, plainTextOf } from './texts.js';

/** What Web Chat 4.18 reads aloud in place of a card, which it would pass over. */
const fallbackKey = 'webchat:fallback-text';

/** The reply as a card where a card says it better, else as text; never both in one activity. */
export function renderCards(reply: Reply, limits: ChannelLimits, words: Words): Partial<Activity>[] {
  const { cards } = limits;
  const blocks = blocksOf(reply, words);
  if (cards === undefined || !isCard(reply, blocks, cards)) return asText(reply, limits, words);
  const { choices = [], step } = reply;
  const canPress = choices.length <= cards.count.max;
  const isOnCard = canPress && cards.buttons === 'card';
  const card = cardOf(blocks, {
    words,
    version: cards.version,
    speak: spoken(blocks, reply),
    pressable: isOnCard ? choices : [],
    numbered: canPress ? [] : choices,
    hasWaysOut: isOnCard && step !== undefined,
  });
  const buttons = !isOnCard && canPress && choices.length > 0 ? suggest(choices) : {};
  const forReaders =
    cards.buttons === 'card' ? {} : { channelData: { [fallbackKey]: spoken(blocks, reply) } };
  return [
    { ...asAttachment(card, spoken(blocks, reply)), ...buttons, ...forReaders, ...ending(reply, cards) },
  ];
}

/** True for a reply that is sent as a card whose buttons stay until the card is replaced. */
export function hasButtonsToClose(reply: Reply, limits: ChannelLimits, words: Words): boolean {
  const { cards } = limits;
  const { choices = [] } = reply;
  if (cards === undefined || !cards.isUpdatable || cards.buttons !== 'card') return false;
  return (
    choices.length > 0 && choices.length <= cards.count.max && isCard(reply, blocksOf(reply, words), cards)
  );
}

/** The card of a reply that was answered: what it said and what was chosen, with nothing left to press. */
export function closedCard(reply: Reply, words: Words, chosen: string | undefined): Partial<Activity> {
  const note = chosen === undefined ? words.say('card.closed') : words.say('card.chosen', { label: chosen });
  const blocks: Block[] = [...blocksOf(reply, words), { kind: 'also', text: note }];
  const speak = plainTextOf(blocks);
  const card = cardOf(blocks, {
    words,
    version: '1.5',
    speak,
    pressable: [],
    numbered: [],
    hasWaysOut: false,
  });
  return asAttachment(card, speak);
}

/** A card is for what is looked at: a step, a path, a warning, an end, a picture, or buttons that must not outlive it. */
function isCard(reply: Reply, blocks: readonly Block[], cards: CardLimits): boolean {
  const { choices = [] } = reply;
  if (spoken(blocks, reply).length > cards.text.max) return false;
  const isLooked = blocks.some(({ kind }) => kind === 'progress' || kind === 'path' || kind === 'storage');
  return (
    isLooked ||
    reply.tone === 'warning' ||
    reply.tone === 'done' ||
    (cards.buttons === 'card' && choices.length > 0)
  );
}

function asText(reply: Reply, limits: ChannelLimits, words: Words): Partial<Activity>[] {
  const { cards } = limits;
  const parts = renderButtons(reply, limits, words);
  const last = parts.pop();
  if (last === undefined || cards === undefined) return parts;
  const cited = cards.buttons === 'card' ? citing(last, reply.links ?? []) : last;
  return [...parts, { ...cited, ...ending(reply, cards) }];
}

/** What Teams adds to the message that ends a problem: a way to say whether it helped. */
function ending(reply: Reply, cards: CardLimits): Partial<Activity> {
  if (reply.tone !== 'done' || cards.buttons !== 'card') return {};
  return { channelData: { feedbackLoop: { type: 'default' } } };
}

function spoken(blocks: readonly Block[], { choices = [] }: Reply): string {
  const text = plainTextOf(blocks);
  return choices.length === 0 ? text : `${text}\n\n${numberedChoices(choices)}`;
}

function asAttachment(card: Record<string, unknown>, speak: string): Partial<Activity> {
  return {
    type: 'message',
    summary: speak,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}
