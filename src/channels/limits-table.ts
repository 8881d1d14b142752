import type { ButtonLimits, ChannelLimits, Limit } from './limits.js';

const from = (source: string, max: number): Limit => ({ max, source });
const ours = (why: string, max: number): Limit => ({ max, source: `ours: ${why}` });

const readable = ours('longer texts are easier to follow in parts', 4000);
const directLinePayload = from('Direct Line 3.0, "Send an activity to the bot": 256 KB', 256_000);
const unstated = ours('no size is published, and text stays far below it', 64_000);

/** Twelve buttons still fit a phone's screen; no number is published. */
const webButtons: ButtonLimits = {
  form: 'messageBack',
  count: ours('twelve buttons still fit the screen of a phone', 12),
  label: ours('longer labels are cut on phones', 40),
  value: ours('the longest choice id', 48),
};

const directLine: ChannelLimits = {
  rendering: 'buttons',
  markup: 'markdown',
  text: readable,
  payload: directLinePayload,
  buttons: webButtons,
};

const webChat: ChannelLimits = {
  ...directLine,
  rendering: 'cards',
  cards: {
    version: '1.5',
    buttons: 'suggested',
    count: webButtons.count,
    text: readable,
    isUpdatable: false,
  },
};

const teams: ChannelLimits = {
  rendering: 'cards',
  markup: 'markdown',
  text: readable,
  payload: from('Teams, "Message size": 100 KB; kept to 80 KB', 80_000),
  buttons: {
    form: 'imBack',
    count: from('Teams, "Suggested actions": three', 3),
    label: ours('the label stays on one line on a phone', 40),
    value: ours('the longest choice id', 48),
  },
  cards: {
    version: '1.5',
    buttons: 'card',
    count: from('Teams, "Designing Adaptive Cards": six primary actions', 6),
    text: readable,
    isUpdatable: true,
  },
};

const slack: ChannelLimits = {
  rendering: 'buttons',
  markup: 'mrkdwn',
  text: from('Slack, "Section block": 3,000 characters', 3000),
  payload: unstated,
  buttons: {
    form: 'slack',
    count: from('Slack, "Legacy attachments": five actions', 5),
    label: from('Slack, "Button element": 75 characters', 75),
    value: from('Slack, "Button element": 2,000 characters', 2000),
  },
};

const telegram: ChannelLimits = {
  rendering: 'buttons',
  markup: 'html',
  text: from('Telegram Bot API, sendMessage: 4,096 characters after parsing; counted before it', 4096),
  payload: unstated,
  buttons: {
    form: 'telegram',
    count: ours('twelve rows still fit the screen of a phone', 12),
    label: ours('longer labels are cut on phones', 40),
    value: from('Telegram Bot API, callback_data: 64 bytes', 64),
  },
};

const messenger: ChannelLimits = {
  rendering: 'buttons',
  markup: 'none',
  text: from('Messenger, "Send API": 2,000 characters', 2000),
  payload: unstated,
  buttons: {
    form: 'postBack',
    count: from('botbuilder-dialogs 4.23.3, supportsSuggestedActions: ten (Messenger itself takes 13)', 10),
    label: from('Messenger, "Quick replies": 20 characters', 20),
    value: from('Messenger, "Quick replies": payload of 1,000 characters', 1000),
  },
};

const whatsapp: ChannelLimits = {
  rendering: 'buttons',
  markup: 'none',
  text: from('WhatsApp Cloud API, text message: 4,096 characters', 4096),
  payload: unstated,
  buttons: {
    form: 'postBack',
    count: from('WhatsApp Cloud API, reply buttons: three', 3),
    label: from('WhatsApp Cloud API, reply button title: 20 characters', 20),
    value: from('WhatsApp Cloud API, reply button id: 256 characters', 256),
    text: from('WhatsApp Cloud API, interactive body: 1,024 characters', 1024),
  },
};

/** Plain text of this length, without markup. */
function plain(text: Limit): ChannelLimits {
  return { rendering: 'plain', markup: 'none', text, payload: unstated };
}

const sms = plain(from('Twilio, error 21617: 1,600 characters', 1600));
const mail = plain(ours('a letter has no limit; longer ones are hard to read', 20_000));
const spoken = plain(from('Alexa, response format: outputSpeech of 8,000 characters', 8000));

/**
 * Every channel of Azure Bot Service and our own, by the id that its activities carry.
 * Channels that Microsoft has closed (Skype, Kik, Cortana) are shown as `unknown` ones.
 */
export const channelTable: Readonly<Record<string, ChannelLimits> & { unknown: ChannelLimits }> = {
  webchat: webChat,
  directline: directLine,
  directlinespeech: { ...directLine, rendering: 'plain' },
  emulator: directLine,
  test: directLine,
  msteams: teams,
  slack,
  telegram,
  facebook: messenger,
  whatsapp,
  line: plain(from('LINE Messaging API, text message: 5,000 characters', 5000)),
  sms,
  'twilio-sms': sms,
  email: mail,
  outlook: mail,
  alexa: spoken,
  telephony: spoken,
  groupme: plain(from('GroupMe, "Bots": text of 1,000 characters', 1000)),
  acs: plain(from('Azure Communication Services, chat message: about 28 KB; kept to what is readable', 4000)),
  omnichannel: plain(readable),
  m365extensions: plain(readable),
  terminal: plain(ours('a terminal scrolls', 20_000)),
  unknown: plain(ours('no channel known to us takes less', 1000)),
};
