import type { Activity } from 'botbuilder';
import { startActivity, toBotActivity, typingActivity } from './bot-activity.js';
import type { Grant, Grants } from './grants.js';
import { HttpError } from './http-error.js';
import { activityId } from './identity.js';
import { type Sender, type SentActivity, toStreamActivity } from './incoming-activity.js';
import type { DirectLineOptions } from './options.js';
import { append, isOnStream, readLast, withdraw } from './stream-log.js';
import type { Streams } from './streams.js';

/** What the conversations of the web chat need: where they are kept, who reads them, who answers. */
export interface Conversations {
  options: DirectLineOptions;
  grants: Grants;
  streams: Streams;
}

/**
 * Makes sure that the bot has received what stands on the stream: the beginning, or a last message that a crash
 * kept from it. The bot runs each id once, so that asking again does no harm. @throws HttpError 503.
 */
export async function ensureReceived(
  { options, grants }: Conversations,
  grant: Grant,
  locale?: string,
): Promise<void> {
  const last = await readLast(options.db, grant.conversation);
  if (last === undefined) return await handIn(options, startActivity(senderOf(grant, grants), locale));
  if (last.from?.id !== grant.user) return;
  await handIn(options, toBotActivity({ ...last, timestamp: new Date(last.timestamp ?? grants.now()) }));
}

/**
 * Puts a person's activity on the stream and hands it to the bot; its id comes back once the turn is committed.
 * @throws HttpError 503 when the bot could not take it; it is then off the stream again, for another attempt.
 */
export async function post(conversations: Conversations, grant: Grant, sent: SentActivity): Promise<string> {
  const { options, grants, streams } = conversations;
  const id = activityId(grant.conversation, sent.channelData.clientActivityID);
  // That somebody is writing is nothing to answer or to keep.
  if (sent.type === 'typing') return id;
  options.limits?.takePerson(grant.user);
  const activity = { ...toStreamActivity(sent, id, senderOf(grant, grants)), id };
  const isNew = await append(options.db, grant.conversation, activity, { at: grants.now() });
  if (sent.type === 'message')
    streams.show(grant.conversation, typingActivity(grant.conversation, grants.now()));
  try {
    await handIn(options, toBotActivity(activity));
  } catch (error) {
    if (isNew) await withdraw(options.db, grant.conversation, id);
    throw error;
  }
  if (await isOnStream(options.db, grant.conversation, id)) streams.wake(grant.conversation);
  // The bot has forgotten the person, by their wish: the page still learns that their message was taken.
  else streams.showEverywhere(grant.conversation, activity);
  return id;
}

async function handIn(options: DirectLineOptions, activity: Partial<Activity>): Promise<void> {
  try {
    await options.receive(activity);
  } catch {
    throw new HttpError(503, 'BotUnavailable', 'The bot could not take this; please try again.', {
      'Retry-After': '2',
    });
  }
}

function senderOf({ user, conversation }: Grant, grants: Grants): Sender {
  return { user, conversation, now: grants.now() };
}
