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
  const speeds = column(width + 1, () => 0);
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  for (let step = 0; step < steps; step++) {
    const slopes = column(width + 1, () => 0);
    for (const [index, row] of rows.entries()) {
      const error = (probability(model, row) - (truths[index] ? 1 : 0)) * ((shares[index] ?? 1) / total);
      for (let at = 0; at < width; at++) slopes[at] = (slopes[at] ?? 0) + error * standard(model, row, at);
      slopes[width] = (slopes[width] ?? 0) + error;
    }
    for (let at = 0; at <= width; at++) {
      const decay = at < width ? ridge * (model.weights[at] ?? 0) : 0;
      speeds[at] = 0.9 * (speeds[at] ?? 0) - rate * ((slopes[at] ?? 0) + decay);
      if (at < width) model.weights[at] = (model.weights[at] ?? 0) + (speeds[at] ?? 0);
      else model.bias += speeds[at] ?? 0;
    }
  }
  return model;
}

/** P(true) of one row of figures, 0 to 1. */
export function probability(model: LogisticModel, row: readonly number[]): number {
  let sum = model.bias;
  for (let at = 0; at < model.weights.length; at++)
    sum += (model.weights[at] ?? 0) * standard(model, row, at);
  return 1 / (1 + Math.exp(-sum));
}

function standard(model: LogisticModel, row: readonly number[], at: number): number {
  return ((row[at] ?? 0) - (model.means[at] ?? 0)) / (model.deviations[at] ?? 1);
}

function column(width: number, makeAt: (at: number) => number): number[] {
  return Array.from({ length: width }, (_, at) => makeAt(at));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}
