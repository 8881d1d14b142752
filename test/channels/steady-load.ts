import { randomUUID } from 'node:crypto';

/** Between two messages of the load. */
const everyMs = 50;

/** Conversations that the messages are spread over. */
const conversations = 20;

/**
 * Writes to the bot at `url` at a steady pace, in conversations whose replies go to the services in turn. What
 * comes back stops it and waits for the answers.
 */
export function startLoad(url: string, services: readonly string[]): () => Promise<void> {
  const run = randomUUID();
  const under = new Set<Promise<void>>();
  let at = 0;
  const write = (): void => {
    const conversation = `${run} ${at % conversations}`;
    const activity = {
      type: 'message',
      id: randomUUID(),
      text: 'not enough storage',
      channelId: 'emulator',
      serviceUrl: services[at % services.length],
      conversation: { id: conversation },
      from: { id: conversation },
      recipient: { id: 'bot' },
    };
    at += 1;
    const headers = { 'Content-Type': 'application/json' };
    const call = fetch(`${url}/api/messages`, { method: 'POST', headers, body: JSON.stringify(activity) })
      .then((response) => response.arrayBuffer())
      .then(() => undefined)
      .finally(() => under.delete(call));
    under.add(call);
  };
  const timer = setInterval(write, everyMs);
  return async () => {
    clearInterval(timer);
    await Promise.all(under);
  };
}
