import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../../intents/model-cache.js';
import { type Answers, type Job, readAnswers } from './job.js';

/** Engines that can be compared; all but "own" need `npm ci` in test/bench/peers. */
export const engineNames = ['own', 'bayes', 'logistic', 'nlpjs', 'fasttext'] as const;

/** One engine of the comparison. */
export type EngineName = (typeof engineNames)[number];

/** Runs `job` on `engine` in a process of its own; undefined when it does not end within `seconds` or fails. */
export function runEngine(
  engine: EngineName,
  job: Job,
  { lexicon, seconds }: { lexicon?: string; seconds: number },
): Answers | undefined {
  const root = projectRoot();
  const folder = mkdtempSync(join(root, 'dist/bench-'));
  const jobFile = join(folder, 'job.json');
  const answersFile = join(folder, 'answers.json');
  writeFileSync(jobFile, JSON.stringify(job));
  const own = join(dirname(fileURLToPath(import.meta.url)), 'own-engine.js');
  const words =
    engine === 'own'
      ? [own, jobFile, answersFile, ...(lexicon === undefined ? [] : [lexicon])]
      : [join(root, 'test/bench/peers/peer.mjs'), engine, jobFile, answersFile];
  const { status } = spawnSync(process.execPath, words, { stdio: 'ignore', timeout: seconds * 1000 });
  const answers = status === 0 && existsSync(answersFile) ? readAnswers(answersFile) : undefined;
  rmSync(folder, { recursive: true });
  return answers;
}
