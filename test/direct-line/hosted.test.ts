import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mountHosted } from '../../src/direct-line/hosted.js';

const secret = 'the-secret-of-the-channel';
let service: Server;
let server: restify.Server;
let url: string;
let isDown = false;
const calls: { method?: string; url?: string; headers: IncomingHttpHeaders; body: string }[] = [];

/** A stand-in that answers as "Direct Line API 3.0, Authentication" and "Reconnect" have it. */
beforeAll(async () => {
  service = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url: path = '', headers } = request;
    calls.push({ method, url: path, headers, body });
    response.statusCode = isDown ? 500 : headers.authorization === `Bearer ${secret}` ? 200 : 403;
    const conversationId = 'hosted-1';
    const stream = method === 'GET' ? { streamUrl: 'wss://stream.example/hosted-1' } : {};
    response.end(JSON.stringify({ conversationId, token: 'a-token', expires_in: 1800, ...stream }));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', () => resolve()));
  server = restify.createServer();
  const address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  mountHosted(server, { secret, service: address, signingSecret: 'x'.repeat(32), isEmbedded: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3/directline/tokens/generate`;
});
beforeEach(() => {
  calls.length = 0;
  isDown = false;
});
afterAll(() => {
  service.close();
  server.close();
});

function ask(body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

test('a page gets a token for an unguessable user, and never the secret', async () => {
  const response = await ask({});
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ conversationId: 'hosted-1', token: 'a-token', expires_in: 1800 });
  expect(text + [...response.headers].join()).not.toContain(secret);
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ method: 'POST', url: '/v3/directline/tokens/generate' });
  const asked = JSON.parse(calls[0]?.body ?? '');
  expect(asked.user.id).toMatch(/^dl_[\w-]{22}$/);
  expect(asked.trustedOrigins).toEqual([new URL(url).origin]);
});

test('the same browser goes on with its conversation, another does not', async () => {
  const cookie = (await ask({})).headers.get('set-cookie')?.split(';')[0] ?? '';
  const again = await ask({ conversationId: 'hosted-1' }, { cookie });
  expect(await again.json()).toMatchObject({ streamUrl: 'wss://stream.example/hosted-1' });
  expect(calls.at(-1)).toMatchObject({ method: 'GET', url: '/v3/directline/conversations/hosted-1' });
  expect((await ask({ conversationId: 'hosted-1' })).status).toBe(403);
  expect((await ask({ conversationId: 'hosted-2' }, { cookie })).status).toBe(403);
});

test('a foreign page gets nothing', async () => {
  expect((await ask({}, { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect(calls).toHaveLength(0);
});

test('a service in trouble is said to be so, without its words', async () => {
  isDown = true;
  const response = await ask({});
  expect(response.status).toBe(502);
  expect(await response.text()).not.toContain('a-token');
});
