import type { Activity } from 'botbuilder';
import { z } from 'zod';

/** A button wherever it stands: what is read on it, and what comes back. */
export interface Button {
  label: string;
  value: string;
}

const json = z.record(z.string(), z.unknown());
const actionSchema = z.object({
  type: z.string(),
  title: z.string(),
  mode: z.string().optional(),
  verb: z.string().optional(),
  data: json.optional(),
  fallback: json.optional(),
});
const cardSchema = z.object({
  type: z.literal('AdaptiveCard'),
  version: z.string(),
  speak: z.string(),
  fallbackText: z.string(),
  body: z.array(json),
  actions: z.array(actionSchema).optional(),
});
export type Card = z.infer<typeof cardSchema>;

const slackSchema = z.object({
  text: z.string(),
  attachments: z
    .array(z.object({ actions: z.array(z.object({ text: z.string(), value: z.string() })) }))
    .optional(),
});
const telegramSchema = z.object({
  method: z.literal('sendMessage'),
  parameters: z.object({
    text: z.string(),
    parse_mode: z.literal('HTML'),
    reply_markup: z
      .object({
        inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string() }))),
      })
      .optional(),
  }),
});

/** The Adaptive Card of an activity. */
export function cardOf(activity: Partial<Activity>): Card | undefined {
  const content = activity.attachments?.[0]?.content;
  return content === undefined ? undefined : cardSchema.parse(content);
}

/** The text that is sent, wherever the channel has it. */
export function textOf(activity: Partial<Activity>, channel: string): string | undefined {
  if (channel === 'slack') return slackSchema.parse(activity.channelData).text;
  if (channel === 'telegram') return telegramSchema.parse(activity.channelData).parameters.text;
  return activity.text;
}

/** Buttons for choices; entries of an overflow menu are none. */
export function buttonsOf(activity: Partial<Activity>, channel: string): Button[] {
  if (channel === 'slack') {
    const { attachments = [] } = slackSchema.parse(activity.channelData);
    return attachments.flatMap(({ actions }) => actions.map(({ text, value }) => ({ label: text, value })));
  }
  if (channel === 'telegram') {
    const rows = telegramSchema.parse(activity.channelData).parameters.reply_markup?.inline_keyboard ?? [];
    return rows.flat().map(({ text, callback_data }) => ({ label: text, value: callback_data }));
  }
  const suggested = (activity.suggestedActions?.actions ?? []).map(({ title, value }) => ({
    label: title,
    value: typeof value === 'string' ? value : String(value.choiceId),
  }));
  const onCard = (cardOf(activity)?.actions ?? [])
    .filter(({ mode }) => mode !== 'secondary')
    .map(({ title, data }) => ({ label: title, value: String(data?.choiceId) }));
  return [...suggested, ...onCard];
}

/** Every word of a card's body, without its actions. */
export function wordsOfBody(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOfBody).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, one]) => (key === 'text' && typeof one === 'string' ? one : wordsOfBody(one)))
    .join('\n');
}
