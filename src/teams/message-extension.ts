import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { createFindFixes } from './find-fixes.js';
import { fixCard, titleOf } from './fix-card.js';

/** Results that Teams shows before it asks for more, and the longest line below a title. */
const maxResults = 10;
const maxLineChars = 120;

/** Longest search text that is read. */
const maxQueryChars = 200;

/** Name of the search text in a query, as the manifest has it; `initialRun` comes before anything is typed. */
export const searchParameter = 'searchText';

const querySchema = z.object({
  parameters: z.array(z.object({ name: z.string(), value: z.coerce.string() })).default([]),
});

/** Answers a search from the message box of Teams; undefined for any other activity. */
export type AnswerQuery = (activity: Partial<Activity>) => Record<string, unknown> | undefined;

/** The search over the guide's fixes; a result is the fix as a card that reads without the bot. */
export function createMessageExtension(knowledge: Knowledge): AnswerQuery {
  const findFixes = createFindFixes(knowledge);
  return (activity) => {
    if (activity.type !== 'invoke' || activity.name !== 'composeExtension/query') return undefined;
    const parsed = querySchema.safeParse(activity.value);
    const parameters = parsed.success ? parsed.data.parameters : [];
    const text = parameters.find(({ name }) => name === searchParameter)?.value.slice(0, maxQueryChars) ?? '';
    const isEmpty = text.trim() === '';
    const fixes = isEmpty ? [...knowledge.fixes.values()].slice(0, maxResults) : findFixes(text, maxResults);
    if (fixes.length === 0) {
      return { composeExtension: { type: 'message', text: knowledge.words.say('teams.noFix') } };
    }
    const attachments = fixes.map((fix) => ({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: fixCard(fix, knowledge),
      preview: {
        contentType: 'application/vnd.microsoft.card.thumbnail',
        content: { title: titleOf(fix), text: fix.why.slice(0, maxLineChars) },
      },
    }));
    return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
  };
}
