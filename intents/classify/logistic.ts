/** A logistic regression over a few named figures. */
export interface LogisticModel {
  means: number[];
  deviations: number[];
  weights: number[];
  bias: number;
}

const steps = 600;
const rate = 0.3;
const ridge = 1e-3;

/**
 * Fits P(true | figures) by gradient descent with momentum on standardised figures; `weights` says how much each
 * row counts. Deterministic.
 */
export function fitLogistic(
  rows: readonly number[][],
  truths: readonly boolean[],
  shares: readonly number[],
): LogisticModel {
  const width = rows[0]?.length ?? 0;
  const means = column(width, (at) => mean(rows.map((row) => row[at] ?? 0)));
  const deviations = column(width, (at) => {
    const variance = mean(rows.map((row) => ((row[at] ?? 0) - (means[at] ?? 0)) ** 2));
    return Math.sqrt(variance) || 1;
  });
  const model: LogisticModel = { means, deviations, weights: column(width, () => 0), bias: 0 };
  const standards = Float64Array.from(
    rows.flatMap((row) => column(width, (at) => ((row[at] ?? 0) - (means[at] ?? 0)) / (deviations[at] ?? 1))),
  );
  const speeds = column(width + 1, () => 0);
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  for (let step = 0; step < steps; step++) {
    const slopes = slopesOf(model, standards, truths, shares);
    for (let at = 0; at <= width; at++) {
      const decay = at < width ? ridge * (model.weights[at] ?? 0) : 0;
      speeds[at] = 0.9 * (speeds[at] ?? 0) - rate * ((slopes[at] ?? 0) / total + decay);
      if (at < width) model.weights[at] = (model.weights[at] ?? 0) + (speeds[at] ?? 0);
      else model.bias += speeds[at] ?? 0;
    }
  }
  return model;
}

/** Slope of the weighed log loss at each weight and, last, at the bias. */
function slopesOf(
  { weights, bias }: LogisticModel,
  standards: Float64Array,
  truths: readonly boolean[],
  shares: readonly number[],
): Float64Array {
  const width = weights.length;
  const slopes = new Float64Array(width + 1);
  for (let index = 0; index < truths.length; index++) {
    const first = index * width;
    let sum = bias;
    for (let at = 0; at < width; at++) sum += (weights[at] ?? 0) * (standards[first + at] ?? 0);
    const error = (1 / (1 + Math.exp(-sum)) - (truths[index] ? 1 : 0)) * (shares[index] ?? 1);
    for (let at = 0; at < width; at++) slopes[at] = (slopes[at] ?? 0) + error * (standards[first + at] ?? 0);
    slopes[width] = (slopes[width] ?? 0) + error;
  }
  return slopes;
}

/** P(true) of one row of figures, 0 to 1. */
export function probability(model: LogisticModel, row: readonly number[]): number {
  let sum = model.bias;
  for (let at = 0; at < model.weights.length; at++) {
    const standard = ((row[at] ?? 0) - (model.means[at] ?? 0)) / (model.deviations[at] ?? 1);
    sum += (model.weights[at] ?? 0) * standard;
  }
  return 1 / (1 + Math.exp(-sum));
}

function column(width: number, makeAt: (at: number) => number): number[] {
  return Array.from({ length: width }, (_, at) => makeAt(at));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}
