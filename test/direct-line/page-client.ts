import WebSocket from 'ws';
import { z } from 'zod';

const grantSchema = z.object({ conversationId: z.string(), token: z.string(), streamUrl: z.string() });

const frameSchema = z.object({
  activities: z.array(z.looseObject({ type: z.string(), id: z.string(), text: z.string().optional() })),
  watermark: z.string().optional(),
});

/** What a page holds of its conversation. */
export type Opened = z.infer<typeof grantSchema> & { cookie: string };

/** Sends one request below /v3/directline. */
export function call(
  server: string,
  path: string,
  init: RequestInit & { token?: string } = {},
): Promise<Response> {
  const { token, headers, ...rest } = init;
  const bearer: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return fetch(`${server}/v3/directline${path}`, { ...rest, headers: { ...bearer, ...headers } });
}

/** Sends JSON by POST. */
export function postJson(server: string, path: string, body: unknown, token?: string): Promise<Response> {
  return call(server, path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
    ...(token === undefined ? {} : { token }),
  });
}

/** Begins a conversation as the page does: a token, then the start. */
export async function begin(server: string): Promise<Opened> {
  const generated = await postJson(server, '/tokens/generate', {});
  const { token } = grantSchema.parse(await generated.json());
  const started = await postJson(server, '/conversations', { locale: 'en-GB' }, token);
  const cookie = (generated.headers.get('set-cookie') ?? '').split(';', 1).join('');
  return { ...grantSchema.parse(await started.json()), cookie };
}

/** The activities after `watermark`, by polling. */
export async function poll(server: string, { conversationId, token }: Opened, watermark = '') {
  const answer = await call(server, `/conversations/${conversationId}/activities?watermark=${watermark}`, {
    token,
  });
  return frameSchema.required().parse(await answer.json());
}

/** Polls until the conversation has `count` activities. */
export async function pollUntil(server: string, opened: Opened, count: number) {
  for (;;) {
    const frame = await poll(server, opened);
    if (frame.activities.length >= count) return frame;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A stream that is followed, with every frame it brought. */
export function follow(streamUrl: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(streamUrl, { headers });
  const frames: z.infer<typeof frameSchema>[] = [];
  socket.on('message', (data) => frames.push(frameSchema.parse(JSON.parse(data.toString()))));
  const outcome = new Promise<'open' | number>((resolve, reject) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
  const texts = () => frames.flatMap((frame) => frame.activities.map(({ text, type }) => text ?? type));
  const until = async (text: string) => {
    while (!texts().includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { socket, frames, outcome, texts, until };
}
