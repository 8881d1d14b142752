import { z } from 'zod';
import { call, postJson } from '../direct-line/page-client.js';
import { persistently } from './persistent.js';
import { repeatEvery, talk } from './talk.js';

const grantSchema = z.object({ conversationId: z.string(), token: z.string() });

const frameSchema = z.object({
  activities: z.array(
    z.looseObject({
      type: z.string(),
      id: z.string(),
      text: z.string().optional(),
      from: z.object({ role: z.string().optional() }),
    }),
  ),
  watermark: z.string(),
});

/** What a person at the web chat has seen. */
export interface Seen {
  /** The bot's own id of the conversation. */
  conversation: string;
  /** Texts of the bot, in order. */
  replies: string[];
  /** Ids that came twice. */
  doubled: string[];
}

/** A page: it knows its place on the stream, and every activity by its id. */
export class WebPerson {
  readonly #server: () => string;
  readonly #ids = new Set<string>();
  readonly #seen: Seen = { conversation: '', replies: [], doubled: [] };
  #grant = { conversationId: '', token: '' };
  #watermark = '';

  /** `server` names the address of each request anew, as a load balancer does. */
  constructor(server: () => string) {
    this.#server = server;
  }

  /** Opens a conversation. */
  async begin(): Promise<void> {
    this.#grant = grantSchema.parse(
      await persistently((signal) => call(this.#server(), '/tokens/generate', { method: 'POST', signal })),
    );
    this.#seen.conversation = `webchat|${this.#grant.conversationId}`;
    await persistently(() => postJson(this.#server(), '/conversations', {}, this.#grant.token));
  }

  /** Says `text`, again until it is taken; `id` is the page's own, the same each time. */
  async say(id: string, text: string): Promise<void> {
    const { conversationId, token } = this.#grant;
    const body = { type: 'message', text, channelData: { clientActivityID: id } };
    await persistently(() =>
      postJson(this.#server(), `/conversations/${conversationId}/activities`, body, token),
    );
  }

  /** Reads what is new. */
  async read(): Promise<Seen> {
    const { conversationId, token } = this.#grant;
    const path = `/conversations/${conversationId}/activities?watermark=${this.#watermark}`;
    const frame = frameSchema.parse(
      await persistently((signal) => call(this.#server(), path, { token, signal })),
    );
    this.#watermark = frame.watermark;
    for (const { id, text, from } of frame.activities) {
      if (this.#ids.has(id)) this.#seen.doubled.push(id);
      this.#ids.add(id);
      if (from.role === 'bot') this.#seen.replies.push(text ?? '');
    }
    return this.#seen;
  }

  /** The whole talk, one message after the other. */
  async talk(): Promise<void> {
    await this.begin();
    for (const [at, text] of talk.entries()) {
      await this.say(`${at}`, text);
      if (at % repeatEvery === 0) await this.say(`${at}`, text);
      await this.read();
    }
  }
}
