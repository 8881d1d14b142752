import { setTimeout as wait } from 'node:timers/promises';

const betweenMs = 25;
const deadlineMs = 5000;

/**
 * Sends a request again until it is taken, as channels and pages do: after a broken connection, a 429 or a 503.
 * @throws for any other refusal.
 */
export async function persistently(send: (signal: AbortSignal) => Promise<Response>): Promise<unknown> {
  for (;;) {
    const answer = await attempt(send);
    if (answer !== undefined) return answer;
    await wait(betweenMs * (1 + Math.random()));
  }
}

async function attempt(send: (signal: AbortSignal) => Promise<Response>): Promise<unknown> {
  let status: number;
  try {
    const response = await send(AbortSignal.timeout(deadlineMs));
    const body: unknown = await response.json();
    if (response.ok) return body;
    status = response.status;
  } catch {
    return undefined;
  }
  if (status !== 429 && status !== 503) throw new Error(`the bot answered ${status}`);
  return undefined;
}
