import type { Activity } from 'botbuilder';
import type { Address, Channel, SendResult } from '../channels/channel.js';
import { botAccount } from './bot-activity.js';
import type { Conversations } from './conversation.js';
import { conversationOf } from './incoming-activity.js';
import { append } from './stream-log.js';

/** How soon a reply is tried again that the storage did not take. */
const retryAfterMs = 1000;

/** The way out to the web chat: a reply is sent once it stands on the conversation's stream, whoever reads it when. */
export function createWebChannel({ options, grants, streams }: Conversations): Channel {
  return {
    async send(address: Address, activity: Partial<Activity>, id: string): Promise<SendResult> {
      const conversation = address.reference.conversation?.id;
      if (conversation === undefined)
        return { status: 'refused', reason: 'the address names no conversation' };
      try {
        const now = grants.now();
        await append(options.db, conversation, { ...fromBot(activity, conversation, now), id }, now);
      } catch {
        return { status: 'retryAfter', ms: retryAfterMs };
      }
      streams.wake(conversation);
      return { status: 'sent', channelMessageId: id };
    },
    showTyping(address: Address): void {
      const conversation = address.reference.conversation?.id;
      if (conversation === undefined) return;
      const now = grants.now();
      streams.show(conversation, { ...fromBot({ type: 'typing' }, conversation, now), id: `typing_${now}` });
    },
  };
}

function fromBot(activity: Partial<Activity>, conversation: string, now: number): Partial<Activity> {
  const { recipient: _recipient, serviceUrl: _serviceUrl, ...shown } = activity;
  return {
    ...shown,
    timestamp: new Date(now),
    channelId: 'webchat',
    from: { ...botAccount, ...(activity.from?.name === undefined ? {} : { name: activity.from.name }) },
    conversation: conversationOf(conversation),
  };
}
