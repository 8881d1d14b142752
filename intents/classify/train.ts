import { createLexiconReader, emptyLexicon, type Lexicon, type LexiconReader } from '../lexicon.js';
import { readCommonWords } from '../text/common-words.js';
import { misspell } from '../text/misspell.js';
import { randomNumbers } from '../text/random.js';
import type { Token } from '../text/tokens.js';
import { countPairs } from '../text/word-pairs.js';
import { fitScale } from './calibration.js';
import {
  type ClassifierModel,
  createViewer,
  createWords,
  featureSource,
  plainTokens,
  readTokens,
  scopeFigures,
  type View,
} from './classifier.js';
import type { SvmSettings } from './linear-svm.js';
import { fitLogistic } from './logistic.js';
import { trainDecisions } from './machines.js';
import { type CountedTexts, countFeatures, type FeatureCounts, learnFeatures } from './vectoriser.js';

/** Settings of training, chosen by cross-validation. */
export interface TrainSettings {
  lexicon: Lexicon;
  /** Label of the negative examples; without it nothing is known to be out of scope. */
  outOfScope?: string;
  /** Hashes of stems that are no misspellings; of all common English words unless given. */
  commonWords: Uint32Array;
  svm: SvmSettings;
  /** How much complement Bayes counts beside the support vector machines; less of few examples unless given. */
  bayesShare?: number;
  blockWeights: readonly number[];
  /** In how many texts a feature of each block must stand; grows for letters with the examples unless given. */
  minTexts?: readonly number[];
  /** Parts into which the examples are cut to calibrate on texts not trained on; below 2 nothing is calibrated. */
  folds: number;
}

/** What was found best on held-out folds. */
const defaultSettings: Omit<TrainSettings, 'commonWords'> = {
  lexicon: emptyLexicon,
  svm: { cost: 1, positiveCost: 3, passes: 9 },
  blockWeights: [1, 1, 0.5],
  folds: 3,
};

/**
 * So many examples are few: messages are unlike them in much. Then fewer kinds of features, flatter rarities and less
 * of Bayes read held-out groups of alike examples better, by 1.5 points over nine sets; more examples carry them all.
 */
const fewExamples = 2_000;
const bayesShares = { few: 0.03, many: 0.1 };

/** The scale of a classifier that is not calibrated. */
const defaultScale = 4;

/** How much a negative example counts against others in learning what is out of scope: people send more of them. */
const negativeShare = 1.5;

/**
 * Factor on the fitted scale. Held-out folds lack a part of the examples, which are chosen to differ from each other,
 * so they are judged worse than messages will be: unsharpened, mean confidence on the development set is 0.07 low.
 */
const sharpness = 1.25;

/** One example in so many is also judged misspelt: correcting the copies takes long, and a part of them tells enough. */
const copiedEvery = 2;

interface Example {
  text: string;
  tokens: Token[];
  /** Its features, the same in every training: the words of an example are known wherever it is trained on. */
  counts: FeatureCounts;
  truth: number;
  /** Part of the examples in which it is held out. */
  fold: number;
}

/** One text that was judged by machines that had not seen it. */
export interface HeldOut extends View {
  truth: number;
  /** A copy with typing errors, from which only what is out of scope is learned. */
  isMisspelt: boolean;
}

type Core = Pick<
  ClassifierModel,
  'labels' | 'vocabulary' | 'foreignWords' | 'pairs' | 'commonWords' | 'space' | 'machines'
>;

/** Trains a classifier from any label -> texts; deterministic in the texts, their order and the settings. */
export function trainClassifier(
  examples: Readonly<Record<string, readonly string[]>>,
  changes: Partial<TrainSettings> = {},
): ClassifierModel {
  const settings = { ...defaultSettings, ...changes, commonWords: changes.commonWords ?? readCommonWords() };
  const labels = Object.keys(examples).filter((label) => (examples[label]?.length ?? 0) > 0);
  const reader = createLexiconReader(settings.lexicon);
  const course: Course = { ...readExamples(examples, labels, reader, settings), labels, reader, settings };
  const { lexicon, outOfScope } = settings;
  const model: ClassifierModel = {
    ...trainCore(course.examples, course),
    lexicon,
    scale: defaultScale,
  };
  if (outOfScope !== undefined && labels.includes(outOfScope)) model.outOfScope = outOfScope;
  return settings.folds < 2 ? model : calibrate(model, heldOutViews(course));
}

/** What every training of one classifier shares. */
interface Course {
  examples: readonly Example[];
  features: CountedTexts;
  labels: string[];
  reader: LexiconReader;
  settings: TrainSettings;
}

function readExamples(
  texts: Readonly<Record<string, readonly string[]>>,
  labels: readonly string[],
  reader: LexiconReader,
  settings: TrainSettings,
): Pick<Course, 'examples' | 'features'> {
  const read = labels.flatMap((label, truth) => {
    const own = texts[label] ?? [];
    return own.map((text, index) => ({
      text,
      tokens: plainTokens(text),
      truth,
      fold: foldOf(index, own.length, label === settings.outOfScope, settings.folds),
    }));
  });
  const sources = read.map(({ tokens }) => featureSource(reader.respell(tokens), reader));
  const features = countFeatures(sources, sources.length <= fewExamples);
  const examples = read.map((example, index) => ({
    ...example,
    counts: features.texts[index] ?? { ids: new Int32Array(), counts: new Uint16Array() },
  }));
  return { examples, features };
}

/** Negatives are held out in whole runs: neighbours in the file are of one kind, and a kind must be new to count. */
function foldOf(index: number, count: number, isNegative: boolean, folds: number): number {
  return isNegative ? Math.floor((index * folds) / count) : index % folds;
}

function trainCore(examples: readonly Example[], course: Course): Core {
  const { features, labels, reader, settings } = course;
  const { space, rows } = learnFeatures(
    features,
    examples.map((example) => example.counts),
    {
      minTexts: settings.minTexts ?? minTextsFor(examples.length),
      blockWeights: settings.blockWeights,
    },
  );
  const classes = Int32Array.from(examples, (example) => example.truth);
  const shape = { featureCount: space.hashes.length, classCount: labels.length };
  return {
    labels,
    ...countWords(examples, reader, labels.indexOf(settings.outOfScope ?? '')),
    pairs: countPairs(examples.map((example) => example.tokens)),
    commonWords: settings.commonWords,
    space,
    machines: trainDecisions(rows, classes, shape, {
      svm: settings.svm,
      bayesShare: settings.bayesShare ?? (features.isLean ? bayesShares.few : bayesShares.many),
    }),
  };
}

/** With many examples, letters that stand in few of them cost a third of the model and tell nothing. */
function minTextsFor(textCount: number): number[] {
  return [1, Math.min(4, 1 + Math.floor(textCount / 2500)), 1];
}

function countWords(
  examples: readonly Example[],
  reader: LexiconReader,
  outOfScope: number,
): Pick<ClassifierModel, 'vocabulary' | 'foreignWords'> {
  const own = new Map(reader.words().map((word) => [word, 1]));
  const foreign = new Map<string, number>();
  for (const { tokens, truth } of examples) {
    const counts = truth === outOfScope ? foreign : own;
    for (const { text } of [...tokens, ...reader.respell(tokens)])
      counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  for (const word of own.keys()) foreign.delete(word);
  return { vocabulary: Object.fromEntries(own), foreignWords: Object.fromEntries(foreign) };
}

/** Each example as judged by machines trained on the other folds. */
function heldOutViews(course: Course): HeldOut[] {
  const { examples, reader, settings } = course;
  const heldOut: HeldOut[] = [];
  const random = randomNumbers(settings.folds);
  for (let fold = 0; fold < settings.folds; fold++) {
    const core = trainCore(
      examples.filter((example) => example.fold !== fold),
      course,
    );
    const words = createWords(core);
    const view = createViewer(core, reader, words);
    for (const [at, example] of examples.entries()) {
      if (example.fold !== fold) continue;
      const { truth } = example;
      heldOut.push({ ...view(readTokens(example.text, reader, words.speller)), truth, isMisspelt: false });
      if (at % copiedEvery !== 0) continue;
      const copy = misspell(example.text, random);
      heldOut.push({ ...view(readTokens(copy, reader, words.speller)), truth, isMisspelt: true });
    }
  }
  return heldOut;
}

function calibrate(model: ClassifierModel, heldOut: readonly HeldOut[]): ClassifierModel {
  const outOfScope = model.outOfScope === undefined ? -1 : model.labels.indexOf(model.outOfScope);
  const inScope = heldOut.filter((one) => one.truth !== outOfScope && !one.isMisspelt);
  const calibrated = { ...model, scale: fitScale(inScope) * sharpness };
  if (outOfScope < 0) return calibrated;
  const figures = heldOut.map((one) => scopeFigures(one, outOfScope));
  const isOutside = heldOut.map((one) => one.truth === outOfScope);
  return {
    ...calibrated,
    scope: fitLogistic(
      figures,
      isOutside,
      isOutside.map((is) => (is ? negativeShare : 1)),
    ),
  };
}
