import type { Activity } from 'botbuilder';
import type { Address, Channel, SendResult } from '../channels/channel.js';
import { fromBot, typingActivity } from './bot-activity.js';
import type { Conversations } from './conversation.js';
import { append, isOnStream } from './stream-log.js';

/** How soon a reply is tried again that the storage did not take. */
const retryAfterMs = 1000;

/** The way out to the web chat: a reply is sent once it stands on the conversation's stream, whoever reads it when. */
export function createWebChannel({ options, grants, streams }: Conversations): Channel {
  return {
    knowsIds: true,
    async send(address: Address, activity: Partial<Activity>, id: string): Promise<SendResult> {
      const conversation = address.reference.conversation?.id;
      if (conversation === undefined)
        return { status: 'refused', reason: 'the address names no conversation' };
      try {
        const now = grants.now();
        const shown = fromBot(activity, { conversation, id, now });
        const knownAs = `${address.reference.channelId}|${conversation}`;
        const isNew = await append(options.db, conversation, shown, { at: now, knownAs });
        if (isNew || (await isOnStream(options.db, conversation, id))) streams.wake(conversation);
        // The bot has just forgotten this person: its goodbye is read by whoever is there, and stands nowhere.
        else streams.showEverywhere(conversation, shown);
      } catch {
        return { status: 'retryAfter', ms: retryAfterMs };
      }
      return { status: 'sent', channelMessageId: id };
    },
    showTyping(address: Address): void {
      const conversation = address.reference.conversation?.id;
      if (conversation === undefined) return;
      streams.show(conversation, typingActivity(conversation, grants.now()));
    },
  };
}
