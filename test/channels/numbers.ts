/** What a channel takes, written down here a second time, so that a slip in the product's table shows. */
export interface Numbers {
  textChars: number;
  payloadBytes: number;
  buttons: number;
  labelChars: number;
  valueBytes: number;
}

const none = { buttons: 0, labelChars: 0, valueBytes: 0 };

/** Published numbers by channel id; where none is published, what people can still read. */
export const numbers: Record<string, Numbers> = {
  webchat: { textChars: 4000, payloadBytes: 256_000, buttons: 12, labelChars: 40, valueBytes: 48 },
  directline: { textChars: 4000, payloadBytes: 256_000, buttons: 12, labelChars: 40, valueBytes: 48 },
  msteams: { textChars: 4000, payloadBytes: 80_000, buttons: 6, labelChars: 40, valueBytes: 48 },
  slack: { textChars: 3000, payloadBytes: 64_000, buttons: 5, labelChars: 75, valueBytes: 2000 },
  telegram: { textChars: 4096, payloadBytes: 64_000, buttons: 12, labelChars: 40, valueBytes: 64 },
  facebook: { textChars: 2000, payloadBytes: 64_000, buttons: 10, labelChars: 20, valueBytes: 1000 },
  whatsapp: { textChars: 4096, payloadBytes: 64_000, buttons: 3, labelChars: 20, valueBytes: 256 },
  line: { textChars: 5000, payloadBytes: 64_000, ...none },
  sms: { textChars: 1600, payloadBytes: 64_000, ...none },
  'twilio-sms': { textChars: 1600, payloadBytes: 64_000, ...none },
  email: { textChars: 20_000, payloadBytes: 64_000, ...none },
  outlook: { textChars: 20_000, payloadBytes: 64_000, ...none },
  groupme: { textChars: 1000, payloadBytes: 64_000, ...none },
  alexa: { textChars: 8000, payloadBytes: 64_000, ...none },
  telephony: { textChars: 8000, payloadBytes: 64_000, ...none },
  acs: { textChars: 4000, payloadBytes: 64_000, ...none },
  omnichannel: { textChars: 4000, payloadBytes: 64_000, ...none },
  m365extensions: { textChars: 4000, payloadBytes: 64_000, ...none },
  directlinespeech: { textChars: 4000, payloadBytes: 256_000, ...none },
  terminal: { textChars: 20_000, payloadBytes: 64_000, ...none },
  'a-channel-of-tomorrow': { textChars: 1000, payloadBytes: 64_000, ...none },
};

/** Longest text beside WhatsApp's reply buttons. */
export const whatsappBodyChars = 1024;

/** Most suggested actions that Teams shows. */
export const teamsSuggestedActions = 3;
