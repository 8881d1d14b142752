import { phoneOf, suits } from '../knowledge/phone.js';
import type { Reply } from '../knowledge/reply.js';
import type { Lesson } from '../knowledge/schema.js';
import { button, expected } from './choices.js';
import type { Frame } from './frame.js';
import type { View } from './wording.js';
import { pathOf, textOf } from './wording.js';

/** Words for the next piece, whatever its title. */
const moreWords = ['more', 'next', 'go on', 'continue', 'tell me more'];

/** Other lessons offered beside the way out. */
const offeredLessons = 3;

/** Lessons of a topic that suit the phone and were not shown yet, in the order of the guide. */
export function lessonsLeft(frame: Frame, topicId: string): Lesson[] {
  const phone = phoneOf(frame.device.evidence);
  const topic = frame.brain.knowledge.topics.get(topicId);
  return (topic?.lessons ?? []).filter(
    (lesson) => suits(lesson.for, phone) && !frame.session.taught.includes(lesson.id),
  );
}

/** The lesson that answers the message best, else the next of the topic; undefined when it has none for this phone. */
export function lessonFor(frame: Frame, topicId: string, text: string): Lesson | undefined {
  const { knowledge } = frame.brain;
  const phone = phoneOf(frame.device.evidence);
  const fitting = (knowledge.topics.get(topicId)?.lessons ?? []).filter((lesson) => suits(lesson.for, phone));
  const ids = new Set(fitting.map((lesson) => lesson.id));
  const alike = frame.brain.findLessons(text).find((id) => ids.has(id));
  return fitting.find((lesson) => lesson.id === alike) ?? lessonsLeft(frame, topicId)[0] ?? fitting[0];
}

/** The message of one lesson, without buttons. */
export function lessonReply(frame: Frame, lesson: Lesson): Reply {
  return {
    say: textOf(frame, lesson.say),
    ...pathOf(frame, lesson.paths),
    ...(lesson.links.length > 0 ? { links: lesson.links.map(({ title, url }) => ({ title, url })) } : {}),
  };
}

/** The lesson with what else there is to read and a way out; undefined when it is gone. */
export function lessonView(frame: Frame, lessonId: string): View | undefined {
  const lesson = frame.brain.knowledge.lessons.get(lessonId);
  if (lesson === undefined) return undefined;
  const others = lessonsLeft(frame, lesson.topic).filter((one) => one.id !== lessonId);
  const choices = others.slice(0, offeredLessons).map((one) => ({ id: `l:${one.id}`, label: one.title }));
  choices.push(button(frame, 'l:end', 'lesson.end'));
  return {
    reply: { ...lessonReply(frame, lesson), choices },
    expectation: {
      open: 'offer',
      choices: choices.map((one, at) => expected(one, at === 0 && others.length > 0 ? moreWords : [])),
      values: [],
    },
  };
}
