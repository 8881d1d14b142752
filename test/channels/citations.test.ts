import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadWords } from '../../knowledge/words.js';
import { limitsOf } from '../../src/channels/limits.js';
import { renderReply } from '../../src/channels/render.js';
import { projectRoot } from '../../src/project-root.js';

const words = loadWords(join(projectRoot(), 'knowledge/words.yaml'));

/** A message with sources as Teams wants it (Teams, "Add citations"). */
const citedSchema = z.object({
  text: z.string(),
  entities: z.tuple([
    z.object({
      type: z.literal('https://schema.org/Message'),
      '@type': z.literal('Message'),
      '@context': z.literal('https://schema.org'),
      citation: z.array(
        z.object({
          '@type': z.literal('Claim'),
          position: z.number(),
          appearance: z.object({
            '@type': z.literal('DigitalDocument'),
            name: z.string().max(80),
            url: z.url(),
            abstract: z.string().max(160),
          }),
        }),
      ),
    }),
  ]),
});

const links = [
  { title: 'Manage your iCloud storage', url: 'https://support.example.org/a' },
  { title: 'x'.repeat(300), url: 'https://support.example.org/b' },
];

function render(channel: string, count: number) {
  const many = Array.from(
    { length: count },
    (_, at) => links[at] ?? { title: `Page ${at}`, url: links[0]!.url },
  );
  return renderReply({ say: 'Some space is free again.', links: many }, limitsOf(channel), words);
}

test('a message in Teams cites its links behind numbers in the text', () => {
  const { text, entities } = citedSchema.parse(render('msteams', 2)[0]);
  expect(text).toMatch(/\[1\] \[2\]$/);
  const [{ citation }] = entities;
  expect(citation.map(({ position, appearance }) => [position, appearance.url])).toEqual([
    [1, links[0]!.url],
    [2, links[1]!.url],
  ]);
});

test.each([
  ['no links', 'msteams', 0],
  ['more links than Teams takes', 'msteams', 21],
  ['another channel', 'webchat', 2],
])('%s are not cited', (_, channel, count) => {
  for (const part of render(channel, count)) {
    expect(part.entities).toBeUndefined();
    expect(part.text ?? '').not.toContain('[1]');
  }
});
