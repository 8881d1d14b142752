import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.js';
import { createPage } from '../../src/web/page.js';
import { type EchoServer, startEcho } from '../direct-line/echo-server.js';

let echo: EchoServer;
beforeAll(async () => {
  echo = await startEcho({ alsoMount: (server) => createPage({ root: projectRoot() }).mount(server) });
});
afterAll(() => echo.stop());

/** The answer as it came over the wire, still compressed. */
function fetchRaw(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
    const sent = request(`${echo.url}${path}`, { method, headers });
    sent.on('error', reject).end();
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes: Buffer.concat(chunks),
        }),
      );
    });
  });
}

test('the page has its words, and a rule for everything it may load', async () => {
  const { status, headers, bytes } = await fetchRaw('/');
  expect(status).toBe(200);
  const html = bytes.toString();
  expect(html).toContain('<title>Backup Medic</title>');
  expect(html).not.toMatch(/\[\[|\]\]/);
  expect(headers['content-security-policy']).toMatch(
    /default-src 'none'; script-src 'self'; style-src 'self'/,
  );
  expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${echo.port};`);
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
});

test('each page has a nonce of its own', async () => {
  const [first, second] = await Promise.all([fetchRaw('/'), fetchRaw('/')]);
  expect(first.headers['content-security-policy']).not.toBe(second.headers['content-security-policy']);
});

test('Web Chat is compressed and kept for a year under its version', async () => {
  const html = (await fetchRaw('/')).bytes.toString();
  const path = /\/web\/webchat\.js\?v=[\w-]+/.exec(html)?.[0] ?? '';
  const plain = await fetchRaw(path);
  const brotli = await fetchRaw(path, { 'Accept-Encoding': 'gzip, deflate, br' });
  const gzip = await fetchRaw(path, { 'Accept-Encoding': 'gzip, br;q=0' });
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(brotli.bytes).equals(plain.bytes)).toBe(true);
  expect(gunzipSync(gzip.bytes).equals(plain.bytes)).toBe(true);
  expect(brotli.bytes.length).toBeLessThan(1_000_000);
  expect(brotli.headers['cache-control']).toContain('immutable');
});

test('a file that the browser has is not sent again', async () => {
  const first = await fetchRaw('/web/chat.js');
  expect(first.headers['cache-control']).toBe('no-cache');
  const again = await fetchRaw('/web/chat.js', { 'If-None-Match': first.headers.etag ?? '' });
  expect(again.status).toBe(304);
  expect(again.bytes.length).toBe(0);
});

test('HEAD has the headers alone', async () => {
  for (const path of ['/', '/web/page.css']) {
    const { status, headers, bytes } = await fetchRaw(path, {}, 'HEAD');
    expect([status, bytes.length]).toEqual([200, 0]);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  }
});

test.each(['/', '/web/webchat.js'])('%s answers no foreign host', async (path) => {
  const { status, bytes } = await fetchRaw(path, { Host: 'evil.example' });
  expect(status).toBe(403);
  expect(JSON.parse(bytes.toString())).toHaveProperty('error.code', 'ForbiddenHost');
});

test('nothing else of the project is served', async () => {
  for (const path of ['/web/nothing.js', '/web/../package.json', '/web/%2e%2e/package.json', '/package.json'])
    expect((await fetchRaw(path)).status).toBe(404);
});
