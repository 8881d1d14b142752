import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder';

/** One call of the bot to the channel. */
export interface Call {
  method: string;
  path: string;
  activity: Partial<Activity>;
}

/** A stand-in for the channel's own service: it keeps what the bot sends, and refuses when it is told to. */
export interface Connector {
  url: string;
  calls: Call[];
  /** Answers to give first, before everything is taken; undefined lets one call pass. */
  refusals: ({ status: number; code?: string; retryAfter?: string } | undefined)[];
  /** Messages that stand in the chat now, oldest first. */
  shown(): Partial<Activity>[];
  close(): Promise<void>;
}

/** Starts the stand-in on a free loopback port. */
export async function startConnector(): Promise<Connector> {
  const calls: Call[] = [];
  const refusals: Connector['refusals'] = [];
  const messages = new Map<string, Partial<Activity>>();
  let count = 0;
  const server = createServer(async (request, response) => {
    const activity = JSON.parse(await bodyOf(request));
    const { method = '', url = '' } = request;
    calls.push({ method, path: url, activity });
    const refusal = refusals.shift();
    response.setHeader('content-type', 'application/json');
    if (refusal !== undefined) {
      if (refusal.retryAfter !== undefined) response.setHeader('retry-after', refusal.retryAfter);
      response.statusCode = refusal.status;
      response.end(JSON.stringify({ error: { code: refusal.code ?? 'Refused', message: 'refused' } }));
      return;
    }
    count += method === 'POST' ? 1 : 0;
    const id = method === 'PUT' ? decodeURIComponent(url.split('/').at(-1) ?? '') : `sent-${count}`;
    if (activity.type === 'message') messages.set(id, { ...activity, id });
    response.end(JSON.stringify({ id }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    refusals,
    shown: () => [...messages.values()],
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
