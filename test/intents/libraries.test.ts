import { createRequire } from 'node:module';
import type * as Suite from '@microsoft/recognizers-text-suite';
import { PorterStemmer } from 'natural/lib/natural/stemmers/index.js';
import { afterEach, expect, test, vi } from 'vitest';
import type { Brain } from '../../dialogs/frame.js';
import { projectRoot } from '../../intents/model-cache.js';
import { loadBrain } from '../../src/brain.js';
import { play } from '../transcripts/play.js';
import { Talk } from '../transcripts/talk.js';
import { parseTranscript } from '../transcripts/transcript.js';

const root = projectRoot();
const brain = loadBrain(root);
const suite: typeof Suite = createRequire(import.meta.url)('@microsoft/recognizers-text-suite');

/** What does not happen as the transcript says. */
async function faultsIn(transcript: string, mind: Brain): Promise<string[]> {
  const talk = new Talk({ brain: mind, root, rendering: 'buttons' });
  try {
    return (await play(parseTranscript(transcript), talk)).faults;
  } finally {
    await talk.end();
  }
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

// The guide knows "repaired the video"; that "repairing the video" is the same, natural's stemmer says.
const repairing = `> one video blocks the backup of my iphone, it won't open. i tried repairing the video
> what have we tried
< repair
`;

test('natural lets a fix that was tried be known in any form of its verb', async () => {
  expect(await faultsIn(repairing, brain)).toEqual([]);
  vi.spyOn(PorterStemmer, 'stem').mockImplementation((word) => word);
  vi.resetModules();
  const { loadBrain: loadWithoutStems } = await import('../../src/brain.js');
  expect(await faultsIn(repairing, loadWithoutStems(root, brain.understand))).not.toEqual([]);
});

// The second of five is the full Google account; which place a word names, recognizers-text reads.
const second = `> my android phone will not back up
< What does the message say ... Google is full
> the second one
< Which backup is it about
`;

test('recognizers-text lets a choice be named by its place', async () => {
  expect(await faultsIn(second, brain)).toEqual([]);
  vi.spyOn(suite, 'recognizeOrdinal').mockReturnValue([]);
  expect(await faultsIn(second, brain)).not.toEqual([]);
});
