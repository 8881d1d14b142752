import type { Expectation } from '../intents/understanding.js';
import { otherPaths, pathFor, phoneOf, suits } from '../knowledge/phone.js';
import type { Reply } from '../knowledge/reply.js';
import type { Fix, PathVariant, Step } from '../knowledge/schema.js';
import { slotsFor } from '../knowledge/slots.js';
import type { Slots } from '../knowledge/text.js';
import { fill } from '../knowledge/text.js';
import type { Frame } from './frame.js';

/** An open place of the conversation: what the person sees there, and what is expected of them. */
export interface View {
  reply: Reply;
  expectation: Expectation;
}

/** Steps of the fix that this phone needs, in order. */
export function stepsFor(frame: Frame, fix: Fix): Step[] {
  const phone = phoneOf(frame.device.evidence);
  return fix.steps.filter((step) => suits(step.for, phone));
}

/** The menu path of a question, step or lesson for this phone, as the reply carries it. */
export function pathOf(frame: Frame, paths: readonly PathVariant[]): Pick<Reply, 'path' | 'also'> {
  const variant = pathFor(paths, phoneOf(frame.device.evidence));
  if (variant === undefined) return {};
  const path = variant.path.split(' > ');
  return variant.also === undefined ? { path } : { path, also: variant.also };
}

/** Another path that the step may have on this phone, for "I don't see that menu". */
export function otherPathOf(frame: Frame, paths: readonly PathVariant[]): string[] | undefined {
  return otherPaths(paths, phoneOf(frame.device.evidence))[0]?.path.split(' > ');
}

/** What the message told unasked, as a clause: "it does not run by itself"; of this topic first when one is given. */
export function heardOf(frame: Frame, topic?: string): string | undefined {
  const told = Object.entries(frame.device.evidence.facts).flatMap(([id, fact]) => {
    const question = frame.brain.knowledge.questions.get(id);
    const given = question?.answers.find((one) => one.id === fact.answer);
    const isFresh = fact.at === frame.now && fact.source === 'typed';
    if (!isFresh || question === undefined || given?.because === undefined) return [];
    // The commonest answer is no news.
    if (question.answers.every((one) => one.share <= given.share)) return [];
    return topic === undefined || question.topic === topic ? [given.because] : [];
  });
  return told[0] === undefined ? undefined : fill(told[0], slotsFor(frame.device.evidence, frame.locale));
}

/** The text with what is known filled in. @throws RangeError when no variant can be said. */
export function textOf(frame: Frame, text: string | string[], more: Slots = {}): string {
  if (typeof text === 'string' && !text.includes('{')) return text;
  const filled = fill(text, { ...slotsFor(frame.device.evidence, frame.locale), ...more });
  if (filled === undefined) throw new RangeError('no variant of a text can be said with what is known');
  return filled;
}
