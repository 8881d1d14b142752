import { z } from 'zod';
import type { Outgoing } from '../dialogs/frame.js';
import type { Choice } from '../knowledge/reply.js';
import type { Words } from '../knowledge/words.js';
import { limitsOf } from './channels/limits.js';
import { hasButtonsToClose } from './channels/render-cards.js';

/** What the person has before them: cards that can still be pressed, and the choices shown last. */
export const shownSchema = z.object({
  /** Outbox rows of cards that are to be closed once the conversation has gone on. */
  cards: z.array(z.string()).default(() => []),
  choices: z.array(z.object({ id: z.string(), label: z.string() })).default(() => []),
});

export type Shown = z.infer<typeof shownSchema>;

/** The label of a choice that came back by its id alone; undefined when it is not the latest. */
export function labelOf(shown: Shown, choiceId: string): string | undefined {
  return shown.choices.find((choice) => choice.id === choiceId)?.label;
}

/**
 * What is shown after a turn that said `out` under these outbox ids, and the cards to close.
 * A word beside the matter closes nothing: what was open can still be answered.
 */
export function showNext(
  before: Shown,
  out: readonly { id: string; outgoing: Outgoing }[],
  where: { channelId: string; words: Words },
): { shown: Shown; closing: string[] } {
  const limits = limitsOf(where.channelId);
  const replies = out.flatMap(({ id, outgoing }) =>
    outgoing.kind === 'reply' ? [{ id, reply: outgoing.reply }] : [],
  );
  const choices: Choice[] = replies.flatMap(({ reply }) => reply.choices ?? []);
  const isOver = replies.some(({ reply }) => reply.tone === 'done') || out.length > replies.length;
  const cards = replies
    .filter(({ reply }) => hasButtonsToClose(reply, limits, where.words))
    .map(({ id }) => id);
  if (choices.length === 0 && !isOver) return { shown: before, closing: [] };
  return { shown: { cards, choices }, closing: before.cards };
}
