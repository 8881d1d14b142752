import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { root, scratch, startBot } from './bot.js';
import { callPort, expectRefusal } from './http-client.js';

const storage = scratch();
let server: RunningServer;
let port: number;
beforeAll(async () => {
  const environment = { PORT: '0', STORAGE_URL: storage.url };
  const host = await startBot({ url: storage.url, environment });
  const patience = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };
  server = await startServer({ root, config: readConfig(environment), host, patience });
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server.close();
  storage.remove();
});

/** Sends `start` and then `more` again and again; what came back once the server hung up. */
function dribble(start: string, more: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(start));
    const drops = setInterval(() => socket.writable && socket.write(more), 20);
    socket.on('data', (bytes) => (text += bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drops);
      resolve(text);
    });
  });
}

const head = () => `POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;

describe('a client that takes its time', () => {
  test.each([
    ['for the first line', () => '', 'P'],
    ['for its headers', head, 'X-More: x\r\n'],
    ['for the body', () => `${head()}Content-Type: application/json\r\nContent-Length: 9999\r\n\r\n`, ' '],
  ])('%s is hung up on, and nobody waits for it', async (_name, start, more) => {
    const slow = dribble(start(), more);
    expect((await callPort(port, { method: 'GET', path: '/health/ready' })).status).toBe(200);
    expect(await slow).toMatch(/^HTTP\/1\.1 (400|408) /);
  });

  test('that sends nothing at all is hung up on', async () => {
    expect(await dribble('', '')).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });
});

describe('what is too long', () => {
  test('headers of 20 kB are refused', async () => {
    const { status } = await callPort(port, { method: 'GET', path: '/', headers: { X: 'x'.repeat(20_000) } });
    expect(status).toBe(431);
  });

  test('an address of 20 kB is refused', async () => {
    expect((await callPort(port, { method: 'GET', path: `/${'x'.repeat(20_000)}` })).status).toBe(431);
  });

  test('a body that says nothing of its length is refused once it is too long', async () => {
    const chunk = ' '.repeat(60_000);
    const body = ReadableStream.from(Array.from({ length: 8 }, () => new TextEncoder().encode(chunk)));
    const headers = { 'Content-Type': 'application/json' };
    const init: RequestInit = { method: 'POST', headers, body, duplex: 'half' };
    const answer = await fetch(`${server.url}/api/messages`, init).catch(() => undefined);
    // The connection may be gone before the answer is read.
    if (answer !== undefined) expectRefusal({ status: answer.status, text: await answer.text() }, 413);
  });
});

describe('what every answer carries', () => {
  test.each([
    '/',
    '/embed',
    '/web/chat.js',
    '/health/live',
    '/nothing',
  ])('%s is not sniffed', async (path) => {
    const { headers } = await callPort(port, { method: 'GET', path });
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('a page runs no script of others, and stands in no frame', async () => {
    const { headers } = await callPort(port, { method: 'GET', path: '/' });
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });
});
