import type { Activity } from 'botbuilder';
import type { BotFrameworkAuthentication, ConnectorClient } from 'botframework-connector';
import { AuthenticationConstants } from 'botframework-connector';
import { z } from 'zod';
import { botClaims } from '../adapter.js';
import type { Channel, SendResult } from './channel.js';

/** Clients kept open, the least recently used dropped first. */
const maxClients = 50;

/** Answers after which the same call may succeed later (Teams documentation, "Handle rate limits"). */
const retryStatuses: readonly number[] = [408, 412, 429, 500, 502, 503, 504];

const errorSchema = z.object({
  statusCode: z.number().optional(),
  response: z.object({ headers: z.custom<{ get(name: string): string | undefined }>() }).optional(),
});

/** Sends through the Bot Framework connector, to the service URL that the person's own message came from. */
export function createBotFrameworkChannel(auth: BotFrameworkAuthentication, appId: string): Channel {
  const factory = auth.createConnectorFactory(botClaims(appId));
  const clients = new Map<string, Promise<ConnectorClient>>();
  const clientFor = (serviceUrl: string): Promise<ConnectorClient> => {
    const known = clients.get(serviceUrl);
    clients.delete(serviceUrl);
    const client = known ?? factory.create(serviceUrl, AuthenticationConstants.ToChannelFromBotOAuthScope);
    clients.set(serviceUrl, client);
    if (clients.size > maxClients) clients.delete(clients.keys().next().value ?? '');
    return client;
  };
  return {
    async send(address, activity): Promise<SendResult> {
      const { serviceUrl, conversation, activityId } = address.reference;
      if (serviceUrl === undefined || conversation === undefined) {
        return { status: 'refused', reason: 'the address has no service URL' };
      }
      try {
        const { conversations } = await clientFor(serviceUrl);
        const sent =
          activityId === undefined
            ? await conversations.sendToConversation(conversation.id, activity as Activity)
            : await conversations.replyToActivity(conversation.id, activityId, activity as Activity);
        return { status: 'sent', ...(sent?.id === undefined ? {} : { channelMessageId: sent.id }) };
      } catch (error) {
        return resultOf(error);
      }
    },
  };
}

/** Whether the call may be tried again, and when; a host that cannot be reached may be later. */
function resultOf(error: unknown): SendResult {
  const parsed = errorSchema.safeParse(error);
  const status = parsed.success ? parsed.data.statusCode : undefined;
  if (status === undefined || retryStatuses.includes(status)) {
    const after = parsed.success ? Number(parsed.data.response?.headers.get('retry-after')) : Number.NaN;
    return { status: 'retryAfter', ms: Number.isFinite(after) ? after * 1000 : 0 };
  }
  return { status: 'refused', reason: `the channel answered ${status}` };
}
