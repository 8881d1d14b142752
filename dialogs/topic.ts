import type { DialogContext, DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { Dialog, WaterfallDialog } from 'botbuilder-dialogs';
import { advance, say, showCursor } from './flow.js';
import type { Frame } from './frame.js';
import { frameOf } from './frame.js';
import type { Judgement } from './judge.js';
import { lessonsLeft } from './lessons.js';
import type { Move } from './moves.js';
import { perform } from './perform.js';

/** Options of a topic's waterfall; the place itself stands in the session, as a cursor of ids. */
interface TopicOptions {
  /** True when all was said already and only the answer is awaited. */
  isSilent?: boolean;
}

/** The waterfall of one topic: ask or show, then judge the answer, and so on from the top. */
export function createTopicDialog(topic: string): WaterfallDialog<TopicOptions> {
  return new WaterfallDialog<TopicOptions>(topic, [begin, judgeAnswer]);
}

async function begin(step: WaterfallStepContext<TopicOptions>): Promise<DialogTurnResult> {
  return step.options.isSilent === true ? Dialog.EndOfTurn : askOrShow(step, frameOf(step.context));
}

async function askOrShow(dc: DialogContext, frame: Frame): Promise<DialogTurnResult> {
  if (frame.session.cursor === undefined && !placeCursor(frame)) return dc.endDialog();
  if (!showCursor(frame) && !(placeCursor(frame) && showCursor(frame))) return dc.endDialog();
  return Dialog.EndOfTurn;
}

async function judgeAnswer(step: WaterfallStepContext<TopicOptions>): Promise<DialogTurnResult> {
  const frame = frameOf(step.context);
  const move: Move = frame.move ?? { do: 'unclear' };
  return settle(step, frame, perform(frame, move));
}

/** Puts the cursor at the next question, fix or lesson; false when there is none. */
function placeCursor(frame: Frame): boolean {
  const { session } = frame;
  if (session.topic?.startsWith('learn.') !== true) return advance(frame);
  const lesson = lessonsLeft(frame, session.topic)[0];
  if (lesson === undefined) return false;
  session.taught.push(lesson.id);
  frame.facts.push({ kind: 'taught', detail: { lesson: lesson.id } });
  session.cursor = { kind: 'lesson', lesson: lesson.id };
  return true;
}

/** Goes where the judgement leads: into the topic's waterfall, on waiting, or out of it. */
export async function settle(
  dc: DialogContext,
  frame: Frame,
  judgement: Judgement,
): Promise<DialogTurnResult> {
  const { session } = frame;
  if (judgement === 'plan') session.cursor = undefined;
  if (session.topic === undefined || judgement === 'end') return leave(dc, frame, judgement);
  const isSilent = judgement === 'wait';
  const { activeDialog } = dc;
  if (activeDialog?.id === session.topic) {
    // Back to the top of the same waterfall: to begin it anew would cost more than the step does.
    activeDialog.state.stepIndex = 0;
    return isSilent ? Dialog.EndOfTurn : askOrShow(dc, frame);
  }
  const options: TopicOptions = isSilent ? { isSilent } : {};
  return activeDialog === undefined
    ? dc.beginDialog(session.topic, options)
    : dc.replaceDialog(session.topic, options);
}

async function leave(dc: DialogContext, frame: Frame, judgement: Judgement): Promise<DialogTurnResult> {
  const { words } = frame.brain.knowledge;
  if (judgement === 'show') showCursor(frame);
  else if (judgement !== 'wait' && frame.leads.length > 0)
    say(frame, { say: frame.leads.splice(0).join(' ') });
  else if (judgement === 'plan') say(frame, { say: words.say('ask.problem') });
  return dc.cancelAllDialogs();
}
