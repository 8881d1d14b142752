import { once } from 'node:events';
import { createServer } from 'node:net';

/** Systems give the ports from 32,768 on to calls that go out, which may take a free one before it is listened on. */
const lowest = 20_000;
const highest = 32_000;

/** A port that nobody listens on, and that no call that goes out is given meanwhile. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
