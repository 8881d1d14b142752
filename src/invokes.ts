import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Words } from '../knowledge/words.js';
import { closedCard } from './channels/render-cards.js';
import { parseOutgoing } from './outgoing.js';
import type { Store } from './storage/store.js';

const feedbackSchema = z.object({
  actionValue: z.object({ reaction: z.enum(['like', 'dislike']) }),
});

/** What a person's feedback button says; the words beside it are not kept. */
export function feedbackOf(activity: Partial<Activity>): { reaction: 'like' | 'dislike' } | undefined {
  if (activity.type !== 'invoke' || activity.name !== 'message/submitAction') return undefined;
  const parsed = feedbackSchema.safeParse(activity.value);
  return parsed.success ? parsed.data.actionValue : undefined;
}

/**
 * The body that answers an invoke: the card without its buttons for a press that closes it, else a plain yes.
 * `closing` are the outbox rows whose cards this turn closes.
 */
export async function invokeBody(
  activity: Partial<Activity>,
  options: { closing: readonly string[]; choiceId: string | undefined; store: Store; words: Words },
): Promise<Record<string, unknown>> {
  if (activity.name !== 'adaptiveCard/action') return {};
  const rows = await options.store.outboxRows(options.closing);
  const pressed = rows.find((row) => row.channel_message_id === activity.replyToId) ?? rows.at(-1);
  const said = pressed === undefined ? undefined : parseOutgoing(JSON.parse(pressed.reply_json));
  if (said?.kind !== 'reply') {
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' };
  }
  const chosen = said.reply.choices?.find((choice) => choice.id === options.choiceId)?.label;
  const card = closedCard(said.reply, options.words, chosen).attachments?.[0]?.content;
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
}
