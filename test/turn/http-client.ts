import { request as httpRequest } from 'node:http';
import { expect } from 'vitest';
import { internalText } from './internal-text.js';

/** One request; POST of JSON to the bot's endpoint unless it says otherwise. */
export interface Call {
  host?: string;
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What came back. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A request with any header: fetch cannot set Host. */
export function callPort(port: number, call: Call): Promise<Answer> {
  const { host = '127.0.0.1', method = 'POST', path = '/api/messages', headers = {}, body = '' } = call;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host,
        port,
        method,
        path,
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': String(Buffer.byteLength(body)),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Holds a refusal to its status and to one short sentence in JSON. */
export function expectRefusal({ status, text }: Pick<Answer, 'status' | 'text'>, expected: number): void {
  expect(status).toBe(expected);
  expect(JSON.parse(text)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  expect(text).not.toMatch(internalText);
  expect(text.length).toBeLessThan(300);
}
