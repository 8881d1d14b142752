import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Incoming } from '../dialogs/incoming.js';
import { toIncoming } from './incoming.js';

/** One message as the turn needs it: who, where, and what it says. */
export interface Entry {
  activity: Activity;
  incoming: Incoming;
  conversationId: string;
  personId: string;
  activityId: string;
  isExpectReplies: boolean;
}

/** The entry of an activity; undefined for one that needs no turn. */
export function entryOf(activity: Activity): Entry | undefined {
  const incoming = toIncoming(activity);
  const conversation = activity.conversation?.id;
  const person = activity.from?.id;
  if (incoming === undefined || conversation === undefined || person === undefined) return undefined;
  return {
    activity,
    incoming,
    conversationId: `${activity.channelId}|${threadOf(activity, incoming)}`,
    personId: `${activity.channelId}|${personOf(activity)}`,
    activityId: activity.id ?? randomUUID(),
    isExpectReplies: activity.deliveryMode === 'expectReplies',
  };
}

/**
 * In a group each person talks with the bot for themselves: about their own phone, and so that their words can be
 * deleted without those of the others. That somebody has joined concerns the whole group.
 */
function threadOf({ conversation, from }: Activity, incoming: Incoming): string {
  const isOwn = conversation.isGroup === true && !(incoming.kind === 'event' && incoming.event === 'joined');
  return isOwn ? `${conversation.id}|${from.id}` : conversation.id;
}

/** The person of an activity: who joined where the bot is told of somebody joining, else who sent it. */
function personOf(activity: Activity): string {
  const joined = activity.membersAdded?.find((member) => member.id !== activity.recipient?.id);
  return joined?.id ?? activity.from.id;
}
