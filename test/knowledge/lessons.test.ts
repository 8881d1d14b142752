import { describe, expect, test } from 'vitest';
import { readContent } from '../../knowledge/content.js';
import { suits } from '../../knowledge/phone.js';
import { topicSchema } from '../../knowledge/schema.js';
import { topicFiles } from './shown-texts.js';

const topics = topicFiles
  .map((file) => readContent(file, topicSchema).value)
  .filter((topic) => topic.id.startsWith('learn.'));

test('every learn topic of the guide is there', () => {
  expect(topics.map(({ id }) => id).sort()).toEqual([
    'learn.causes',
    'learn.dataloss',
    'learn.lean',
    'learn.prepare',
    'learn.prevent',
    'learn.schedule',
    'learn.verify',
  ]);
});

describe.each(topics.map((topic) => [topic.id, topic] as const))('pieces of %s', (_, topic) => {
  test('begin with one for every phone', () => {
    expect(topic.lessons[0]?.for).toEqual({});
  });

  test('have titles of their own, so that no two buttons look alike', () => {
    const titles = topic.lessons.map(({ title }) => title.toLowerCase());
    expect(titles).toEqual([...new Set(titles)]);
  });

  test.each(['iphone', 'ipad', 'android'])('are five or more on the %s', (platform) => {
    expect(topic.lessons.filter((lesson) => suits(lesson.for, { platform })).length).toBeGreaterThan(4);
  });
});

test.each([
  ['learn.dataloss', ['delete', 'pause', 'unplug', 'paying', '180 days', '57 days', '5 months', 'whatsapp']],
  ['learn.schedule', ['each day', 'month', '57 days', '180 days', 'calendar']],
  ['learn.prepare', ['update', 'new iphone', 'new android', 'repair', 'sell', 'whatsapp', 'password']],
  ['learn.verify', ['date', 'icloud', 'google', 'whatsapp', 'account', 'test']],
])('%s answers what people ask of it', (id, words) => {
  const lessons = topics.find((topic) => topic.id === id)?.lessons ?? [];
  const shown = lessons
    .flatMap(({ title, say }) => [title, say].flat())
    .join('\n')
    .toLowerCase();
  expect(words.filter((word) => !shown.includes(word))).toEqual([]);
});
