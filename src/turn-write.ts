import { hash } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { TurnContext } from 'botbuilder';
import type { Brain, Frame } from '../dialogs/frame.js';
import type { Answer } from './answer.js';
import type { Address, Via } from './channels/channel.js';
import type { Entry } from './entry.js';
import { feedbackOf, invokeBody } from './invokes.js';
import { type Outgoing, wordsOf } from './outgoing.js';
import { type Shown, showNext } from './shown.js';
import { closeFrame } from './state.js';
import type { Store, Stored } from './storage/store.js';
import type { OutboxRow } from './storage/tables.js';
import type { TurnWrite } from './storage/turn-script.js';
import { timedId } from './timed-id.js';

/** What the rows are made with beside the turn itself. */
interface WriteParts {
  brain: Brain;
  store: Store;
  /** Keys the pseudonyms in facts, so that they cannot be traced back without it. */
  secret: string;
  /** Whether redacted phrases may be kept, so that editors see what was not understood. */
  keepsPhrases: boolean;
}

/** Replies of one turn at most; orders them within the conversation's sequence. */
const maxReplies = 100;

/** The rows that the turn writes, and the answer in its response. */
export async function toWrite(
  parts: WriteParts,
  entry: Entry,
  stored: Stored,
  { frame, before }: { frame: Frame; before: Shown },
): Promise<{ write: TurnWrite; answer: Answer | undefined }> {
  const { activity, conversationId, personId } = entry;
  const { words } = parts.brain.knowledge;
  const version = (stored.conversation?.version ?? 0) + 1;
  const addressJson = JSON.stringify(addressOf(activity));
  const said = frame.out.slice(0, maxReplies - 10).map((outgoing) => ({ id: timedId(frame.now), outgoing }));
  const { shown, closing } = showNext(before, said, { channelId: activity.channelId, words });
  const choiceId = frame.incoming.kind === 'message' ? frame.incoming.choiceId : undefined;
  const closes = closing.map((outboxId) => ({
    id: timedId(frame.now),
    outgoing: { kind: 'close' as const, outboxId, ...(choiceId === undefined ? {} : { choiceId }) },
  }));
  const answer = await answerOf(parts, entry, frame, closing);
  const { stateJson, deviceJson } = closeFrame(frame, shown);
  const write: TurnWrite = {
    activityId: entry.activityId,
    answerJson: answer === undefined ? null : JSON.stringify(answer),
    conversation: {
      id: conversationId,
      person_id: personId,
      version,
      holder: frame.holder,
      state_json: stateJson,
      address_json: addressJson,
      locale: frame.locale,
      time_zone: activity.localTimezone ?? '',
      updated_at: frame.now,
    },
    isNewConversation: stored.conversation === undefined,
    personVersion: stored.personVersion,
    device: { id: frame.device.id, person_id: personId, state_json: deviceJson, updated_at: frame.now },
    messages: messagesOf(entry, frame, version),
    outbox: entry.isExpectReplies
      ? []
      : outboxOf([...said, ...closes], { entry, version, addressJson, frame }),
    forgets: frame.dataRequest === 'delete',
    facts: factsOf(parts, entry, frame),
    phrases: parts.keepsPhrases ? phrasesOf(entry, frame) : [],
  };
  return { write, answer };
}

async function answerOf(
  { store, brain }: WriteParts,
  { activity, isExpectReplies }: Entry,
  frame: Frame,
  closing: readonly string[],
): Promise<Answer | undefined> {
  if (isExpectReplies) return { replies: frame.out };
  if (activity.type !== 'invoke') return undefined;
  const choiceId = frame.incoming.kind === 'message' ? frame.incoming.choiceId : undefined;
  return { invoke: await invokeBody(activity, { closing, choiceId, store, words: brain.knowledge.words }) };
}

function factsOf({ brain, secret }: WriteParts, entry: Entry, frame: Frame): TurnWrite['facts'] {
  const feedback = feedbackOf(entry.activity);
  const facts =
    feedback === undefined ? frame.facts : [...frame.facts, { kind: 'feedback', detail: feedback }];
  const pseudonym = pseudonymOf(entry.personId, secret);
  return facts.map((fact) => ({
    id: timedId(frame.now),
    conversation_id: entry.conversationId,
    pseudonym,
    channel: entry.activity.channelId,
    content_version: brain.knowledge.version,
    kind: fact.kind,
    detail_json: JSON.stringify(fact.detail),
    at: frame.now,
  }));
}

function phrasesOf(entry: Entry, frame: Frame): TurnWrite['phrases'] {
  return frame.phrases.map((phrase) => ({
    id: timedId(frame.now),
    conversation_id: entry.conversationId,
    ...phrase,
    at: frame.now,
  }));
}

function messagesOf(entry: Entry, frame: Frame, version: number): TurnWrite['messages'] {
  const { incoming } = frame;
  const said =
    incoming.kind === 'message' && incoming.text !== '' ? [['person', incoming.text] as const] : [];
  const replies = frame.out.flatMap((one) => {
    // An export that was kept would stand in the next one again.
    const words = one.kind === 'reply' && one.isExport === true ? undefined : wordsOf(one);
    return words === undefined ? [] : [['bot', words] as const];
  });
  return [...said, ...replies].map(([side, text], at) => ({
    conversation_id: entry.conversationId,
    seq: version * maxReplies + at,
    side,
    text,
    at: frame.now,
  }));
}

function outboxOf(
  said: readonly { id: string; outgoing: Outgoing }[],
  turn: { entry: Entry; version: number; addressJson: string; frame: Frame },
): OutboxRow[] {
  return said.map(({ id, outgoing }, at) => ({
    id,
    conversation_id: turn.entry.conversationId,
    seq: turn.version * maxReplies + at,
    address_json: turn.addressJson,
    reply_json: JSON.stringify(outgoing),
    not_before: turn.frame.now,
    attempts: 0,
    status: 'pending',
    channel_message_id: null,
  }));
}

const viaOf: Record<string, Via> = { 'urn:backup-medic:web': 'web', 'urn:backup-medic:terminal': 'terminal' };

function addressOf(activity: Activity): Address {
  return {
    via: viaOf[activity.serviceUrl] ?? 'botFramework',
    reference: TurnContext.getConversationReference(activity),
  };
}

function pseudonymOf(personId: string, secret: string): string {
  return hash('sha256', secret + personId).slice(0, 16);
}
