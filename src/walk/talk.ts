import { type Activity, BotAdapter, TurnContext } from 'botbuilder';
import { createDialogs } from '../../dialogs/dialogs.js';
import type { Brain, Frame } from '../../dialogs/frame.js';
import type { Incoming } from '../../dialogs/incoming.js';
import { sessionSchema } from '../../dialogs/session.js';
import { emptyEvidence } from '../../knowledge/evidence.js';
import type { Reply } from '../../knowledge/reply.js';

/** All that a conversation remembers, as plain JSON. */
export type Memory = Pick<Frame, 'session' | 'stack' | 'device' | 'holder'>;

/** One turn taken from a memory: what was said, and what is remembered after it. */
export interface Taken {
  memory: Memory;
  replies: Reply[];
  frame: Frame;
}

/** Takes turns on the real dialogs without storage or channel: the same memory and message give the same turn. */
export type TakeTurn = (memory: Memory, incoming: Incoming, now?: number) => Promise<Taken>;

/** The clock of a test that does not care. */
const noon = Date.UTC(2026, 0, 15, 12);

/** The memory of a conversation that has not begun. */
export function emptyMemory(): Memory {
  return {
    session: sessionSchema.parse({}),
    stack: { dialogStack: [] },
    device: { id: 'phone', evidence: emptyEvidence(), ledger: {} },
    holder: 'bot',
  };
}

/** A message that the person types. */
export function typed(text: string): Incoming {
  return { kind: 'message', text, attachments: [] };
}

/** The press of a button. */
export function pressed(choiceId: string, label = ''): Incoming {
  return { kind: 'message', text: label, choiceId, attachments: [] };
}

/** The dialogs over `brain`, to be driven turn by turn. */
export function createTurns(brain: Brain): TakeTurn {
  const run = createDialogs(brain.knowledge);
  const adapter = new SilentAdapter();
  return async (memory, incoming, now = noon) => {
    const frame: Frame = {
      ...structuredClone(memory),
      devices: [],
      brain,
      incoming,
      now,
      locale: 'en',
      out: [],
      facts: [],
      phrases: [],
      leads: [],
    };
    const activity: Partial<Activity> = { type: 'message', channelId: 'test', conversation: conversation };
    await run(new TurnContext(adapter, activity), frame);
    const { session, stack, device, holder } = frame;
    const replies = frame.out.flatMap((one) => (one.kind === 'reply' ? [one.reply] : []));
    return { memory: structuredClone({ session, stack, device, holder }), replies, frame };
  };
}

const conversation = { id: 'test', isGroup: false, conversationType: '', name: '' };

/** Dialogs send nothing themselves; whatever is sent here is a fault. */
class SilentAdapter extends BotAdapter {
  override sendActivities(): never {
    throw new Error('a dialog sent something itself');
  }
  override updateActivity(): never {
    throw new Error('a dialog updated something itself');
  }
  override deleteActivity(): never {
    throw new Error('a dialog deleted something itself');
  }
  override continueConversation(): never {
    throw new Error('a dialog continued a conversation itself');
  }
}
