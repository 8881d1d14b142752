import { channelTable } from './limits-table.js';

/** A number that a channel sets, and where it is written down; "ours" where we chose one in the absence of any. */
export interface Limit {
  max: number;
  source: string;
}

/** How texts are marked up: Markdown, Slack's mrkdwn, the HTML of Telegram, or not at all. */
export type Markup = 'markdown' | 'mrkdwn' | 'html' | 'none';

/** How buttons leave, and so how a press comes back. */
export interface ButtonLimits {
  /** `messageBack`: label and id; `postBack`: the id as text; `imBack`: the label; or in the channel's own format. */
  form: 'messageBack' | 'postBack' | 'imBack' | 'slack' | 'telegram';
  /** Most buttons of one message; more choices than that are numbered in the text. */
  count: Limit;
  /** Longest label, in UTF-16 units; longer ones are numbered in the text. */
  label: Limit;
  /** Longest value that comes back, in bytes. */
  value: Limit;
  /** Longest text beside buttons where it is shorter than alone. */
  text?: Limit;
}

/** What cards a channel shows. */
export interface CardLimits {
  version: '1.5';
  /** Where buttons stand: on the card, or as suggested actions below it. */
  buttons: 'card' | 'suggested';
  /** Most buttons of one card; more are numbered in it. */
  count: Limit;
  /** Longest text on a card; longer replies are sent as text. */
  text: Limit;
  /** True where a card that was sent can be replaced. */
  isUpdatable: boolean;
}

/** How replies are shown where they go. */
export interface ChannelLimits {
  rendering: 'cards' | 'buttons' | 'plain';
  markup: Markup;
  /** Longest text of one message, in UTF-16 units. */
  text: Limit;
  /** Largest activity as JSON, in bytes of UTF-8. */
  payload: Limit;
  buttons?: ButtonLimits;
  cards?: CardLimits;
}

/** Limits of a channel by its Bot Framework id; plain text with numbers for any that is not known. */
export function limitsOf(channelId: string | undefined): ChannelLimits {
  return channelTable[channelId ?? ''] ?? channelTable.unknown;
}
