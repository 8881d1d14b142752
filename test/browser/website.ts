import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A website on an origin of its own. */
export interface Website {
  url: string;
  stop(): void;
}

/**
 * Starts a website whose pages show the chat of `chat()`, with the policy that the documentation gives.
 * "/plain" tells the chat nothing, "/left" puts a golden button to the left.
 */
export async function startWebsite(chat: () => string): Promise<Website> {
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    const known = url === '/plain' ? '' : 'data-platform="android" data-error-text="Backup failed"';
    const attributes = url === '/left' ? `${known} data-position="left" data-colour="gold"` : known;
    response.setHeader('content-type', 'text/html');
    response.setHeader(
      'content-security-policy',
      `default-src 'self'; script-src ${chat()}; frame-src ${chat()}`,
    );
    response.end(`<!doctype html><html lang="en"><head><title>A shop</title>
      <meta name="viewport" content="width=device-width"></head><body><main><h1>A shop</h1><a href="/next">Next</a></main>
      <script src="${chat()}/embed.js" ${attributes}></script>
      </body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
