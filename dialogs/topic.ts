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

/**
 * The waterfall of one topic: ask or show, then judge the answer. It loops by replacing itself,
 * so that no step index outlives a change of the content.
 */
export function createTopicDialog(topic: string): WaterfallDialog<TopicOptions> {
  return new WaterfallDialog<TopicOptions>(topic, [askOrShow, judgeAnswer]);
}

async function askOrShow(step: WaterfallStepContext<TopicOptions>): Promise<DialogTurnResult> {
  const frame = frameOf(step.context);
  if (step.options.isSilent === true) return Dialog.EndOfTurn;
  if (frame.session.cursor === undefined && !placeCursor(frame)) return step.endDialog();
  if (!showCursor(frame) && !(placeCursor(frame) && showCursor(frame))) return step.endDialog();
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
  const options: TopicOptions = judgement === 'wait' ? { isSilent: true } : {};
  return dc.activeDialog === undefined
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
