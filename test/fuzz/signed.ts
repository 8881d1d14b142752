import { type Key, makeKey, signWith } from '../turn/key-server.js';

const appId = '11111111-2222-4333-8444-555555555555';

/** The key of the channels that the fuzz speaks for. */
export const channelKey: Key = makeKey('ours', [
  'msteams',
  'slack',
  'telegram',
  'directline',
  'webchat',
  'sms',
  'emulator',
]);

/** Settings of a bot with an app id that trusts the keys at `metadataUrl`. */
export function signedSettings(metadataUrl: string): Record<string, string> {
  return {
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'secret',
    MicrosoftAppType: 'MultiTenant',
    BotOpenIdMetadata: metadataUrl,
  };
}

/** A token that such a bot takes from a channel at `serviceUrl`. */
export function tokenFor(serviceUrl: string): string {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  return signWith(channelKey, {
    iss: 'https://api.botframework.com',
    aud: appId,
    exp,
    serviceurl: serviceUrl,
  });
}
