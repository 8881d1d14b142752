import { z } from 'zod';

/** Longest choice id, in bytes of ASCII; Telegram's callback_data of 64 bytes is the tightest channel. */
const choiceIdMaxBytes = 48;

const choiceSchema = z.object({
  id: z
    .string()
    .max(choiceIdMaxBytes)
    .regex(/^[\x21-\x7e]+$/),
  label: z.string().min(1),
});

const linkSchema = z.object({ title: z.string().min(1), url: z.url() });

const storageImageSchema = z.object({
  kind: z.literal('storage'),
  totalBytes: z.number().nonnegative(),
  usedBytes: z.number().nonnegative(),
  neededBytes: z.number().nonnegative(),
});

/** Says what the bot answers, without a word of how a channel shows it; the schema checks stored replies. */
export const replySchema = z.object({
  say: z.string().min(1),
  /** What goes before a step or a warning and is no part of it. */
  lead: z.string().min(1).optional(),
  /** Menu path as breadcrumbs for this person's phone; stands after `say`. */
  path: z.array(z.string().min(1)).min(1).optional(),
  /** The menu's other names, a sentence after the path. */
  also: z.string().min(1).optional(),
  /** The question that ends the message, where it is not in `say`. */
  ask: z.string().min(1).optional(),
  tone: z.enum(['plain', 'warning', 'done']).optional(),
  /** Which step of how many. */
  step: z.object({ number: z.number().int().positive(), of: z.number().int().positive() }).optional(),
  choices: z.array(choiceSchema).optional(),
  links: z.array(linkSchema).optional(),
  image: storageImageSchema.optional(),
});

/** One message of the bot as data. */
export type Reply = z.infer<typeof replySchema>;

/** A button: its id comes back when it is pressed, its label is what people see and type. */
export type Choice = z.infer<typeof choiceSchema>;
