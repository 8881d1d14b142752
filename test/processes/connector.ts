import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const postSchema = z.looseObject({
  id: z.string(),
  text: z.string().optional(),
  conversation: z.object({ id: z.string() }),
});

/** A reply that a channel took. */
export interface Taken {
  id: string;
  text: string;
  /** When it came, by `performance.now()`. */
  at: number;
}

/** The service of a channel that gives replies ids of its own, and so cannot tell a repeat. */
export interface Connector {
  url: string;
  /** What came for a conversation, in order. */
  taken(conversation: string): Taken[];
  stop(): Promise<void>;
}

/** Starts a channel's service on loopback. */
export async function startConnector(): Promise<Connector> {
  const all = new Map<string, Taken[]>();
  let count = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const { id, text = '', conversation } = postSchema.parse(JSON.parse(body));
      const of = all.get(conversation.id) ?? [];
      all.set(conversation.id, [...of, { id, text, at: performance.now() }]);
      count += 1;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ id: `theirs-${count}` }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken: (conversation) => all.get(conversation) ?? [],
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
