import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkTopics } from './check.js';
import type { Content } from './content.js';
import { readContent } from './content.js';
import type { Cause, Fix, Lesson, Question, Tip, Topic } from './schema.js';
import { topicSchema } from './schema.js';
import type { Words } from './words.js';
import { loadWords } from './words.js';

/** The whole guide, indexed; made once at start and again when a file changes under `npm run dev`. */
export interface Knowledge {
  /** Hash of all content, kept with every fact. */
  version: string;
  words: Words;
  topics: Map<string, Topic>;
  causes: Map<string, Cause & { topic: string }>;
  questions: Map<string, Question & { topic: string }>;
  fixes: Map<string, Fix & { topic: string }>;
  lessons: Map<string, Lesson & { topic: string }>;
  tips: Map<string, Tip & { topic: string }>;
}

/** Reads every topic and all words below `folder`. @throws ContentError naming file, line and field. */
export function loadKnowledge(folder: string): Knowledge {
  const topicsFolder = join(folder, 'topics');
  const files = readdirSync(topicsFolder).filter((name) => name.endsWith('.yaml'));
  const contents = files.sort().map((name) => readContent(join(topicsFolder, name), topicSchema));
  checkTopics(contents);
  const words = loadWords(join(folder, 'words.yaml'));
  return { ...index(contents), words, version: versionOf(contents, words) };
}

function index(contents: readonly Content<Topic>[]): Omit<Knowledge, 'words' | 'version'> {
  const topics = contents.map((content) => content.value);
  return {
    topics: new Map(topics.map((topic) => [topic.id, topic])),
    causes: collect(topics, (topic) => topic.causes),
    questions: collect(topics, (topic) => topic.questions),
    fixes: collect(topics, (topic) => topic.fixes),
    lessons: collect(topics, (topic) => topic.lessons),
    tips: collect(topics, (topic) => topic.tips),
  };
}

function collect<T extends { id: string }>(
  topics: readonly Topic[],
  pick: (topic: Topic) => readonly T[],
): Map<string, T & { topic: string }> {
  return new Map(
    topics.flatMap((topic) => pick(topic).map((item) => [item.id, { ...item, topic: topic.id }] as const)),
  );
}

function versionOf(contents: readonly Content<Topic>[], words: Words): string {
  const hash = createHash('sha256');
  for (const { value } of contents) hash.update(JSON.stringify(value));
  for (const id of words.ids()) hash.update(id);
  return hash.digest('hex').slice(0, 12);
}
