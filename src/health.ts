import type { ServerResponse } from 'node:http';
import type restify from 'restify';
import { HttpError } from './direct-line/http-error.js';
import { sendError, sendJson } from './direct-line/respond.js';
import type { Metrics } from './metrics.js';

/** Longest time that a check may take before the process counts as not ready. */
const checkMs = 2000;

interface HealthParts {
  /** True once the process takes no more work. */
  isDraining(): boolean;
  /** Asks storage and model for something small. @throws when one of them does not answer. */
  check(): Promise<void>;
  metrics: Metrics;
}

/** Serves /health/live (the process runs), /health/ready (it can take turns) and /metrics. */
export function mountHealth(server: restify.Server, parts: HealthParts): void {
  server.get('/health/live', async (_request: restify.Request, response: restify.Response) => {
    sendJson(response, 200, { status: 'live' });
  });
  server.get('/health/ready', async (_request: restify.Request, response: restify.Response) =>
    answering(response, async () => {
      if (parts.isDraining()) throw new Error('draining');
      await within(checkMs, parts.check());
      sendJson(response, 200, { status: 'ready' });
    }),
  );
  server.get('/metrics', async (_request: restify.Request, response: restify.Response) =>
    answering(response, async () => {
      const { type, text } = await within(checkMs, parts.metrics.read());
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(text);
    }),
  );
}

async function answering(response: ServerResponse, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {
    sendError(response, new HttpError(503, 'NotReady', 'Not ready.', { 'Retry-After': '5' }));
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
