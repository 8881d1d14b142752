import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EchoServer, startEcho } from './echo-server.js';
import { begin, call, follow, type Opened, poll, pollUntil, postJson } from './page-client.js';

let echo: EchoServer;
let opened: Opened;
beforeAll(async () => {
  echo = await startEcho();
  opened = await begin(echo.url);
});
afterAll(() => echo.stop());

const activities = () => `/conversations/${opened.conversationId}/activities`;

async function expectError(answer: Response, status: number): Promise<void> {
  expect(answer.status).toBe(status);
  const text = await answer.text();
  expect(JSON.parse(text)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  expect(text).not.toMatch(/node_modules| {4}at |Error:/);
  expect(text.length).toBeLessThan(300);
}

function postText(text: string, type = 'application/json'): Promise<Response> {
  const { token } = opened;
  return call(echo.url, activities(), {
    method: 'POST',
    body: text,
    token,
    headers: { 'Content-Type': type },
  });
}

/** fetch cannot set Host: this can. */
function statusWith(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const path = '/v3/directline/tokens/generate';
    const request = httpRequest({ port: echo.port, host: '127.0.0.1', path, method: 'POST', headers });
    request.on('response', (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject);
    request.end();
  });
}

describe('bodies', () => {
  test.each([
    ['malformed JSON', '{"type":', 400],
    ['no activity', '[]', 400],
    ['null', 'null', 400],
    ['an unknown type', '{"type":"invoke"}', 400],
    ['a forged conversationUpdate', '{"type":"conversationUpdate"}', 400],
    ['text that is no text', '{"type":"message","text":{"a":1}}', 400],
    ['channelData that is no object', '{"type":"message","channelData":"x"}', 400],
    ['too deep', `{"type":"event","value":${'['.repeat(5000)}${']'.repeat(5000)}}`, 400],
    ['too many attachments', JSON.stringify({ type: 'message', attachments: Array(50).fill({}) }), 400],
  ])('%s is refused', async (_name, text, status) => {
    await expectError(await postText(text), status);
  });

  test('an empty body is refused', async () => {
    await expectError(await postText(''), 400);
  });

  test('a form-encoded body is refused', async () => {
    await expectError(await postText('text=hi', 'application/x-www-form-urlencoded'), 415);
    await expectError(await postText('{"type":"message","text":"hi"}', 'text/plain'), 415);
  });

  test('a body over the limit is refused', async () => {
    await expectError(await postText(JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) })), 413);
  });

  test('an upload over the limit is refused', async () => {
    const form = new FormData();
    form.append('file', new Blob(['x'.repeat(1_100_000)]), 'big.png');
    const { token } = opened;
    const path = `/conversations/${opened.conversationId}/upload`;
    await expectError(await call(echo.url, path, { method: 'POST', body: form, token }), 413);
  });

  test('a broken upload is refused', async () => {
    const { token } = opened;
    const path = `/conversations/${opened.conversationId}/upload`;
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    await expectError(
      await call(echo.url, path, { method: 'POST', body: '--x\r\nnope', token, headers }),
      400,
    );
    await expectError(await postJson(echo.url, path, {}, token), 415);
  });

  test('20,000 characters, markup and control characters are taken', async () => {
    for (const text of ['x'.repeat(20_000), '<b>hi</b> **x**', '\u0000\u0007', '😀😀', '   ', '']) {
      const answer = await postText(JSON.stringify({ type: 'message', text }));
      expect(answer.status).toBe(200);
    }
  });

  test('a property named __proto__ does not come through', async () => {
    expect(
      (await postText('{"type":"event","name":"n","value":{"__proto__":{"isAdmin":true}}}')).status,
    ).toBe(200);
    expect(echo.received.at(-1)?.value).toEqual({});
  });
});

describe('addresses', () => {
  test('an unknown one is not found', async () => {
    await expectError(await call(echo.url, '/session/getsessionid'), 404);
    await expectError(await call(echo.url, '/conversations/nope', { token: opened.token }), 404);
  });

  test('a wrong method is named as such', async () => {
    const answer = await call(echo.url, '/conversations', { method: 'DELETE' });
    expect(answer.headers.get('allow')).toBe('POST');
    await expectError(answer, 405);
  });
});

describe('tokens', () => {
  test.each(['', 'garbage', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])('"%s" is unauthorized', async (token) => {
    await expectError(await call(echo.url, activities(), { token }), 401);
  });

  test('a changed claim makes it worthless', async () => {
    const [head, payload, signed] = opened.token.split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString('utf8'));
    const changed = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 })).toString('base64url');
    await expectError(await call(echo.url, activities(), { token: `${head}.${changed}.${signed}` }), 401);
  });

  test('one conversation cannot be read with the token of another', async () => {
    const other = await begin(echo.url);
    await expectError(await call(echo.url, activities(), { token: other.token }), 403);
    const stream = follow(other.streamUrl.replace(other.conversationId, opened.conversationId));
    expect(await stream.outcome).toBe(403);
  });

  test('the token of a stream opens nothing else', async () => {
    const token = new URL(opened.streamUrl).searchParams.get('t') ?? '';
    await expectError(await call(echo.url, activities(), { token }), 401);
    const stream = follow(opened.streamUrl.replace(/t=.*/, `t=${opened.token}`));
    expect(await stream.outcome).toBe(401);
  });

  test('an expired one is refused, and the cookie gives a new one for the same conversation', async () => {
    let now = Date.now();
    const aging = await startEcho({ now: () => now });
    const old = await begin(aging.url);
    await pollUntil(aging.url, old, 1);
    now += 31 * 60_000;
    await expectError(await call(aging.url, '/tokens/refresh', { method: 'POST', token: old.token }), 403);
    const answer = await call(aging.url, '/tokens/generate', {
      method: 'POST',
      body: JSON.stringify({ conversationId: old.conversationId }),
      headers: { Cookie: old.cookie, 'Content-Type': 'application/json' },
    });
    const renewed = (await answer.json()) as Opened;
    expect(renewed.conversationId).toBe(old.conversationId);
    expect((await poll(aging.url, { ...old, ...renewed })).activities).toHaveLength(1);
    await aging.stop();
  });

  test('a good one is refreshed', async () => {
    const answer = await call(echo.url, '/tokens/refresh', { method: 'POST', token: opened.token });
    expect(await answer.json()).toMatchObject({ conversationId: opened.conversationId, expires_in: 1800 });
  });

  test('nobody gets the conversation of another browser', async () => {
    const { conversationId } = opened;
    await expectError(await postJson(echo.url, '/tokens/generate', { conversationId }), 403);
  });

  test('the visitor cookie is out of reach of scripts and other sites', async () => {
    const answer = await postJson(echo.url, '/tokens/generate', {});
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
  });
});

describe('origins', () => {
  test.each([
    [{ Host: 'evil.example' }, 403],
    [{ Host: 'localhost:1' }, 403],
    [{ Origin: 'https://evil.example' }, 403],
    [{ Origin: 'null' }, 403],
    [{ Origin: 'http://localhost:1' }, 403],
    [{ Origin: 'http://127.0.0.1.evil.example' }, 403],
    [{}, 200],
  ])('%o gets %i', async (headers, status) => {
    const own = { Host: `127.0.0.1:${echo.port}`, ...headers };
    expect(await statusWith(own as Record<string, string>)).toBe(status);
  });

  test('the page itself and its other loopback names pass', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      const address = `${name}:${echo.port}`;
      expect(await statusWith({ Host: address, Origin: `http://${address}` })).toBe(200);
    }
  });

  test('the public address passes where it is set, and its streams are opened there', async () => {
    const open = await startEcho({ publicUrl: 'https://chat.example.org' });
    const answer = await call(open.url, '/tokens/generate', {
      method: 'POST',
      headers: { Origin: 'https://chat.example.org' },
    });
    expect(answer.headers.get('set-cookie')).toContain('; Secure');
    expect(((await answer.json()) as Opened).streamUrl).toMatch(
      /^wss:\/\/chat\.example\.org\/v3\/directline\//,
    );
    await open.stop();
  });

  test('a foreign page cannot open a stream', async () => {
    const stream = follow(opened.streamUrl, { Origin: 'https://evil.example' });
    expect(await stream.outcome).toBe(403);
  });

  test('an upgrade elsewhere is not found', async () => {
    const stream = follow(`ws://127.0.0.1:${echo.port}/elsewhere`);
    expect(await stream.outcome).toBe(404);
  });
});

test('broken requests end with an answer and the server lives on', async () => {
  const answers = await Promise.all(
    ['GET //\\[ HTTP/1.1', 'POST /v3/directline/conversations/%/activities HTTP/1.1'].map(rawRequest),
  );
  expect(answers.every((answer) => /^HTTP\/1\.1 4\d\d/.test(answer))).toBe(true);
  expect((await postJson(echo.url, '/tokens/generate', {})).status).toBe(200);
});

function rawRequest(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(echo.port, '127.0.0.1', () =>
      socket.write(`${line}\r\nHost: 127.0.0.1:${echo.port}\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}
