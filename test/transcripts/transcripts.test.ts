import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { play } from './play.js';
import { type Rendering, renderings, Talk } from './talk.js';
import { parseTranscript } from './transcript.js';

const root = projectRoot();
const folder = join(root, 'test/transcripts/talks');
const brain = loadBrain(root);
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.txt'),
);

describe.each(Object.keys(renderings) as Rendering[])('with %s', (rendering) => {
  test.each(names.sort())('%s', async (name) => {
    const transcript = parseTranscript(readFileSync(join(folder, name), 'utf8'));
    if (transcript.needsButtons && rendering === 'plain') return;
    const talk = new Talk({ brain, root, rendering });
    try {
      const { faults, record } = await play(transcript, talk);
      expect(faults, record.join('\n')).toEqual([]);
    } finally {
      await talk.end();
    }
  });
});
