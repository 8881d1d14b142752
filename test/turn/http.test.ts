import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { message, root, scratch, startBot } from './bot.js';
import { type Answer, type Call, callPort, expectRefusal } from './http-client.js';

let storage: ReturnType<typeof scratch>;
let server: RunningServer;
let port: number;
beforeAll(async () => {
  storage = scratch();
  const environment = { PORT: '0', STORAGE_URL: storage.url };
  const host = await startBot({ url: storage.url, environment });
  server = await startServer({ root, config: readConfig(environment), host });
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server.close();
  storage.remove();
});

/** An activity of a local Bot Framework client that waits for the replies in the response. */
function activity(id: string, text: string): Record<string, unknown> {
  return {
    ...message(id, text, 'http'),
    channelId: 'emulator',
    serviceUrl: 'http://127.0.0.1:9',
    deliveryMode: 'expectReplies',
  };
}

const call = (one: Call) => callPort(port, one);
const post = (value: unknown, headers: Record<string, string> = {}) =>
  call({ body: JSON.stringify(value), headers });

describe('an activity over HTTP', () => {
  test('gets the replies in the response', async () => {
    const { status, text } = await post(activity('1', 'not enough storage'));
    expect(status).toBe(200);
    const [reply] = JSON.parse(text).activities;
    expect(reply.text).toContain('on which phone');
    expect(reply.suggestedActions.actions).toHaveLength(5);
  });

  test('gets the same answer when it comes again', async () => {
    const first = await post(activity('2', 'iphone'));
    const again = await post(activity('2', 'iphone'));
    const texts = (answer: Answer) =>
      JSON.parse(answer.text).activities.map((one: { text: string }) => one.text);
    expect(texts(again)).toEqual(texts(first));
  });

  test('goes on after it was refused once', async () => {
    expectRefusal(await post({ ...activity('3', 'x'), conversation: undefined }), 400);
    expect((await post(activity('4', 'icloud'))).status).toBe(200);
  });
});

describe('what cannot be an activity', () => {
  test.each([
    ['malformed JSON', '{"type":', 400],
    ['an empty body', '', 400],
    ['null', 'null', 400],
    ['a list', '[]', 400],
    ['a text', '"hello"', 400],
    ['an object of another kind', '{"hello":"world"}', 400],
    ['text that is no text', JSON.stringify({ ...activity('5', ''), text: { a: 1 } }), 400],
    ['a time zone that is no text', JSON.stringify({ ...activity('5', ''), localTimezone: true }), 400],
    ['too deep', `{"type":"message","value":${'['.repeat(5000)}${']'.repeat(5000)}}`, 400],
    ['too long', JSON.stringify(activity('6', 'x'.repeat(300_000))), 413],
  ])('%s is refused', async (_name, body, status) => {
    expectRefusal(await call({ body }), status);
  });

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 415],
    ['plain text', 'text/plain', 415],
    ['a form with files', 'multipart/form-data; boundary=x', 415],
  ])('%s is refused', async (_name, type, status) => {
    const body = JSON.stringify(activity('7', 'help'));
    expectRefusal(await call({ body, headers: { 'Content-Type': type } }), status);
  });
});

describe('without an app id', () => {
  test.each([
    ['a page of another origin', { Origin: 'https://evil.example' }],
    ['a page on another port', { Origin: 'http://127.0.0.1:1' }],
    ['a page of our own', { Origin: 'null' }],
    ['a name that is rebound to loopback', { Host: 'evil.example' }],
    ['loopback on another port', { Host: '127.0.0.1:1' }],
    ['a proxy', { 'X-Forwarded-For': '203.0.113.7' }],
    ['a proxy by the standard', { Forwarded: 'for=203.0.113.7' }],
    ['a proxy that names itself', { Via: '1.1 proxy' }],
  ])('%s is refused', async (_name, headers) => {
    expectRefusal(await post(activity('8', 'help'), headers), 403);
  });

  test.each([
    'https://evil.example/',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.1:3978',
    'file:///etc/passwd',
    'x',
  ])('replies to %s are refused', async (serviceUrl) => {
    expectRefusal(await post({ ...activity('9', 'help'), serviceUrl }), 403);
  });

  test('a garbage token opens nothing more', async () => {
    const { status } = await post(activity('10', 'help'), { Authorization: 'Bearer garbage' });
    expect([200, 401]).toContain(status);
  });
});

test('a port that is taken is named', async () => {
  const environment = { PORT: String(port), STORAGE_URL: storage.url };
  const host = await startBot({ url: storage.url, environment });
  const starting = startServer({ root, config: readConfig(environment), host });
  await expect(starting).rejects.toThrow(`The address 127.0.0.1:${port} is taken: set PORT to another.`);
  await host.close();
});

test.runIf(process.platform === 'linux')('where others can reach it there is no such address', async () => {
  const other = scratch();
  const environment = {
    PORT: '0',
    STORAGE_URL: other.url,
    // Anything that is not a usual name of loopback counts as public.
    HOST: '127.0.0.2',
    PUBLIC_URL: 'https://chat.example.org',
    SIGNING_SECRET: 's'.repeat(32),
  };
  const host = await startBot({ url: other.url, environment });
  const config = { ...readConfig(environment), PUBLIC_URL: undefined };
  const open = await startServer({ root, config, host });
  const { port: openPort } = new URL(open.url);
  const headers = { Host: `127.0.0.1:${openPort}` };
  const body = JSON.stringify(activity('20', 'help'));
  expectRefusal(await callPort(Number(openPort), { host: '127.0.0.2', headers, body }), 404);
  await open.close();
  other.remove();
});

describe('addresses', () => {
  test.each([
    ['GET', '/nothing', 404],
    ['POST', '/api/nothing', 404],
    ['GET', '/../etc/passwd', 404],
    ['GET', '/api/messages', 405],
    ['DELETE', '/api/messages', 405],
  ])('%s %s is refused', async (method, path, status) => {
    expectRefusal(await call({ method, path }), status);
  });

  test.each(['[::1', 'a b', 'x:y:z', '%'])('the Host %s ends no process', async (name) => {
    expectRefusal(await post(activity('11', 'help'), { Host: name }), 400);
    expect((await post(activity('12', 'help'))).status).toBe(200);
  });

  test('a path that cannot be decoded is refused', async () => {
    const { status, text } = await call({ method: 'GET', path: '/%E0%A4%A' });
    expect([400, 404]).toContain(status);
    expect(text).not.toMatch(/node_modules| {4}at /);
  });
});
