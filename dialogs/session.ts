import { z } from 'zod';
import { evidenceSchema } from '../knowledge/evidence.js';

/** Where the conversation stands: what is open, by stable ids, so that content can change in between. */
export const cursorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('question'), question: z.string() }),
  z.object({ kind: z.literal('gate'), fix: z.string(), part: z.enum(['warning', 'copy']) }),
  z.object({ kind: z.literal('step'), fix: z.string(), step: z.string() }),
  z.object({ kind: z.literal('check'), fix: z.string() }),
  z.object({ kind: z.literal('lesson'), lesson: z.string() }),
  z.object({
    kind: z.literal('offer'),
    offer: z.enum(['next', 'resume', 'problem', 'human']),
    topic: z.string(),
  }),
  z.object({ kind: z.literal('guess'), labels: z.array(z.string()) }),
  z.object({ kind: z.literal('confirm'), what: z.enum(['dataDelete', 'dataExport']) }),
]);

export type Cursor = z.infer<typeof cursorSchema>;

/** One place the person came from, and what going back to it undoes. */
const stopSchema = z.object({
  cursor: cursorSchema,
  /** Facts and ledger entries as they were; null for what was not there. */
  facts: z.record(z.string(), z.unknown()),
  ledger: z.record(z.string(), z.unknown()),
});

/** What a conversation remembers between turns; an older or broken shape is read as far as it goes. */
export const sessionSchema = z.object({
  /** Topic id of the problem or lesson in hand; absent between problems. */
  topic: z.string().optional().catch(undefined),
  cursor: cursorSchema.optional().catch(undefined),
  trail: z
    .array(stopSchema)
    .catch(() => [])
    .default(() => []),
  /** Topics that the person named and that wait for their turn. */
  queue: z
    .array(z.string())
    .catch(() => [])
    .default(() => []),
  /** The message, redacted, that told of a second problem, by the topic that waits in the queue. */
  told: z
    .record(z.string(), z.string())
    .catch(() => ({}))
    .default(() => ({})),
  /** What was told about a problem that waits for its turn, by topic. */
  aside: z
    .record(z.string(), evidenceSchema)
    .catch(() => ({}))
    .default(() => ({})),
  /** The problem that ended last with a working backup, and the fix that did it, until another begins. */
  solved: z.object({ topic: z.string(), fix: z.string().optional() }).optional().catch(undefined),
  /** Questions asked about this problem, whether or not they were answered. */
  asked: z
    .array(z.string())
    .catch(() => [])
    .default(() => []),
  /** Fixes the person would rather not do now. */
  skipped: z
    .array(z.string())
    .catch(() => [])
    .default(() => []),
  /** True once the person said that they will not pay; fixes that cost money are left out then. */
  refusesCost: z.boolean().catch(false).default(false),
  /** True for a person without a computer. */
  lacksComputer: z.boolean().catch(false).default(false),
  askedInARow: z.number().catch(0).default(0),
  /** Fix whose gate was passed, so that its steps may be shown. */
  gatePassed: z.string().optional().catch(undefined),
  /** Lessons already shown in this conversation. */
  taught: z
    .array(z.string())
    .catch(() => [])
    .default(() => []),
  /** Messages in a row that were not understood. */
  unclear: z.number().catch(0).default(0),
  /** Places where a menu was missing, `fix:step`, so that the next help differs. */
  lost: z
    .array(z.string())
    .catch(() => [])
    .default(() => []),
  /** Causes the person was told of. */
  named: z
    .array(z.string())
    .catch(() => [])
    .default(() => []),
  /** The message, redacted, that "did you mean" was asked about. */
  guessedAt: z.string().optional().catch(undefined),
  hasGreeted: z.boolean().catch(false).default(false),
  deviceId: z.string().optional().catch(undefined),
  lastTurnAt: z.number().catch(0).default(0),
});

export type Session = z.infer<typeof sessionSchema>;
export type Stop = z.infer<typeof stopSchema>;
