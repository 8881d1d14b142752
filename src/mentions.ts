import type { Activity } from 'botbuilder';
import { z } from 'zod';

const mentionSchema = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string(), name: z.string().optional() }),
});

/** Where Teams marks in the text of a message that a card or a quoted message stands beside it. */
const places =
  /<span class="inline-compose-card"[^>]*>\s*(?:<span[^>]*><\/span>\s*)?<\/span>|<attachment id="[^"]*">\s*<\/attachment>/g;

/**
 * What a message says without the mentions of the bot itself; a mention of somebody else becomes their name.
 * The places of cards that were sent with it are left out.
 */
export function textWithoutMentions(activity: Partial<Activity>): string {
  const said: unknown = activity.text;
  if (typeof said !== 'string') return '';
  const hasCards = Array.isArray(activity.attachments) && activity.attachments.length > 0;
  const given = hasCards ? said.replace(places, ' ') : said;
  const entities: unknown[] = Array.isArray(activity.entities) ? activity.entities : [];
  const text = entities.reduce<string>((rest, entity) => {
    const parsed = mentionSchema.safeParse(entity);
    if (!parsed.success) return rest;
    const { mentioned, text: mark } = parsed.data;
    return rest.replaceAll(mark, mentioned.id === activity.recipient?.id ? ' ' : (mentioned.name ?? ''));
  }, given);
  if (text === said && !said.includes('&nbsp;')) return said;
  return text
    .replaceAll('&nbsp;', ' ')
    .replace(/[ \u00a0]{2,}/g, ' ')
    .trim();
}
