import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Input } from './inputs.js';
import type { Outcome } from './judge.js';

/** Longest wait for an answer. */
const timeoutMs = 20_000;

/** Sends `input` to `port` of this machine, whatever it looks like, and waits for what comes back. */
export function throwAt(port: number, input: Input): Promise<Outcome> {
  return input.kind === 'bytes' ? throwBytes(port, input.body) : throwRequest(port, input);
}

function throwRequest(port: number, input: Input): Promise<Outcome> {
  const { method, path, headers, body } = input;
  return new Promise((resolve) => {
    const nothing = () => resolve({ status: undefined, headers: {}, text: '' });
    const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const own = { Host: `127.0.0.1:${port}`, ...length, ...headers };
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers: own, timeout: timeoutMs });
    request.on('response', (response) => readAll(response).then(resolve, nothing));
    request.on('upgrade', (response: IncomingMessage, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode, headers: response.headers, text: '' });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', nothing);
    request.end(body);
  });
}

async function readAll(response: IncomingMessage): Promise<Outcome> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const { statusCode: status, headers } = response;
  return { status, headers, text: Buffer.concat(chunks).toString('utf8') };
}

function throwBytes(port: number, body: string): Promise<Outcome> {
  return new Promise((resolve) => {
    let text = '';
    const end = () => resolve({ status: undefined, headers: {}, text });
    const socket = connect(port, '127.0.0.1', () => socket.end(Buffer.from(body, 'latin1')));
    socket.setTimeout(timeoutMs, () => socket.destroy());
    socket.on('data', (bytes) => (text += bytes.toString('latin1')));
    socket.on('close', end).on('error', end);
  });
}
