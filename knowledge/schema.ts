import { z } from 'zod';

/** Ids are short, so that a choice id of topic, fix and step stays within 48 bytes. */
const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(26);

/** A sentence, or variants of it: the first whose `{slots}` are all known is said. */
const text = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const list = z.array(z.string().min(1)).default([]);

/** Which phones something is for; what is left out matches all. */
const forPhone = z
  .strictObject({
    platform: z.array(z.enum(['iphone', 'ipad', 'android'])).optional(),
    vendor: z.array(z.string()).optional(),
    service: z.array(z.string()).optional(),
    /** Range of the system's major version, such as ">=17" or "<13". */
    os: z
      .string()
      .regex(/^(>=|<)\d+$/)
      .optional(),
  })
  .default({});

/** Facts that must be known, question id to the answers that will do. */
const onlyIf = z.record(id, z.array(z.string()).min(1)).default({});

const covers = z.array(z.string()).max(4).default([]);
const sources = z.array(z.string()).default([]);
const links = z
  .array(z.strictObject({ title: z.string().min(1), url: z.url(), for: forPhone, covers }))
  .default([]);

const pathVariant = z.strictObject({
  for: forPhone,
  /** Menu path, its parts separated by " > ". */
  path: z.string().min(1),
  /** The other names of the menu, as a whole sentence. */
  also: z.string().min(1).optional(),
  verifiedOn: z.string().optional(),
  source: sources,
});

const causeSchema = z.strictObject({
  id,
  /** How common it is beside the other causes; only ratios count. */
  prior: z.number().positive(),
  for: forPhone,
  /** Services that it cannot have: a backup by cable needs no Wi-Fi. */
  notFor: z.array(z.string()).default([]),
  /** What is wrong, as a clause that reads on after "because" or "Most likely". */
  name: z.string().min(1),
  /** Facts that follow once the person quotes such a text, question id to answer id. */
  implies: z.record(id, z.string()).default({}),
  /** Exact vendor texts that mean this cause. */
  errors: list,
  covers,
  source: sources,
});

const answerSchema = z.strictObject({
  /** Values of phone fields keep the spelling of their entity (`google_photos`). */
  id: z
    .string()
    .regex(/^[a-z0-9]+([-_][a-z0-9]+)*$/)
    .max(20),
  label: z.string().min(1).max(20),
  /** Other words for this answer, lower case. */
  words: list,
  /** Wordings that give this answer in whatever topic they are said. */
  quotes: list,
  /** Reads on after "because": "the message names iCloud". */
  because: z.string().min(1).optional(),
  /** Said before all else when a message gives this answer unasked. */
  warns: z.string().min(1).optional(),
  /** Said before the next message once this answer is given. */
  heard: text.optional(),
  /** Other facts that follow from this answer, question id to answer id. */
  implies: z.record(id, z.string()).default({}),
  /** How many times likelier (over 1) or rarer (under 1) this answer is under a cause. */
  moves: z.record(id, z.number().positive()).default({}),
  /** How common the answer is beside the others of its question. */
  share: z.number().positive().default(1),
  /** False for an answer that is understood when typed, and has no button. */
  isShown: z.boolean().default(true),
  for: forPhone,
  covers,
});

const questionSchema = z.strictObject({
  id,
  ask: text,
  /** The same question in other words, with where to look. */
  rephrase: text.optional(),
  why: z.string().min(1),
  /** 1: known at once; 2: look at the screen; 3: open a menu; 5: measure something. */
  effort: z.number().min(0.5).max(6),
  for: forPhone,
  if: onlyIf,
  paths: z.array(pathVariant).default([]),
  /** Amounts that a typed answer stores, in the order asked for. */
  stores: z
    .array(
      z.enum([
        'cloudTotal',
        'cloudUsed',
        'cloudFree',
        'nextBackup',
        'phoneTotal',
        'phoneFree',
        'backupSize',
        'uploadSpeed',
        'elapsedHours',
      ]),
    )
    .default([]),
  /** Topics, beside its own, in whose first message an unasked answer to this question counts. */
  alsoIn: z.array(z.string()).default([]),
  /** True for what is asked before all else while nothing is known of the phone. */
  isFirst: z.boolean().default(false),
  /** Not asked any more once one of these is known. */
  unless: z.array(id).default([]),
  /** Other facts that follow from "not sure". */
  whenUnsure: z.record(id, z.string()).default({}),
  answers: z.array(answerSchema).max(16).default([]),
  covers,
  source: sources,
});

const stepSchema = z.strictObject({
  id,
  say: text,
  for: forPhone,
  paths: z.array(pathVariant).default([]),
  /** What to do when the menu is not there. */
  lost: z.string().min(1).optional(),
  covers,
  source: sources,
  links,
});

/** How much a fix can cost the person, in rising order; the safety gate stands before the last two. */
const risks = ['none', 'reversible', 'costs', 'switchesOff', 'deletes'] as const;

const fixSchema = z.strictObject({
  id,
  /** What is done, as a noun phrase: "deleting old backups". */
  name: z.string().min(1),
  /** How often it works, cause id to 0..1. */
  mends: z.record(id, z.number().min(0).max(1)),
  for: forPhone,
  if: onlyIf,
  /** Answers after which it is of no use, by question: what is off need not be switched off. */
  unless: onlyIf,
  minutes: z.number().positive(),
  /** True when it cannot be done without a computer. */
  needsComputer: z.boolean().default(false),
  risk: z.enum(risks),
  /** Why a text that names deleting or switching off has a low risk all the same. */
  riskNote: z.string().min(1).optional(),
  /** For the gate: what is lost, and whether and until when it can be undone. */
  loses: z.string().min(1).optional(),
  undo: z.string().min(1).optional(),
  /** How to make a second copy first. */
  copyFirst: z.string().min(1).optional(),
  why: z.string().min(1),
  /** Words of a person who did it already: "restarted", "turned it off and on". */
  tried: list,
  /** Another way for a person who cannot do it. */
  instead: z.string().min(1).optional(),
  steps: z.array(stepSchema).min(1),
  /** Asked with the last step; the usual question when absent. */
  check: text.optional(),
  /** Questions worth asking before this fix, although its choice does not depend on them. */
  asks: z.array(id).default([]),
  /** Comes only after these fixes are used up. */
  after: z.array(id).default([]),
  /** What is known of other questions once it did not help: question id to answer id. */
  whenFailed: z.record(id, z.string()).default({}),
  covers,
  source: sources,
});

const lessonSchema = z.strictObject({
  id,
  title: z.string().min(1).max(20),
  say: text,
  for: forPhone,
  paths: z.array(pathVariant).default([]),
  covers,
  source: sources,
  links,
});

const tipSchema = z.strictObject({ id, say: text, for: forPhone, covers, source: sources });

/** One topic: what can be wrong, what to ask, what to do and what to teach. */
export const topicSchema = z.strictObject({
  id: z.string().regex(/^(fix|learn|common)\.[a-z]+$/),
  /** Plain name on a button. */
  label: z.string().min(1).max(20),
  /** The topic as a noun phrase: "the iCloud storage". */
  name: z.string().min(1),
  /** The first sentence, which shows that the person was heard. */
  opening: text,
  /** Facts that follow from the complaint itself, question id to answer id. */
  implies: z.record(id, z.string()).default({}),
  causes: z.array(causeSchema).default([]),
  questions: z.array(questionSchema).default([]),
  fixes: z.array(fixSchema).default([]),
  lessons: z.array(lessonSchema).default([]),
  tips: z.array(tipSchema).default([]),
  links,
});

/** The schema of a topic file as JSON Schema, for editors. */
export function topicJsonSchema(): object {
  return z.toJSONSchema(topicSchema, { io: 'input' });
}

export type Topic = z.infer<typeof topicSchema>;
export type Cause = z.infer<typeof causeSchema>;
export type Question = z.infer<typeof questionSchema>;
export type QuestionAnswer = z.infer<typeof answerSchema>;
export type Fix = z.infer<typeof fixSchema>;
export type Step = z.infer<typeof stepSchema>;
export type Lesson = z.infer<typeof lessonSchema>;
export type Tip = z.infer<typeof tipSchema>;
export type PathVariant = z.infer<typeof pathVariant>;
export type ForPhone = z.infer<typeof forPhone>;
export type Text = z.infer<typeof text>;
export type AmountName = Question['stores'][number];
