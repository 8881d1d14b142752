import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sentencesIn, wordsOnPage } from './sentences.js';

/**
 * Files whose words nobody reads in the chat: of operators (settings, usage, names of figures, the setup's own lines),
 * and what the walk says in the place of a person.
 */
const otherFiles = /^src\/(?:walk\/openings\.ts|config\.ts|metrics\.ts|dev\.mjs|setup\.mjs|setup\/|cli\/)/;

/** The only words outside knowledge/ that look like speech and are none, as `file: text`. */
const exceptions: readonly string[] = [];

function sources(endings: RegExp): string[] {
  return ['dialogs', 'src']
    .flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path}`),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => endings.test(path) && !otherFiles.test(path));
}

test('no script outside knowledge/ holds a sentence for the person in the chat', () => {
  const found = sources(/\.(?:ts|js|mjs)$/).flatMap((path) =>
    sentencesIn(path, readFileSync(path, 'utf8')).map(({ line, text }) => ({ path, line, text })),
  );
  const unexpected = found.filter(({ path, text }) => !exceptions.includes(`${path}: ${text}`));
  expect(unexpected.map(({ path, line, text }) => `${path}:${line} ${text}`)).toEqual([]);
});

test('no page outside knowledge/ holds words of its own', () => {
  const found = sources(/\.html$/).flatMap((path) =>
    wordsOnPage(readFileSync(path, 'utf8')).map(({ line, text }) => `${path}:${line} ${text}`),
  );
  expect(found).toEqual([]);
});

test.each([
  "await context.sendActivity('Sorry, something went wrong.');",
  "export const reply = { say: 'Which phone is it?' };",
  "export const choice = { id: 'yes', label: 'It worked' };",
  "export const choice = { id: 'yes', label: 'Yes' };",
  `export const say = (n: number) => \`You need \${n} GB more\`;`,
  `export const say = (name: string) => \`\${name} is full, please free some space\`;`,
  "export const page = '<p>Tell me what your phone says</p>';",
  "export const text = (known?: string) => known ?? 'The backup is running.';",
])('a planted sentence is found: %s', (source) => {
  expect(sentencesIn('dialogs/planted.ts', source)).toHaveLength(1);
});

test.each([
  "throw new ConfigError('PORT must be a number; see .env.example.');",
  "log.warn({ code }, 'The channel refused your message.');",
  "respond(response, 404, 'NotFound', 'No such conversation here.');",
  "export const body = { code: 'BadRequest', message: 'The body is no Activity.' };",
  "// You may read this.\nexport const type = 'application/json; charset=utf-8';",
  "export const text = ''; export const activity = { type: 'message', text: 'x' };",
  "export const query = 'select id from outbox where not_before <= ?';",
])('words for an operator or a program pass: %s', (source) => {
  expect(sentencesIn('src/planted.ts', source)).toEqual([]);
});

test('planted words on a page are found, slots are not', () => {
  const page = '<title>[[title]]</title>\n<p aria-label="Chat">Hello there</p><script>var a = "b";</script>';
  expect(wordsOnPage(page).map(({ line, text }) => `${line} ${text}`)).toEqual(['2 Chat', '2 Hello there']);
});
