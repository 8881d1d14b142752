import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Outgoing } from '../dialogs/frame.js';
import { replySchema } from '../knowledge/reply.js';
import { limitsOf } from './channels/limits.js';
import { renderReply } from './channels/render.js';
import type { MessageRow } from './storage/tables.js';

const outgoingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), reply: replySchema }),
  z.object({ kind: z.literal('handoff'), summary: z.custom<Record<string, unknown>>() }),
]);

/** What a stored outbox row or answer says. @throws ZodError when it is none of ours. */
export function parseOutgoing(json: unknown): z.infer<typeof outgoingSchema> {
  return outgoingSchema.parse(json);
}

/** The activity that carries this to a channel; the transcript goes along with a hand-off. */
export function toActivity(
  outgoing: z.infer<typeof outgoingSchema> | Outgoing,
  channelId: string | undefined,
  transcript: readonly MessageRow[],
): Partial<Activity> {
  if (outgoing.kind === 'reply') return renderReply(outgoing.reply, limitsOf(channelId));
  return {
    type: 'event',
    name: 'handoff.initiate',
    value: outgoing.summary,
    attachments: [
      {
        contentType: 'application/json',
        name: 'Transcript',
        content: {
          activities: transcript.map((message) => ({
            type: 'message',
            from: { role: message.side === 'person' ? 'user' : 'bot' },
            text: message.text,
            timestamp: new Date(Number(message.at)).toISOString(),
          })),
        },
      },
    ],
  };
}

/** The words of a reply as the transcript keeps them. */
export function wordsOf(outgoing: Outgoing): string | undefined {
  if (outgoing.kind !== 'reply') return undefined;
  const { say, path, also, ask } = outgoing.reply;
  return [say, path?.join(' > '), also, ask].filter((part) => part !== undefined).join('\n');
}
