import type { Activity, ChannelAccount } from 'botbuilder';
import { conversationOf, type Sender } from './incoming-activity.js';

/** Replies to this address leave by the web chat's own stream; no HTTP client ever sees it. */
const serviceUrl = 'urn:backup-medic:web';

/** The account that the bot has in every web conversation. */
const botAccount: ChannelAccount = { id: 'backup-medic', name: '', role: 'bot' };

/** The stream's activity with what the adapter needs to run a turn on it. */
export function toBotActivity(activity: Partial<Activity>): Partial<Activity> {
  return { ...activity, serviceUrl, recipient: botAccount };
}

/** Tells the bot that a person and the bot itself have come; the id is the same at every attempt to begin. */
export function startActivity(sender: Sender, locale: string | undefined): Partial<Activity> {
  const person: ChannelAccount = { id: sender.user, name: '', role: 'user' };
  return toBotActivity({
    type: 'conversationUpdate',
    id: `start_${sender.conversation}`,
    timestamp: new Date(sender.now),
    channelId: 'webchat',
    conversation: conversationOf(sender.conversation),
    from: person,
    membersAdded: [person, botAccount],
    ...(locale === undefined ? {} : { locale }),
  });
}

/** An activity of the bot as pages see it; what only the adapter needs is left out. */
export function fromBot(
  activity: Partial<Activity>,
  { conversation, id, now }: { conversation: string; id: string; now: number },
): Partial<Activity> & { id: string } {
  const { recipient: _recipient, serviceUrl: _serviceUrl, ...shown } = activity;
  return {
    ...shown,
    id,
    timestamp: new Date(now),
    channelId: 'webchat',
    from: { ...botAccount, ...(activity.from?.name === undefined ? {} : { name: activity.from.name }) },
    conversation: conversationOf(conversation),
  };
}

/** Says that the bot is writing; it stands on no log and needs no lasting id. */
export function typingActivity(conversation: string, now: number): Partial<Activity> {
  return fromBot({ type: 'typing' }, { conversation, id: `typing_${now}`, now });
}
