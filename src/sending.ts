import type { Activity, ConversationReference } from 'botbuilder';
import { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Words } from '../knowledge/words.js';
import type { Address, Channel, SendResult, Via } from './channels/channel.js';
import { closedCard } from './channels/render-cards.js';
import { type Outgoing, parseOutgoing, toActivities } from './outgoing.js';
import type { Db } from './storage/database.js';
import type { Store } from './storage/store.js';
import type { OutboxRow } from './storage/tables.js';

/** Longest time one call to a channel may take. */
const sendDeadlineMs = 15_000;

/** Messages that go along with a hand-off. */
const transcriptLength = 200;

/** What sending needs. */
export interface SendingParts {
  db: Db;
  store: Store;
  words: Words;
  channels: Record<Via, Channel | undefined>;
  now: () => number;
}

/** How much of a row went out already, so that a new attempt repeats none of it. */
export interface Progress {
  partsSent: number;
}

const addressSchema = z.object({
  via: z.enum(['botFramework', 'web', 'terminal']),
  reference: z.custom<Partial<ConversationReference>>(),
});

/** The channel that a row leaves by; undefined when there is none here. */
export function channelOf(parts: SendingParts, row: OutboxRow): Channel | undefined {
  return parts.channels[addressOf(row).via];
}

function addressOf(row: OutboxRow): Address {
  return addressSchema.parse(JSON.parse(row.address_json));
}

/** One attempt to send what a row says; a long reply goes out in parts, each with an id of its own. */
export async function sendRow(parts: SendingParts, row: OutboxRow, progress: Progress): Promise<SendResult> {
  const address = addressOf(row);
  const channel = parts.channels[address.via];
  if (channel === undefined) return { status: 'refused', reason: `nothing sends by ${address.via} here` };
  const outgoing = parseOutgoing(JSON.parse(row.reply_json));
  if (outgoing.kind === 'close') return close(parts, channel, address, outgoing);
  const transcript =
    outgoing.kind === 'handoff' ? await parts.store.messages(row.conversation_id, transcriptLength) : [];
  const where = { channelId: address.reference.channelId, words: parts.words };
  const activities = toActivities(outgoing, where, transcript);
  let result: SendResult = { status: 'sent' };
  for (const [at, activity] of activities.entries()) {
    if (at < progress.partsSent) continue;
    if (at > 0) {
      channel.showTyping?.(address);
      if (channel.knowsIds !== true) await showLife(parts, row);
    }
    const id = at === 0 ? row.id : `${row.id}.${at + 1}`;
    result = await withDeadline(channel.send(address, { ...addressed(activity, address), id }, id));
    if (result.status !== 'sent') return result;
    progress.partsSent = at + 1;
  }
  return result;
}

/** Tells other processes that this one is still at the row. */
async function showLife({ db, now }: SendingParts, row: OutboxRow): Promise<void> {
  await db.updateTable('outbox').set({ not_before: now() }).where('id', '=', row.id).execute();
}

/** Replaces a card that was answered by one without buttons; done as well where there is none to replace. */
async function close(
  { db, words }: SendingParts,
  channel: Channel,
  address: Address,
  { outboxId, choiceId }: Extract<Outgoing, { kind: 'close' }>,
): Promise<SendResult> {
  const shown = await db
    .selectFrom('outbox')
    .select(['reply_json', 'channel_message_id'])
    .where('id', '=', outboxId)
    .executeTakeFirst();
  if (shown?.channel_message_id == null || channel.update === undefined) return { status: 'sent' };
  const said = parseOutgoing(JSON.parse(shown.reply_json));
  if (said.kind !== 'reply') return { status: 'sent' };
  const chosen = said.reply.choices?.find((choice) => choice.id === choiceId)?.label;
  const activity = addressed(closedCard(said.reply, words, chosen), address);
  return withDeadline(
    channel.update(address, { ...activity, id: shown.channel_message_id }, shown.channel_message_id),
  );
}

function addressed(activity: Partial<Activity>, address: Address): Partial<Activity> {
  return TurnContext.applyConversationReference({ ...activity }, address.reference);
}

async function withDeadline(sending: Promise<SendResult>): Promise<SendResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SendResult>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'retryAfter', ms: 0 }), sendDeadlineMs);
  });
  try {
    return await Promise.race([sending, late]);
  } catch {
    return { status: 'retryAfter', ms: 0 };
  } finally {
    clearTimeout(timer);
  }
}
