import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { HandoffSummary, Outgoing as Said } from '../dialogs/frame.js';
import { replySchema } from '../knowledge/reply.js';
import type { Words } from '../knowledge/words.js';
import { limitsOf } from './channels/limits.js';
import { renderReply } from './channels/render.js';
import type { MessageRow } from './storage/tables.js';

const outgoingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), reply: replySchema }),
  z.object({ kind: z.literal('handoff'), summary: z.custom<HandoffSummary>() }),
  z.object({ kind: z.literal('close'), outboxId: z.string(), choiceId: z.string().optional() }),
]);

/** What leaves: what the dialogs say, or the closing of a card that an earlier row showed. */
export type Outgoing = z.infer<typeof outgoingSchema>;

/** What a stored outbox row or answer says. @throws ZodError when it is none of ours. */
export function parseOutgoing(json: unknown): Outgoing {
  return outgoingSchema.parse(json);
}

/** The activities that carry this to a channel, in order; the transcript goes along with a hand-off. */
export function toActivities(
  outgoing: Said,
  where: { channelId: string | undefined; words: Words },
  transcript: readonly MessageRow[],
): Partial<Activity>[] {
  if (outgoing.kind === 'reply') {
    return renderReply(outgoing.reply, limitsOf(where.channelId), where.words);
  }
  return [
    {
      type: 'event',
      name: 'handoff.initiate',
      value: outgoing.summary,
      attachments: [
        { contentType: 'application/json', name: 'Transcript', content: transcriptOf(transcript) },
      ],
    },
  ];
}

function transcriptOf(messages: readonly MessageRow[]): { activities: Partial<Activity>[] } {
  return {
    activities: messages.map(({ side, text, at }) => ({
      type: 'message',
      from: { id: side, name: '', role: side === 'person' ? 'user' : 'bot' },
      text,
      timestamp: new Date(Number(at)),
    })),
  };
}

/** The words of a reply as the transcript keeps them. */
export function wordsOf(outgoing: Said): string | undefined {
  if (outgoing.kind !== 'reply') return undefined;
  const { say, path, also, ask } = outgoing.reply;
  return [say, path?.join(' > '), also, ask].filter((part) => part !== undefined).join('\n');
}
