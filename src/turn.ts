import { createHash, randomUUID } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder';
import { TurnContext as Context } from 'botbuilder';
import type { Logger } from 'pino';
import type { RunDialogs } from '../dialogs/dialogs.js';
import type { Brain, Frame, Outgoing } from '../dialogs/frame.js';
import type { Incoming } from '../dialogs/incoming.js';
import type { Address, Via } from './channels/channel.js';
import { toIncoming } from './incoming.js';
import type { Outbox } from './outbox.js';
import { parseOutgoing, toActivity, wordsOf } from './outgoing.js';
import { Queues } from './queues.js';
import { closeFrame, openFrame } from './state.js';
import type { Store, Stored, TurnWrite } from './storage/store.js';
import type { OutboxRow } from './storage/tables.js';

/** Times a turn is run again when another process changed the same conversation meanwhile. */
const maxRuns = 8;

/** Replies of one turn at most; orders them within the conversation's sequence. */
const maxReplies = 100;

/** What a turn is made of. */
export interface TurnParts {
  brain: Brain;
  runDialogs: RunDialogs;
  store: Store;
  outbox: Outbox;
  log: Logger;
  now: () => number;
  /** Keys the pseudonyms in facts, so that they cannot be traced back without it. */
  secret: string;
}

/** Handles one activity: once, in order, and never half. */
export type Turn = (context: TurnContext) => Promise<void>;

/** One message as the turn needs it: who, where, and what it says. */
interface Entry {
  activity: Activity;
  incoming: Incoming;
  conversationId: string;
  personId: string;
  activityId: string;
  isExpectReplies: boolean;
}

/**
 * The turn: a repeat gets its stored answer, turns of a conversation run one after the other, dialogs change
 * nothing but the frame, one transaction writes it all, and only then is anything sent.
 */
export function createTurn(parts: TurnParts): Turn {
  const queues = new Queues();
  return async (context) => {
    const entry = entryOf(context.activity);
    if (entry === undefined) return;
    const answer = await queues.run(entry.conversationId, () => handle(parts, context, entry));
    if (entry.isExpectReplies) await answerInResponse(context, answer);
  };
}

function entryOf(activity: Activity): Entry | undefined {
  const incoming = toIncoming(activity);
  const conversation = activity.conversation?.id;
  const person = activity.from?.id;
  if (incoming === undefined || conversation === undefined || person === undefined) return undefined;
  return {
    activity,
    incoming,
    conversationId: `${activity.channelId}|${conversation}`,
    personId: `${activity.channelId}|${personOf(activity)}`,
    activityId: activity.id ?? randomUUID(),
    isExpectReplies: activity.deliveryMode === 'expectReplies',
  };
}

/** The person of an activity: who joined where the bot is told of somebody joining, else who sent it. */
function personOf(activity: Activity): string {
  const joined = activity.membersAdded?.find((member) => member.id !== activity.recipient?.id);
  return joined?.id ?? activity.from.id;
}

/** Runs the turn until its commit holds; what is to be sent, of this run or of the one it repeats. */
async function handle(parts: TurnParts, context: TurnContext, entry: Entry): Promise<Outgoing[]> {
  for (let run = 1; run <= maxRuns; run += 1) {
    const before = await parts.store.findAnswer(entry.conversationId, entry.activityId);
    if (before !== undefined) return storedAnswer(before.answerJson);
    const stored = await parts.store.load(entry.conversationId, entry.personId);
    const frame = await runOrApologise(parts, context, entry, stored);
    await carryOutExport(parts, entry, frame);
    const write = toWrite(parts, entry, stored, frame);
    const result = await parts.store.commit(write);
    if (result === 'conflict') continue;
    if (result === 'repeated') return [];
    if (frame.dataRequest === 'delete') await parts.store.deletePerson(entry.personId);
    if (!entry.isExpectReplies) parts.outbox.deliver(write.outbox);
    return frame.out;
  }
  throw new Error('turn: the conversation kept changing in other processes');
}

/** A turn that fails leaves everything as it was, but for one calm sentence with an id to find the error by. */
async function runOrApologise(
  parts: TurnParts,
  context: TurnContext,
  entry: Entry,
  stored: Stored,
): Promise<Frame> {
  const { brain, log, now, runDialogs } = parts;
  const locale = localeOf(entry.activity);
  const open = () => openFrame({ brain, stored, incoming: entry.incoming, now: now(), locale });
  try {
    const frame = open();
    await runDialogs(context, frame);
    return frame;
  } catch (error) {
    const errorId = randomUUID().slice(0, 8);
    const { name, stack } = error instanceof Error ? error : { name: 'unknown', stack: undefined };
    log.error(
      { errorId, name, at: stack?.split('\n').filter((line) => /^\s+at /.test(line)) },
      'turn failed',
    );
    const frame = open();
    frame.out.push({
      kind: 'reply',
      reply: { say: brain.knowledge.words.say('error.turn', { id: errorId }) },
    });
    return frame;
  }
}

function localeOf(activity: Activity): string {
  try {
    return Intl.getCanonicalLocales(activity.locale ?? 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Puts what is kept about the person into a reply, when they asked for it. */
async function carryOutExport(parts: TurnParts, entry: Entry, frame: Frame): Promise<void> {
  if (frame.dataRequest !== 'export') return;
  const data = await parts.store.exportPerson(entry.personId);
  const text = parts.brain.knowledge.words.say('data.export', { data: JSON.stringify(data, null, 1) });
  frame.out.push({ kind: 'reply', reply: { say: text } });
}

function storedAnswer(json: string | null): Outgoing[] {
  if (json === null) return [];
  const rows: unknown = JSON.parse(json);
  return Array.isArray(rows) ? (rows.map(parseOutgoing) as Outgoing[]) : [];
}

function toWrite(parts: TurnParts, entry: Entry, stored: Stored, frame: Frame): TurnWrite {
  const { activity, conversationId, personId } = entry;
  const version = (stored.conversation?.version ?? 0) + 1;
  const addressJson = JSON.stringify(addressOf(activity));
  const { stateJson, deviceJson } = closeFrame(frame);
  const at = frame.now;
  return {
    activityId: entry.activityId,
    answerJson: entry.isExpectReplies ? JSON.stringify(frame.out) : null,
    conversation: {
      id: conversationId,
      person_id: personId,
      version,
      holder: frame.holder,
      state_json: stateJson,
      address_json: addressJson,
      locale: frame.locale,
      time_zone: activity.localTimezone ?? '',
      updated_at: at,
    },
    isNewConversation: stored.conversation === undefined,
    personVersion: stored.personVersion,
    device: { id: frame.device.id, person_id: personId, state_json: deviceJson, updated_at: at },
    messages: messagesOf(entry, frame, version),
    outbox: entry.isExpectReplies ? [] : outboxOf(frame, { conversationId, version, addressJson }),
    facts: frame.facts.map((fact) => ({
      id: randomUUID(),
      conversation_id: conversationId,
      pseudonym: pseudonymOf(personId, parts.secret),
      channel: activity.channelId,
      content_version: parts.brain.knowledge.version,
      kind: fact.kind,
      detail_json: JSON.stringify(fact.detail),
      at,
    })),
  };
}

function messagesOf(entry: Entry, frame: Frame, version: number): TurnWrite['messages'] {
  const { incoming, conversationId } = entry;
  const said =
    incoming.kind === 'message' && incoming.text !== '' ? [['person', incoming.text] as const] : [];
  const replies = frame.out.flatMap((one) => {
    const words = wordsOf(one);
    return words === undefined ? [] : [['bot', words] as const];
  });
  return [...said, ...replies].map(([side, text], at) => ({
    conversation_id: conversationId,
    seq: version * maxReplies + at,
    side,
    text,
    at: frame.now,
  }));
}

function outboxOf(
  frame: Frame,
  where: { conversationId: string; version: number; addressJson: string },
): OutboxRow[] {
  return frame.out.slice(0, maxReplies).map((outgoing, at) => ({
    id: randomUUID(),
    conversation_id: where.conversationId,
    seq: where.version * maxReplies + at,
    address_json: where.addressJson,
    reply_json: JSON.stringify(outgoing),
    not_before: frame.now,
    attempts: 0,
    status: 'pending',
    channel_message_id: null,
  }));
}

const viaOf: Record<string, Via> = { 'urn:backup-medic:web': 'web', 'urn:backup-medic:terminal': 'terminal' };

function addressOf(activity: Activity): Address {
  return {
    via: viaOf[activity.serviceUrl] ?? 'botFramework',
    reference: Context.getConversationReference(activity),
  };
}

function pseudonymOf(personId: string, secret: string): string {
  return createHash('sha256').update(secret).update(personId).digest('hex').slice(0, 16);
}

async function answerInResponse(context: TurnContext, answer: readonly Outgoing[]): Promise<void> {
  const activities = answer.map((one) => toActivity(one, context.activity.channelId, []));
  if (activities.length > 0) await context.sendActivities(activities);
}
