import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Training texts by label. */
export type Examples = Record<string, string[]>;

/** What an engine is asked to do: train, then answer each list of texts. */
export interface Job {
  train: Examples;
  tests: Record<string, string[]>;
}

const answerShape = z.object({
  ranked: z.array(z.object({ label: z.string(), confidence: z.number() })),
  strangeness: z.number(),
  milliseconds: z.number(),
});

const answersShape = z.object({
  trainSeconds: z.number(),
  memoryMb: z.number(),
  answers: z.record(z.string(), z.array(answerShape)),
  /** What the figures are to be read with. */
  note: z.string().default(''),
});

/** What an engine answered, with its costs. */
export type Answers = z.infer<typeof answersShape>;

/** Reads what an engine's process wrote. */
export function readAnswers(file: string): Answers {
  return answersShape.parse(JSON.parse(readFileSync(file, 'utf8')));
}

const jobShape = z.object({
  train: z.record(z.string(), z.array(z.string())),
  tests: z.record(z.string(), z.array(z.string())),
});

/** Reads a job for an engine's process. */
export function readJob(file: string): Job {
  return jobShape.parse(JSON.parse(readFileSync(file, 'utf8')));
}
