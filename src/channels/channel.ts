import type { Activity, ConversationReference } from 'botbuilder';

/** How a reply leaves: through the Bot Framework connector, our own web chat stream, or the terminal. */
export type Via = 'botFramework' | 'web' | 'terminal';

/** Where replies of a conversation go. */
export interface Address {
  via: Via;
  reference: Partial<ConversationReference>;
}

/** What became of one attempt to send. */
export type SendResult =
  | { status: 'sent'; channelMessageId?: string }
  | { status: 'retryAfter'; ms: number }
  | { status: 'refused'; reason: string };

/** A way out. `id` is ours and the same at every attempt, so that a channel that knows ids shows it once. */
export interface Channel {
  /** True where one id arrives once, however often it is sent: such a reply may be sent again at any time. */
  readonly knowsIds?: boolean;
  send(address: Address, activity: Partial<Activity>, id: string): Promise<SendResult>;
  /** Replaces what was sent under `channelMessageId`, where the channel can; sent as well when it is gone. */
  update?(address: Address, activity: Partial<Activity>, channelMessageId: string): Promise<SendResult>;
  /** Shows that the bot is writing, where the channel can; never stored, never retried. */
  showTyping?(address: Address): void;
}
