import type { Activity } from 'botbuilder';
import { z } from 'zod';

const mentionSchema = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string(), name: z.string().optional() }),
});

/** What a message says without the mentions of the bot itself; a mention of somebody else becomes their name. */
export function textWithoutMentions(activity: Partial<Activity>): string {
  const given: unknown = activity.text;
  if (typeof given !== 'string') return '';
  const entities: unknown[] = Array.isArray(activity.entities) ? activity.entities : [];
  const text = entities.reduce<string>((rest, entity) => {
    const parsed = mentionSchema.safeParse(entity);
    if (!parsed.success) return rest;
    const { mentioned, text: mark } = parsed.data;
    return rest.replaceAll(mark, mentioned.id === activity.recipient?.id ? ' ' : (mentioned.name ?? ''));
  }, given);
  if (text === given && !given.includes('&nbsp;')) return given;
  return text
    .replaceAll('&nbsp;', ' ')
    .replace(/[ \u00a0]{2,}/g, ' ')
    .trim();
}
