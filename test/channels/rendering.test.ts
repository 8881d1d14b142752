import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../knowledge/reply.js';
import { loadWords } from '../../knowledge/words.js';
import { loadBrain } from '../../src/brain.js';
import { limitsOf } from '../../src/channels/limits.js';
import { channelTable } from '../../src/channels/limits-table.js';
import { renderReply } from '../../src/channels/render.js';
import { projectRoot } from '../../src/project-root.js';
import { play } from '../transcripts/play.js';
import { Talk } from '../transcripts/talk.js';
import { parseTranscript } from '../transcripts/transcript.js';
import { faultsOf } from './faults.js';
import { numbers } from './numbers.js';

const root = projectRoot();
const folder = join(root, 'test/transcripts/talks');
const words = loadWords(join(root, 'knowledge/words.yaml'));
const replies: Reply[] = [];

/** Every reply of every transcript, once. */
beforeAll(async () => {
  const brain = loadBrain(root);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => one.endsWith('.txt'))) {
    const talk = new Talk({ brain, root, rendering: 'buttons' });
    await play(parseTranscript(readFileSync(join(folder, name), 'utf8')), talk);
    replies.push(...talk.shown.flatMap(({ reply }) => (reply === undefined ? [] : [reply])));
    await talk.end();
  }
}, 300_000);

const text = fc
  .array(
    fc.constantFrom('Open Settings.', 'Tap <b>iCloud</b> & wait!', 'a_b*c[d]', '😀', 'word', 'x'.repeat(90)),
  )
  .map((parts) => parts.join(' ').trim())
  .filter((one) => one !== '');
const longText = fc
  .tuple(text, fc.integer({ min: 1, max: 150 }))
  .map(([one, times]) => `${one} `.repeat(times).trim());
const choice = fc.record({
  id: fc.stringMatching(/^q:[a-z]{1,10}:[a-z]{1,10}$/),
  label: fc.oneof(
    fc.stringMatching(/^[A-Za-z ]{1,18}[A-Za-z]$/),
    fc.constant('A label that is much longer than usual'),
  ),
});
const anyReply: fc.Arbitrary<Reply> = fc.record(
  {
    say: fc.oneof(text, longText),
    path: fc.array(text, { minLength: 1, maxLength: 6 }),
    also: text,
    ask: text,
    tone: fc.constantFrom('plain', 'warning', 'done'),
    step: fc.record({ number: fc.integer({ min: 1, max: 3 }), of: fc.integer({ min: 3, max: 5 }) }),
    choices: fc.uniqueArray(choice, { maxLength: 15, selector: ({ label }) => label }),
    links: fc.array(fc.record({ title: text, url: fc.webUrl() }), { maxLength: 3 }),
    image: fc.record({
      kind: fc.constant('storage' as const),
      totalBytes: fc.nat(1e12),
      usedBytes: fc.nat(1e12),
      neededBytes: fc.nat(1e12),
    }),
  },
  { requiredKeys: ['say'] },
);

describe.each(Object.keys(numbers))('for %s', (channel) => {
  test('every reply of every transcript keeps the limits and says all', () => {
    const found = replies.flatMap((reply) =>
      faultsOf(reply, renderReply(reply, limitsOf(channel), words), channel).map(
        (fault) => `${fault}: ${reply.say}`,
      ),
    );
    expect(found).toEqual([]);
    expect(replies.length).toBeGreaterThan(0);
  });

  test('any reply keeps the limits and says all', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        expect(faultsOf(reply, renderReply(reply, limitsOf(channel), words), channel)).toEqual([]);
      }),
      { numRuns: 20, seed: 5 },
    );
  });
});

test('every channel of the table has numbers here, and every number its source', () => {
  const missing = Object.keys(channelTable).filter(
    (id) => !(id in numbers) && !['unknown', 'emulator', 'test'].includes(id),
  );
  expect(missing).toEqual([]);
  for (const limits of Object.values(channelTable)) {
    const { count, label, value } = limits.buttons ?? {};
    for (const limit of [
      limits.text,
      limits.payload,
      count,
      label,
      value,
      limits.cards?.count,
      limits.cards?.text,
    ]) {
      if (limit !== undefined) expect(limit.source.length).toBeGreaterThan(10);
    }
  }
});
