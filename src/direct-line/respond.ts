import type { ServerResponse } from 'node:http';
import { asHttpError } from './http-error.js';

/** Sends `body` as JSON that no cache keeps. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

/** Sends the status of `error` and {error: {code, message}}; the text of an unexpected error stays inside. */
export function sendError(response: ServerResponse, error: unknown): void {
  // An answer that broke off half way cannot become another: the caller sees the connection end.
  if (response.headersSent) response.destroy();
  const { status, code, message, headers } = asHttpError(error);
  sendJson(response, status, { error: { code, message } }, headers);
}
