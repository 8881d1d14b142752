import { expect, test } from 'vitest';
import { toIncoming } from '../../src/incoming.js';

const id = 'q:platform:iphone';
const pressed = { kind: 'message', choiceId: id, attachments: [] };

test.each([
  ['messageBack', { text: 'iPhone', value: { choiceId: id } }, 'iPhone'],
  ['a value sent as a string', { text: 'iPhone', value: JSON.stringify({ choiceId: id }) }, 'iPhone'],
  ['Action.Submit', { value: { choiceId: id, label: 'iPhone' } }, 'iPhone'],
  ['postBack', { text: id }, ''],
  ['a value that is the id', { text: 'iPhone', value: id }, 'iPhone'],
  ['Slack', { text: 'iPhone', channelData: { Payload: { actions: [{ name: id, value: id }] } } }, 'iPhone'],
  ['Telegram', { text: id, channelData: { callback_query: { id: '1', data: id } } }, ''],
  ['Messenger', { text: 'iPhone', channelData: { message: { quick_reply: { payload: id } } } }, 'iPhone'],
  ['Messenger postback', { text: id, channelData: { postback: { payload: id } } }, ''],
])('a button pressed by %s is its choice', (_, activity, text) => {
  expect(toIncoming({ type: 'message', ...activity })).toEqual({ ...pressed, text });
});

test.each([
  '2',
  'the second',
  'q: what is this',
  'I see x:y:z',
  'd:',
  'note:this',
])('%j is written', (text) => {
  expect(toIncoming({ type: 'message', text })).toEqual({ kind: 'message', text, attachments: [] });
});

test('words on a card are as good as typed', () => {
  const value = { action: { type: 'Action.Execute', data: { say: 'Why?' } } };
  expect(toIncoming({ type: 'invoke', name: 'adaptiveCard/action', value })).toEqual({
    kind: 'message',
    text: 'Why?',
    attachments: [],
  });
});

test('an invoke that is none of ours needs no turn', () => {
  expect(toIncoming({ type: 'invoke', name: 'task/fetch', value: {} })).toBeUndefined();
});

test('somebody else is named, the bot is not', () => {
  const mention = (text: string, person: string, name: string) => ({
    type: 'mention',
    text,
    mentioned: { id: person, name },
  });
  const incoming = toIncoming({
    type: 'message',
    text: '<at>Bot</at>&nbsp;&nbsp;help <at>Ann</at> <at>Bot</at>',
    recipient: { id: 'bot', name: 'Bot' },
    entities: [mention('<at>Bot</at>', 'bot', 'Bot'), mention('<at>Ann</at>', 'ann', 'Ann')],
  });
  expect(incoming).toMatchObject({ text: 'help Ann' });
});

test('a mention that no entity confirms stays text', () => {
  expect(
    toIncoming({ type: 'message', text: '<at>Bot</at> help', recipient: { id: 'bot', name: '' } }),
  ).toMatchObject({
    text: '<at>Bot</at> help',
  });
});

test.each([
  '\n<span class="inline-compose-card" itemid="0" itemtype="x">\n  <span content="0" itemprop="cardId"></span>\n</span>\n',
  '<attachment id="a1"></attachment>',
])('the place of a card in a message is no text', (place) => {
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }];
  const read = (text: string) => toIncoming({ type: 'message', text, attachments });
  expect(read(place)).toMatchObject({ text: '' });
  expect(read(`${place}my backup failed`)).toMatchObject({ text: 'my backup failed' });
  expect(toIncoming({ type: 'message', text: place })).toMatchObject({ text: place });
});
