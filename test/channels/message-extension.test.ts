import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadKnowledge } from '../../knowledge/knowledge.js';
import { projectRoot } from '../../src/project-root.js';
import { createMessageExtension } from '../../src/teams/message-extension.js';
import { cardOf, wordsOfBody } from './anatomy.js';

const knowledge = loadKnowledge(`${projectRoot()}/knowledge`);
const answer = createMessageExtension(knowledge);

const resultSchema = z.object({
  composeExtension: z.object({
    type: z.string(),
    attachments: z
      .array(
        z.object({
          contentType: z.string(),
          content: z.unknown(),
          preview: z.object({ content: z.object({ title: z.string() }) }),
        }),
      )
      .default([]),
  }),
});

function search(text: string | undefined) {
  const parameters =
    text === undefined ? [{ name: 'initialRun', value: 'true' }] : [{ name: 'searchText', value: text }];
  const value = { commandId: 'findFix', parameters, queryOptions: { skip: 0, count: 25 } };
  return resultSchema.parse(answer({ type: 'invoke', name: 'composeExtension/query', value }))
    .composeExtension;
}

test.each([
  ['old backup', 'Deleting the backups of phones you no longer use'],
  ['turn off big apps', 'Leaving big apps out of the backup'],
])('%j finds its fix first', (query, title) => {
  expect(search(query).attachments[0]?.preview.content.title).toBe(title);
});

test('something to begin with is shown before anything is typed', () => {
  expect(search(undefined).attachments).toHaveLength(10);
});

test('a search that finds nothing says so', () => {
  expect(search('xyzzy')).toMatchObject({ type: 'message', attachments: [] });
});

test('every fix is a card without buttons that Teams takes', () => {
  for (const { id, name } of knowledge.fixes.values()) {
    const { attachments } = search(name);
    expect(attachments.length, id).toBeGreaterThan(0);
    for (const attachment of attachments) {
      const card = cardOf({ attachments: [attachment] });
      expect(card?.actions).toBeUndefined();
      expect(wordsOfBody(card?.body)).not.toMatch(/\{\w+\}|undefined/);
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
    }
  }
});

test('a fix that deletes says what is lost', () => {
  const card = cardOf({ attachments: [search('old backup').attachments[0]!] });
  expect(card?.speak).toContain('Warning');
  expect(card?.speak).toContain('cannot be undone');
});

test('another invoke is not answered here', () => {
  expect(answer({ type: 'invoke', name: 'composeExtension/submitAction' })).toBeUndefined();
});
