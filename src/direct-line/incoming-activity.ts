import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { HttpError } from './http-error.js';

/** Most attachments of one message that are looked at. */
export const maxAttachments = 10;

const short = z.string().max(200);

const attachmentSchema = z.object({
  contentType: short.catch('application/octet-stream'),
  name: short.optional().catch(undefined),
});

/** What a page may send; every other property is dropped, and who it is from is known from the token. */
const activitySchema = z.object({
  type: z.enum(['message', 'event', 'typing']),
  text: z.string().optional(),
  textFormat: z.enum(['plain', 'markdown', 'xml']).optional().catch(undefined),
  name: short.optional(),
  value: z.unknown().optional(),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/)
    .optional()
    .catch(undefined),
  localTimezone: z
    .string()
    .regex(/^[\w+/-]{1,64}$/)
    .optional()
    .catch(undefined),
  channelData: z
    .looseObject({ clientActivityID: z.string().min(1).max(200).optional().catch(undefined) })
    .nullish()
    .transform((data) => data ?? {}),
  attachments: z.array(attachmentSchema).max(maxAttachments).nullish(),
});

/** An activity as a page sent it, of known shape. */
export type SentActivity = z.infer<typeof activitySchema>;

/** Who sends it, where, and when (milliseconds). */
export interface Sender {
  user: string;
  conversation: string;
  now: number;
}

/** The checked activity in `body`. @throws HttpError 400 naming the first property that is wrong. */
export function parseActivity(body: unknown): SentActivity {
  const result = activitySchema.safeParse(body);
  if (result.success) return result.data;
  const where = result.error.issues[0]?.path.map(String).join('.').slice(0, 80) ?? '';
  throw new HttpError(400, 'BadArgument', `This is no activity that a page may send: ${where || 'body'}.`);
}

/** The activity as everybody sees it on the stream: the id, the time and the sender are the server's. */
export function toStreamActivity(sent: SentActivity, id: string, sender: Sender): Partial<Activity> {
  const { attachments, name, ...rest } = sent;
  return {
    ...rest,
    ...(name === undefined ? {} : { name }),
    ...(attachments == null ? {} : { attachments: attachments.map((each) => ({ ...each })) }),
    id,
    timestamp: new Date(sender.now),
    channelId: 'webchat',
    from: { id: sender.user, name: '', role: 'user' },
    conversation: conversationOf(sender.conversation),
  };
}

/** A bare conversation account of the web chat. */
export function conversationOf(id: string): Activity['conversation'] {
  return { id, isGroup: false, name: '', conversationType: 'personal' };
}
