import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { AttachmentReference, Incoming } from '../dialogs/incoming.js';
import { openingContextSchema } from '../dialogs/incoming.js';
import { textWithoutMentions } from './mentions.js';
import { dataOf, pressOf } from './press.js';

/** Longest text that is read of one message, in characters; the rest is left out. */
const maxTextChars = 20_000;

/** Most attachments that are kept, by reference. */
const maxAttachments = 10;

const actionSchema = z.object({ action: z.object({ data: z.unknown() }) });

const handoffStatusSchema = z.object({ state: z.enum(['accepted', 'failed', 'completed']) });

/** What an activity says to the dialogs; undefined for what needs no turn, such as typing. */
export function toIncoming(activity: Partial<Activity>): Incoming | undefined {
  switch (activity.type) {
    case 'message':
      return toMessage(activity);
    case 'event':
      return toEvent(activity);
    case 'conversationUpdate':
      return hasPersonJoined(activity) ? toJoined(activity) : undefined;
    case 'installationUpdate':
      return activity.action?.startsWith('add') ? toJoined(activity) : undefined;
    case 'invoke':
      return toInvoked(activity);
    default:
      return undefined;
  }
}

function toMessage(activity: Partial<Activity>): Incoming {
  const press = pressOf(activity);
  const written = textWithoutMentions(activity).slice(0, maxTextChars);
  const isIdAlone = press?.choiceId !== undefined && written.trim() === press.choiceId;
  return {
    kind: 'message',
    text: press?.text ?? (isIdAlone ? '' : written),
    ...(press?.choiceId === undefined ? {} : { choiceId: press.choiceId }),
    attachments: attachmentsOf(activity),
  };
}

/** An Action.Execute is a message; feedback needs a turn for its record; other invokes need none. */
function toInvoked(activity: Partial<Activity>): Incoming | undefined {
  if (activity.name === 'message/submitAction') return { kind: 'event', event: 'unknown' };
  if (activity.name !== 'adaptiveCard/action') return undefined;
  const parsed = actionSchema.safeParse(activity.value);
  const press = parsed.success ? dataOf(parsed.data.action.data) : undefined;
  if (press === undefined) return { kind: 'event', event: 'unknown' };
  const { choiceId, text = '' } = press;
  return { kind: 'message', text, ...(choiceId === undefined ? {} : { choiceId }), attachments: [] };
}

function attachmentsOf(activity: Partial<Activity>): AttachmentReference[] {
  const given: unknown = activity.attachments;
  if (!Array.isArray(given)) return [];
  return given.slice(0, maxAttachments).flatMap((one: unknown) => {
    const parsed = z.object({ name: z.string().optional(), contentType: z.string() }).safeParse(one);
    // Teams sends the text of every message a second time as an HTML attachment.
    if (!parsed.success || parsed.data.contentType === 'text/html') return [];
    return [
      { name: (parsed.data.name ?? '').slice(0, 200), contentType: parsed.data.contentType.slice(0, 100) },
    ];
  });
}

/** In a group the bot hears only what mentions it. */
function toJoined({ conversation }: Partial<Activity>): Incoming {
  return { kind: 'event', event: 'joined', isGroup: conversation?.isGroup === true };
}

function toEvent(activity: Partial<Activity>): Incoming {
  if (activity.name === 'openingContext') {
    const parsed = openingContextSchema.safeParse(activity.value);
    if (parsed.success) return { kind: 'event', event: 'openingContext', context: parsed.data };
  }
  if (activity.name === 'handoff.status') {
    const parsed = handoffStatusSchema.safeParse(activity.value);
    if (parsed.success) return { kind: 'event', event: 'handoffStatus', state: parsed.data.state };
  }
  return { kind: 'event', event: 'unknown' };
}

function hasPersonJoined(activity: Partial<Activity>): boolean {
  const bot = activity.recipient?.id;
  return Array.isArray(activity.membersAdded) && activity.membersAdded.some((member) => member?.id !== bot);
}
