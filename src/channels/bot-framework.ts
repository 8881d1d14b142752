import type { Activity } from 'botbuilder';
import { TurnContext } from 'botbuilder';
import type { BotFrameworkAuthentication, ConnectorClient } from 'botframework-connector';
import { AuthenticationConstants } from 'botframework-connector';
import { z } from 'zod';
import { botClaims } from '../adapter.js';
import type { Address, Channel, SendResult } from './channel.js';

/** Longest time one call may take; then its connection is given up, just before the outbox gives up waiting. */
const timeout = 14_000;

/** Clients kept open, the least recently used dropped first. */
const maxClients = 50;

/** Answers after which the same call may succeed later (Teams documentation, "Handle rate limits"). */
const retryStatuses: readonly number[] = [408, 412, 429, 500, 502, 503, 504];

const errorSchema = z.object({
  statusCode: z.number().optional(),
  body: z
    .object({ error: z.object({ code: z.string().optional() }).optional() })
    .optional()
    .catch(undefined),
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
  const call = async (
    { reference }: Address,
    use: (conversations: ConnectorClient['conversations'], id: string) => Promise<SendResult>,
  ): Promise<SendResult> => {
    const { serviceUrl, conversation } = reference;
    if (serviceUrl === undefined || conversation === undefined) {
      return { status: 'refused', reason: 'the address has no service URL' };
    }
    try {
      return await use((await clientFor(serviceUrl)).conversations, conversation.id);
    } catch (error) {
      return resultOf(error);
    }
  };
  return {
    send(address, activity) {
      const { activityId } = address.reference;
      return call(address, async (conversations, id) => {
        const sent =
          activityId === undefined
            ? await conversations.sendToConversation(id, activity as Activity, { timeout })
            : await conversations.replyToActivity(id, activityId, activity as Activity, { timeout });
        return { status: 'sent', ...(sent?.id === undefined ? {} : { channelMessageId: sent.id }) };
      });
    },
    update(address, activity, channelMessageId) {
      return call(address, async (conversations, id) => {
        try {
          await conversations.updateActivity(id, channelMessageId, activity as Activity, { timeout });
        } catch (error) {
          if (!isGone(error)) throw error;
        }
        return { status: 'sent', channelMessageId };
      });
    },
    showTyping(address) {
      const activity = TurnContext.applyConversationReference({ type: 'typing' }, address.reference);
      void call(address, async (conversations, id) => {
        await conversations.sendToConversation(id, activity as Activity, { timeout });
        return { status: 'sent' };
      });
    },
  };
}

/** The person or an administrator removed the message: there is nothing left to replace. */
function isGone(error: unknown): boolean {
  const parsed = errorSchema.safeParse(error);
  if (!parsed.success) return false;
  return parsed.data.statusCode === 404 || parsed.data.body?.error?.code === 'ActivityNotFoundInConversation';
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
