import type { Activity } from 'botbuilder';
import type { Reply } from '../../knowledge/reply.js';
import type { Words } from '../../knowledge/words.js';
import type { ChannelLimits } from './limits.js';
import { renderButtons } from './render-buttons.js';
import { renderCards } from './render-cards.js';
import { renderPlain } from './render-plain.js';

/** The reply as activities for a channel with these limits, one wherever it fits; buttons stand on the last. */
export function renderReply(reply: Reply, limits: ChannelLimits, words: Words): Partial<Activity>[] {
  switch (limits.rendering) {
    case 'cards':
      return renderCards(reply, limits, words);
    case 'buttons':
      return renderButtons(reply, limits, words);
    case 'plain':
      return renderPlain(reply, limits, words);
  }
}
