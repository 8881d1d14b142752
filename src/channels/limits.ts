/** How replies are shown where they go. */
export interface ChannelLimits {
  /** `buttons`: text with buttons; `plain`: text with numbered choices. */
  rendering: 'buttons' | 'plain';
  markup: 'markdown' | 'none';
  /** Most buttons of one message; further choices are numbered in the text. */
  maxButtons: number;
}

/** Channels that show buttons below a text; all others get plain text with numbers. */
const known: Record<string, ChannelLimits> = {
  // Direct Line clients show suggested actions without a published limit; twelve still fit a phone.
  webchat: { rendering: 'buttons', markup: 'markdown', maxButtons: 12 },
  directline: { rendering: 'buttons', markup: 'markdown', maxButtons: 12 },
  emulator: { rendering: 'buttons', markup: 'markdown', maxButtons: 12 },
};

const plain: ChannelLimits = { rendering: 'plain', markup: 'none', maxButtons: 0 };

/** Limits of a channel by its Bot Framework id; plain text with numbers for any that is not known. */
export function limitsOf(channelId: string | undefined): ChannelLimits {
  return known[channelId ?? ''] ?? plain;
}
