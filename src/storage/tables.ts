/** Tables of the product, the same in SQLite and PostgreSQL; times are milliseconds since 1970, `*_json` is JSON text. */
export interface Tables {
  conversations: ConversationRow;
  people: PersonRow;
  devices: DeviceRow;
  activities: ActivityRow;
  messages: MessageRow;
  outbox: OutboxRow;
  facts: FactRow;
  phrases: PhraseRow;
  web_activities: WebActivityRow;
}

/** A conversation; `id` is the channel and that channel's conversation id. `version` guards every write. */
export interface ConversationRow {
  id: string;
  person_id: string;
  version: number;
  /** bot, waiting or person: who answers now. */
  holder: string;
  state_json: string;
  /** Stored conversation reference: where replies go. */
  address_json: string;
  locale: string;
  time_zone: string;
  updated_at: number;
}

/** A person: the channel and that channel's user id. */
export interface PersonRow {
  id: string;
  version: number;
  updated_at: number;
}

/** A phone of a person, with what is known of it and what was tried on it. */
export interface DeviceRow {
  id: string;
  person_id: string;
  /** Platform, vendor, model, nickname, evidence and ledger. */
  state_json: string;
  updated_at: number;
}

/** An activity that was handled, and the answer that a repeat of it gets. */
export interface ActivityRow {
  conversation_id: string;
  activity_id: string;
  /** Replies given in the response (expectReplies, invoke); null where they went through the outbox. */
  answer_json: string | null;
  at: number;
}

/** A message of either side, kept for the hand-off transcript until its retention ends. */
export interface MessageRow {
  conversation_id: string;
  seq: number;
  /** person, bot or agent. */
  side: string;
  text: string;
  at: number;
}

/** A reply that is to be sent, or was. The id is fixed at commit, so that a resend is known as one. */
export interface OutboxRow {
  id: string;
  conversation_id: string;
  seq: number;
  address_json: string;
  reply_json: string;
  not_before: number;
  attempts: number;
  /** pending, sent or refused. */
  status: string;
  channel_message_id: string | null;
}

/** Something that happened, without any text or name: metrics and statistics read these. */
export interface FactRow {
  id: string;
  conversation_id: string;
  pseudonym: string;
  channel: string;
  content_version: string;
  kind: string;
  detail_json: string;
  at: number;
}

/** A message that was not understood, or whose meaning the person chose; redacted, and only kept where allowed. */
export interface PhraseRow {
  id: string;
  conversation_id: string;
  text: string;
  /** unclear or corrected. */
  reason: string;
  /** The intent that the engine guessed, or that the person chose. */
  meant: string;
  at: number;
}

/** One activity on a web chat's stream; `seq` is the Direct Line watermark. */
export interface WebActivityRow {
  conversation_id: string;
  seq: number;
  activity_id: string;
  activity_json: string;
  at: number;
}
