import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, type EchoServer, startEcho } from './echo-server.js';
import { begin, call, follow, poll, pollUntil, postJson } from './page-client.js';

let echo: EchoServer;
beforeAll(async () => {
  echo = await startEcho();
});
afterAll(() => echo.stop());

const path = (id: string, rest = '') => `/conversations/${id}${rest}`;

test('a new conversation is greeted before the person writes', async () => {
  const opened = await begin(echo.url);
  const { activities } = await pollUntil(echo.url, opened, 1);
  expect(activities[0]).toMatchObject({ type: 'message', text: 'Hello', from: { role: 'bot' } });
  const update = echo.received.find((each) => each.conversation?.id === opened.conversationId);
  expect(update).toMatchObject({
    type: 'conversationUpdate',
    channelId: 'webchat',
    serviceUrl: 'urn:backup-medic:web',
    locale: 'en-GB',
    recipient: { role: 'bot' },
  });
  expect(update?.membersAdded?.map(({ role }) => role)).toEqual(['user', 'bot']);
});

test('the person sees the own message with its client id, then the reply', async () => {
  const opened = await begin(echo.url);
  const stream = follow(opened.streamUrl);
  await stream.until('Hello');
  const sent = {
    type: 'message',
    text: 'not enough storage',
    from: { id: 'dl_somebody-else', role: 'bot' },
    channelData: { clientActivityID: 'c1' },
  };
  const answer = await postJson(echo.url, path(opened.conversationId, '/activities'), sent, opened.token);
  expect(answer.status).toBe(200);
  const { id } = (await answer.json()) as { id: string };
  await stream.until('Echo: not enough storage');
  const shown = stream.frames.flatMap((frame) => frame.activities).filter(({ type }) => type === 'message');
  expect(shown.map(({ text }) => text)).toEqual(['Hello', 'not enough storage', 'Echo: not enough storage']);
  expect(shown[1]).toMatchObject({ id, channelData: { clientActivityID: 'c1' }, from: { role: 'user' } });
  expect(shown[1]?.from).not.toMatchObject({ id: 'dl_somebody-else' });
  expect(stream.texts()).toContain('typing');
  stream.socket.close();
});

test('watermarks grow and typing has none', async () => {
  const opened = await begin(echo.url);
  const stream = follow(opened.streamUrl);
  await stream.until('Hello');
  for (const text of ['a', 'b', 'c'])
    await postJson(
      echo.url,
      path(opened.conversationId, '/activities'),
      { type: 'message', text },
      opened.token,
    );
  await stream.until('Echo: c');
  const marks = stream.frames.flatMap(({ watermark }) =>
    watermark === undefined ? [] : [Number(watermark)],
  );
  expect(marks).toEqual([...new Set(marks)].sort((left, right) => left - right));
  const typing = stream.frames.filter(({ activities }) => activities[0]?.type === 'typing');
  expect(typing.every(({ watermark }) => watermark === undefined)).toBe(true);
  stream.socket.close();
});

test('a message that arrives twice is shown once', async () => {
  const opened = await begin(echo.url);
  const sent = { type: 'message', text: 'twice', channelData: { clientActivityID: 'same' } };
  const first = await postJson(echo.url, path(opened.conversationId, '/activities'), sent, opened.token);
  const second = await postJson(echo.url, path(opened.conversationId, '/activities'), sent, opened.token);
  expect(await second.json()).toEqual(await first.json());
  const { activities } = await pollUntil(echo.url, opened, 3);
  expect(activities.map(({ text }) => text)).toEqual(['Hello', 'twice', 'Echo: twice']);
});

test('a reconnect replays what came after the watermark', async () => {
  const opened = await begin(echo.url);
  const { watermark } = await pollUntil(echo.url, opened, 1);
  await postJson(
    echo.url,
    path(opened.conversationId, '/activities'),
    { type: 'message', text: 'x' },
    opened.token,
  );
  const { token } = opened;
  const answer = await call(echo.url, path(opened.conversationId, `?watermark=${watermark}`), { token });
  expect(answer.status).toBe(200);
  const stream = follow(((await answer.json()) as { streamUrl: string }).streamUrl);
  await stream.until('Echo: x');
  expect(stream.texts()).not.toContain('Hello');
  stream.socket.close();
});

test('starting twice greets once', async () => {
  const opened = await begin(echo.url);
  await pollUntil(echo.url, opened, 1);
  expect((await postJson(echo.url, '/conversations', {}, opened.token)).status).toBe(201);
  expect((await poll(echo.url, opened)).activities).toHaveLength(1);
});

test('parallel replies each get a place of their own', async () => {
  const opened = await begin(echo.url);
  const begun = await pollUntil(echo.url, opened, 1);
  const address = addressOf(opened.conversationId);
  const numbers = Array.from({ length: 40 }, (_, index) => `r${index % 20}`);
  await Promise.all(
    numbers.map((text) =>
      echo.directLine.channel.send(address, { type: 'message', text }, `${opened.conversationId}-${text}`),
    ),
  );
  const { activities, watermark } = await poll(echo.url, opened);
  expect(new Set(activities.map(({ id }) => id)).size).toBe(21);
  expect(Number(watermark)).toBe(Number(begun.watermark) + 20);
});

test('a long history arrives whole and in order', async () => {
  const opened = await begin(echo.url);
  const address = addressOf(opened.conversationId);
  for (let index = 0; index < 230; index += 1)
    await echo.directLine.channel.send(address, { type: 'message', text: `n${index}` }, `n${index}`);
  const stream = follow(opened.streamUrl);
  await stream.until('n229');
  const texts = stream.texts().filter((text) => text.startsWith('n'));
  expect(texts).toEqual(Array.from({ length: 230 }, (_, index) => `n${index}`));
  expect(stream.frames.length).toBeGreaterThan(2);
  stream.socket.close();
});

test('of an upload only name, type and size are kept', async () => {
  const opened = await begin(echo.url);
  const form = new FormData();
  const activity = { type: 'message', text: 'look', channelData: { clientActivityID: 'up' } };
  form.append(
    'activity',
    new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }),
  );
  form.append('file', new Blob(['secret bytes'], { type: 'image/png' }), 'screen.png');
  const { token } = opened;
  const answer = await call(echo.url, path(opened.conversationId, '/upload?userId=dl_forged'), {
    method: 'POST',
    body: form,
    token,
  });
  expect(answer.status).toBe(200);
  await pollUntil(echo.url, opened, 3);
  expect(echo.received.at(-1)).toMatchObject({
    text: 'look',
    attachments: [{ name: 'screen.png', contentType: 'image/png' }],
    channelData: { clientActivityID: 'up', attachmentSizes: [12] },
  });
  const rows = await echo.db.selectFrom('web_activities').select('activity_json').execute();
  expect(JSON.stringify(rows)).not.toContain('secret bytes');
});

test('a message that the bot could not take leaves the stream and may come again', async () => {
  let isDown = true;
  const flaky = await startEcho({
    receive: async (activity) => {
      if (isDown && activity.type === 'message') throw new Error('secret detail');
    },
  });
  const opened = await begin(flaky.url);
  const sent = { type: 'message', text: 'hi', channelData: { clientActivityID: 'again' } };
  const refused = await postJson(flaky.url, path(opened.conversationId, '/activities'), sent, opened.token);
  expect(refused.status).toBe(503);
  expect(await refused.text()).not.toContain('secret detail');
  expect((await poll(flaky.url, opened)).activities).toEqual([]);
  isDown = false;
  const taken = await postJson(flaky.url, path(opened.conversationId, '/activities'), sent, opened.token);
  expect(taken.status).toBe(200);
  expect((await poll(flaky.url, opened)).activities).toHaveLength(1);
  await flaky.stop();
});

test('a message that a crash kept from the bot is handed in at reconnect', async () => {
  const opened = await begin(echo.url);
  await postJson(
    echo.url,
    path(opened.conversationId, '/activities'),
    { type: 'message', text: 'y' },
    opened.token,
  );
  await pollUntil(echo.url, opened, 3);
  await echo.db.deleteFrom('web_activities').where('activity_json', 'like', '%Echo: y%').execute();
  const before = echo.received.length;
  await call(echo.url, path(opened.conversationId), { token: opened.token });
  expect(echo.received.slice(before)).toMatchObject([{ type: 'message', text: 'y' }]);
});

test('closing ends every stream', async () => {
  const other = await startEcho();
  const opened = await begin(other.url);
  const stream = follow(opened.streamUrl);
  await stream.outcome;
  const closed = new Promise((resolve) => stream.socket.on('close', resolve));
  await other.stop();
  await closed;
});
