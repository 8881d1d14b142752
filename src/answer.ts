import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Outgoing } from '../dialogs/frame.js';
import type { Words } from '../knowledge/words.js';
import { parseOutgoing, toActivities } from './outgoing.js';

/** What is given in the response itself: replies to expectReplies, or the body of an invoke's answer. */
export type Answer = { replies: Outgoing[] } | { invoke: Record<string, unknown> };

const answerSchema = z.union([
  z.object({ replies: z.array(z.unknown()) }),
  z.object({ invoke: z.record(z.string(), z.unknown()) }),
]);

/** The stored answer of an activity that comes again; undefined where it was given through the outbox. */
export function parseAnswer(json: string | null): Answer | undefined {
  if (json === null) return undefined;
  const answer = answerSchema.parse(JSON.parse(json));
  if ('invoke' in answer) return answer;
  return { replies: answer.replies.map(parseOutgoing).filter((one) => one.kind !== 'close') };
}

/** Puts the answer into the response that the caller waits for. */
export async function giveAnswer(
  context: TurnContext,
  answer: Answer | undefined,
  words: Words,
): Promise<void> {
  if (answer === undefined) return;
  if ('invoke' in answer) {
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: answer.invoke } });
    return;
  }
  const where = { channelId: context.activity.channelId, words };
  const activities = answer.replies.flatMap((one) => toActivities(one, where, []));
  if (activities.length > 0) await context.sendActivities(activities);
}
