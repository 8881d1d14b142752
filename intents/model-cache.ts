import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ClassifierModel } from './classify/classifier.js';
import { trainClassifier } from './classify/train.js';
import { readExamples, readLexicon } from './examples.js';
import { packData, unpackData } from './model-file.js';
import { outOfScope } from './names.js';
import { createUnderstander, type Understand, type UnderstandingModel } from './understand.js';
import { warmUpUnderstand } from './warm-up.js';

const language = 'en';

/**
 * The engine over the trained model, warmed up: read from the cache, trained and kept there when examples or engine
 * changed.
 */
export function loadUnderstander(root = projectRoot()): Understand {
  const model = loadModel(root);
  const understand = createUnderstander(model);
  warmUpUnderstand(understand, Object.keys(model.intents.vocabulary));
  return understand;
}

/** The trained model of the project at `root`, from the cache while that is of the same examples and engine. */
export function loadModel(root = projectRoot()): UnderstandingModel {
  return readCache(root) ?? trainModel(root);
}

/** Reads the cached model; undefined when there is none or when what it was made of has changed. */
export function readCache(root = projectRoot()): UnderstandingModel | undefined {
  const file = cacheFile(root);
  if (!existsSync(file)) return undefined;
  const cached = cacheShape.safeParse(unpackData(readFileSync(file)));
  if (!cached.success || cached.data.fingerprint !== fingerprint(root)) return undefined;
  return cached.data.model;
}

/** Trains from the examples under `root` and keeps the model in `dist/intents/model.bin`. */
export function trainModel(root = projectRoot()): UnderstandingModel {
  const examples = join(root, 'intents/examples', language);
  const lexicon = readLexicon(join(root, 'intents/lexicon', language));
  const model: UnderstandingModel = {
    intents: trainClassifier(readExamples(examples), { lexicon, outOfScope }),
  };
  const outcomes = join(examples, 'outcomes');
  if (existsSync(outcomes)) model.outcomes = trainClassifier(readExamples(outcomes), { lexicon });
  const file = cacheFile(root);
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, packData({ fingerprint: fingerprint(root), model }));
  renameSync(draft, file);
  return model;
}

/** SHA-256 over the examples, the lexicon and the engine's sources, by name and content. */
function fingerprint(root = projectRoot()): string {
  const hash = createHash('sha256');
  const folder = join(root, 'intents');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(?:ts|yaml)$/u.test(file)) hash.update(file).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex');
}

/** Folder of the project: the nearest one above this file that has a package.json. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function cacheFile(root: string): string {
  return join(root, 'dist/intents/model.bin');
}

const phrases = z.record(z.string(), z.array(z.string()));
const logistic = z.object({
  means: z.array(z.number()),
  deviations: z.array(z.number()),
  weights: z.array(z.number()),
  bias: z.number(),
});
const classifierShape: z.ZodType<ClassifierModel> = z.object({
  labels: z.array(z.string()),
  outOfScope: z.string().optional(),
  lexicon: z.object({
    spellings: phrases,
    concepts: phrases,
    entities: z.record(z.string(), phrases),
    cues: phrases,
    causes: phrases,
  }),
  vocabulary: z.record(z.string(), z.number()),
  foreignWords: z.record(z.string(), z.number()),
  pairs: z.object({ hashes: z.instanceof(Uint32Array), counts: z.instanceof(Uint8Array) }),
  commonWords: z.instanceof(Uint32Array),
  space: z.object({
    hashes: z.instanceof(Uint32Array),
    blocks: z.instanceof(Uint8Array),
    rarity: z.instanceof(Float32Array),
    unknownRarity: z.number(),
    isLean: z.boolean(),
    blockWeights: z.array(z.number()),
  }),
  machines: z.object({
    classCount: z.number(),
    steps: z.instanceof(Int8Array),
    scales: z.instanceof(Float32Array),
    biases: z.instanceof(Float32Array),
  }),
  scale: z.number(),
  scope: logistic.optional(),
});
const cacheShape = z.object({
  fingerprint: z.string(),
  model: z.object({ intents: classifierShape, outcomes: classifierShape.optional() }),
});
