import type { LabelledText } from './examples-file.js';

/** What an engine said of one message. */
export interface Prediction {
  /** Labels, likeliest first. */
  ranked: readonly { label: string; confidence: number }[];
  /** How sure the engine is that the message is out of scope; comparable between messages only. */
  strangeness: number;
}

/** A message, its right labels and what the engine said. */
export interface Answered {
  message: LabelledText;
  prediction: Prediction;
}

/** The figures of one run, shares from 0 to 1; NaN where nothing is there to count. */
export interface Figures {
  count: number;
  /** Right labels of all messages, out of scope included. */
  accuracy: number;
  inScopeAccuracy: number;
  /** Messages in scope with a right label among the first three intents: those that could be offered as choices. */
  topThree: number;
  macroF1: number;
  outOfScopePrecision: number;
  outOfScopeRecall: number;
  /** Expected calibration error over ten equal bins of confidence. */
  calibrationError: number;
  /** Share turned away, by kind, at the strangeness that keeps 95 % of what is in scope. */
  turnedAway: Record<string, number>;
}

/** Share of messages in scope that the threshold for turning away keeps. */
const keptShare = 0.95;
const binCount = 10;

/** True when the first label counts as right. */
export function isRight({ message, prediction }: Answered): boolean {
  return isAmong(message, prediction.ranked.slice(0, 1));
}

/** Counts the figures of a run; `outOfScope` is the label of messages that are none of ours. */
export function countFigures(answered: readonly Answered[], outOfScope: string): Figures {
  const inside = answered.filter((one) => one.message.intent !== outOfScope);
  const outside = answered.filter((one) => one.message.intent === outOfScope);
  const saidOutside = answered.filter((one) => one.prediction.ranked[0]?.label === outOfScope);
  return {
    count: answered.length,
    accuracy: share(answered, isRight),
    inScopeAccuracy: share(inside, isRight),
    topThree: share(inside, ({ message, prediction }) => {
      const choices = prediction.ranked.filter(({ label }) => label !== outOfScope);
      return isAmong(message, choices.slice(0, 3));
    }),
    macroF1: macroF1(answered),
    outOfScopePrecision: share(saidOutside, isRight),
    outOfScopeRecall: share(outside, isRight),
    calibrationError: calibrationError(answered),
    turnedAway: turnedAway(inside, outside),
  };
}

function isAmong(message: LabelledText, ranked: Prediction['ranked']): boolean {
  return ranked.some(({ label }) => label === message.intent || message.alternatives.includes(label));
}

function share<One>(all: readonly One[], counts: (one: One) => boolean): number {
  return all.length === 0 ? Number.NaN : all.filter(counts).length / all.length;
}

/** A label said that is an alternative counts as the intent itself. */
function macroF1(answered: readonly Answered[]): number {
  const counts = new Map<string, { right: number; said: number; real: number }>();
  const of = (label: string) => {
    const known = counts.get(label) ?? { right: 0, said: 0, real: 0 };
    counts.set(label, known);
    return known;
  };
  for (const one of answered) {
    const right = isRight(one);
    const real = one.message.intent;
    of(real).real += 1;
    of(right ? real : (one.prediction.ranked[0]?.label ?? '')).said += 1;
    if (right) of(real).right += 1;
  }
  const scores = [...counts.values()]
    .filter((one) => one.real > 0)
    .map((one) => (2 * one.right) / (one.said + one.real));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Mean distance between confidence and accuracy in ten bins, weighed by their size (M. Naeini et al., AAAI 2015). */
function calibrationError(answered: readonly Answered[]): number {
  const bins = Array.from({ length: binCount }, () => ({ confidence: 0, right: 0 }));
  for (const one of answered) {
    const confidence = one.prediction.ranked[0]?.confidence ?? 0;
    const bin = bins[Math.min(binCount - 1, Math.floor(confidence * binCount))];
    if (bin === undefined) continue;
    bin.confidence += confidence;
    bin.right += isRight(one) ? 1 : 0;
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / answered.length;
}

function turnedAway(inside: readonly Answered[], outside: readonly Answered[]): Record<string, number> {
  const limits = inside.map((one) => one.prediction.strangeness).sort((one, other) => one - other);
  const limit = limits[Math.min(limits.length - 1, Math.ceil(limits.length * keptShare) - 1)];
  const kinds = new Set(outside.map((one) => one.message.kind ?? 'all'));
  const shares: Record<string, number> = {};
  for (const kind of [...kinds].sort()) {
    const ofKind = outside.filter((one) => (one.message.kind ?? 'all') === kind);
    shares[kind] =
      limit === undefined ? Number.NaN : share(ofKind, (one) => one.prediction.strangeness > limit);
  }
  return shares;
}
