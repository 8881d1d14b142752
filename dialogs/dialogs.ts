import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import type { DialogState } from 'botbuilder-dialogs';
import { DialogSet } from 'botbuilder-dialogs';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Frame } from './frame.js';
import { frameOf, setFrame } from './frame.js';
import { runTurn } from './main.js';
import { createTopicDialog } from './topic.js';

/** Runs one turn over the frame, which holds the stack of dialogs; it is changed in place. */
export type RunDialogs = (context: TurnContext, frame: Frame) => Promise<void>;

/** Every topic as a dialog of its own, run by one main. */
export function createDialogs(knowledge: Knowledge): RunDialogs {
  const dialogs = new DialogSet(stackInFrame);
  for (const topic of knowledge.topics.keys()) {
    if (!topic.startsWith('common.')) dialogs.add(createTopicDialog(topic));
  }
  let memory: unknown;
  return async (context, frame) => {
    setFrame(context, frame);
    forgetGone(frame, (id) => dialogs.find(id) !== undefined);
    if (memory !== undefined) context.turnState.set(memoryKey, memory);
    const dc = await dialogs.createContext(context);
    memory = context.turnState.get(memoryKey);
    await runTurn(dc, frame);
  };
}

/**
 * Where the SDK (botbuilder-dialogs 4.23) keeps the scopes and resolvers of its memory paths for the contexts of one
 * turn. They hold nothing of a turn, and making them anew costs more than a waterfall step does.
 */
const memoryKey = 'DialogStateManagerConfiguration';

/** The stack of dialogs lives in the frame and is stored with it. */
const stackInFrame: StatePropertyAccessor<DialogState> = {
  get: async (context) => frameOf(context).stack,
  set: async () => {},
  delete: async () => {},
};

/** Forgets topics that the guide no longer has; a place elsewhere is kept, and the stack is built anew. */
function forgetGone({ session, stack }: Frame, isThere: (topic: string) => boolean): void {
  const { cursor } = session;
  const isCursorGone = cursor?.kind === 'offer' && !isThere(cursor.topic);
  if (isCursorGone || (session.topic !== undefined && !isThere(session.topic))) {
    session.topic = undefined;
    session.cursor = undefined;
  }
  session.queue = session.queue.filter(isThere);
  const isWhole = stack.dialogStack.every(({ id }) => id === session.topic);
  if (!isWhole) stack.dialogStack = [];
}
