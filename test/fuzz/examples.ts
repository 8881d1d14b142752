import type { Chance } from '../persons/chance.js';

/** Where activities of the fuzz pretend to come from; the runner puts the address of its own server there. */
export const callbackUrl = 'http://callback.invalid';

/** Stands for the id of a button that the bot has shown lately. */
export const shownChoice = 'q:shown';

const lines = [
  'hi',
  'not enough storage',
  'backup failed on my iphone, icloud says 5 GB of 5 GB',
  'android, google photos stuck at 98% since yesterday',
  "no wait, it's an Android",
  'why?',
  'back',
  'skip',
  'repeat that',
  'start over',
  "that didn't work",
  'done, what now',
  'yes',
  'no',
  '2',
  'not sure',
  'I want a human',
  "my wife's phone too",
  'send me my data',
  'delete my data',
  'it worked, thank you!',
  'error: "The last backup could not be completed"',
  '128gb, 12.5 gb free',
  'remind me tomorrow at 9',
  '🤷',
  'je ne peux pas sauvegarder',
  'a'.repeat(3000),
];

const choiceIds: string[] = [
  ...Array(12).fill(shownChoice),
  'q:platform:iphone',
  'q:platform:android',
  'q:service:icloud',
  's:a:b:done',
  'g:a:copy',
  'o:deleteData:yes',
  'o:human:no',
  'd:menu',
  'l:1',
];

/** An activity as some channel sends it, of person `who` in the conversation of the same name. */
export function exampleActivity(chance: Chance, who: string): Record<string, unknown> {
  const channelId = chance.pick(['emulator', 'msteams', 'slack', 'telegram', 'directline', 'webchat', 'sms']);
  return {
    id: `a${Math.floor(chance.number() * 1e12)}`,
    timestamp: '2025-06-03T09:00:00.000Z',
    channelId,
    serviceUrl: callbackUrl,
    from: { id: who, name: 'Ann', role: 'user' },
    recipient: { id: 'bot', name: 'Backup Medic', role: 'bot' },
    conversation: { id: `c of ${who}`, isGroup: chance.happens(0.1), tenantId: 't' },
    locale: chance.pick(['en-US', 'de-DE', 'fr', 'ar-EG', 'zz']),
    localTimezone: 'Europe/Berlin',
    ...(chance.happens(0.8) ? { deliveryMode: 'expectReplies' } : {}),
    ...bodyOf(chance),
  };
}

function bodyOf(chance: Chance): Record<string, unknown> {
  const choiceId = chance.pick(choiceIds);
  const message = { type: 'message', text: chance.pick(lines), textFormat: 'plain' };
  return chance.weigh([
    { weight: 12, body: message },
    { weight: 2, body: { ...message, text: choiceId } },
    { weight: 3, body: { type: 'message', value: { choiceId, label: 'iPhone' } } },
    { weight: 1, body: { ...message, attachments: [{ contentType: 'image/png', name: 'screen.png' }] } },
    { weight: 1, body: { ...message, entities: [{ type: 'mention', mentioned: { id: 'bot' }, text: 'x' }] } },
    { weight: 1, body: { ...message, channelData: { callback_query: { data: choiceId } } } },
    { weight: 1, body: { type: 'conversationUpdate', membersAdded: [{ id: 'ann' }, { id: 'bot' }] } },
    { weight: 1, body: { type: 'installationUpdate', action: 'add' } },
    { weight: 1, body: { type: 'typing' } },
    { weight: 1, body: { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: '1' } },
    { weight: 1, body: { type: 'endOfConversation', code: 'userCancelled' } },
    { weight: 1, body: { type: 'event', name: 'handoff.status', value: { state: 'accepted' } } },
    { weight: 1, body: { type: 'event', name: 'openingContext', value: openingContext } },
    {
      weight: 2,
      body: invoke('adaptiveCard/action', { action: { type: 'Action.Execute', data: { choiceId } } }),
    },
    { weight: 1, body: invoke('message/submitAction', { actionValue: { reaction: 'like' } }) },
    { weight: 1, body: invoke('composeExtension/query', extensionQuery) },
    { weight: 1, body: invoke('signin/verifyState', { state: '1' }) },
  ]).body;
}

const invoke = (name: string, value: unknown) => ({ type: 'invoke', name, value, replyToId: '1' });

const openingContext = {
  platform: 'iphone',
  service: 'icloud',
  errorText: 'Not Enough Storage',
  fixesTried: [{ fix: 'empty-trash', outcome: 'failed', by: 'agent' }],
  locale: 'en-GB',
  note: 'called twice',
};

const extensionQuery = {
  commandId: 'findFix',
  parameters: [{ name: 'searchText', value: 'storage' }],
  queryOptions: { skip: 0, count: 10 },
};

/** An activity as the chat page sends it. */
export function examplePost(chance: Chance): Record<string, unknown> {
  return {
    type: chance.pick(['message', 'message', 'message', 'event', 'typing']),
    text: chance.pick(lines),
    name: 'openingContext',
    value: chance.happens(0.3) ? openingContext : { choiceId: chance.pick(choiceIds) },
    locale: 'en-US',
    localTimezone: 'Europe/Berlin',
    channelData: { clientActivityID: `c${Math.floor(chance.number() * 1e9)}` },
    from: { id: 'dl_me', name: 'me', role: 'user' },
  };
}
