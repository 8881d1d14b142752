import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { parsePick } from '../dialogs/choices.js';

/** A button that was pressed: a choice by its id, or words that stand for typing them. */
export interface Press {
  choiceId?: string;
  /** The label that was pressed, or the words; undefined where only the id came back. */
  text?: string;
}

const words = z.string().min(1).max(200);
const choiceId = z.string().max(48);

/** Data of our own buttons: on cards, and as the value of messageBack. */
const dataSchema = z.object({
  choiceId: choiceId.optional(),
  label: words.optional(),
  say: words.optional(),
});

/** Where channels of Azure Bot Service put the id of a pressed button beside the text. */
const nativeSchema = z.union([
  z
    .object({ Payload: z.object({ actions: z.array(z.object({ value: z.string() })).min(1) }) })
    .transform(({ Payload }) => Payload.actions[0]?.value),
  z.object({ callback_query: z.object({ data: z.string() }) }).transform((data) => data.callback_query.data),
  z.object({ postback: z.object({ payload: z.string() }) }).transform((data) => data.postback.payload),
  z
    .object({ message: z.object({ quick_reply: z.object({ payload: z.string() }) }) })
    .transform((data) => data.message.quick_reply.payload),
]);

/** The button behind a message, however the channel tells of it; undefined when the message was written. */
export function pressOf(activity: Partial<Activity>): Press | undefined {
  const data = dataOf(activity.value);
  if (data !== undefined) return data;
  const candidates = [nativeIdOf(activity.channelData), activity.value, activity.text];
  const id = candidates.find((one) => typeof one === 'string' && isChoiceId(one.trim()));
  return typeof id === 'string' ? { choiceId: id.trim() } : undefined;
}

function nativeIdOf(channelData: unknown): string | undefined {
  if (channelData === undefined) return undefined;
  const native = nativeSchema.safeParse(channelData);
  return native.success ? native.data : undefined;
}

/** Reads the data of one of our buttons; some channels send it as a string. */
export function dataOf(value: unknown): Press | undefined {
  if (value === undefined) return undefined;
  const parsed = dataSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
  if (!parsed.success) return undefined;
  const { choiceId: id, label, say } = parsed.data;
  const text = label ?? say;
  if (id === undefined && say === undefined) return undefined;
  return { ...(id === undefined ? {} : { choiceId: id }), ...(text === undefined ? {} : { text }) };
}

/** True for what only a button can have sent: an id of the form that our choices have. */
function isChoiceId(text: string): boolean {
  return /^[a-z]:[!-~]{1,46}$/.test(text) && parsePick(text) !== undefined;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
