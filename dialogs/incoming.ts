import { z } from 'zod';

/** A file that came with a message: kept by reference only. */
export interface AttachmentReference {
  name: string;
  contentType: string;
}

const outcomeSchema = z.enum(['worked', 'failed', 'partly', 'cannot', 'notThere']);

/** What a page or an agent knows before the person writes; values from a page are untrusted. */
export const openingContextSchema = z
  .object({
    platform: z.enum(['iphone', 'ipad', 'android']).optional(),
    vendor: z.string().max(40).optional(),
    service: z.string().max(40).optional(),
    errorText: z.string().max(500).optional(),
    fixesTried: z
      .array(
        z.object({
          fix: z.string().max(40),
          outcome: outcomeSchema,
          by: z.enum(['agent', 'person']).default('person'),
        }),
      )
      .max(50)
      .optional(),
    locale: z.string().max(20).optional(),
    note: z.string().max(1000).optional(),
    source: z.enum(['page', 'agent']).default('page'),
  })
  .strip();

export type OpeningContext = z.infer<typeof openingContextSchema>;

/** Everything that can enter a turn, whatever the channel. */
export type Incoming =
  | { kind: 'message'; text: string; choiceId?: string; attachments: AttachmentReference[] }
  | { kind: 'event'; event: 'joined'; isGroup: boolean }
  | { kind: 'event'; event: 'openingContext'; context: OpeningContext }
  | { kind: 'event'; event: 'handoffStatus'; state: 'accepted' | 'failed' | 'completed' }
  | { kind: 'event'; event: 'unknown' };
