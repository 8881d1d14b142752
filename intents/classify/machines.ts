import { trainBayes } from './bayes.js';
import { type SvmSettings, trainMachines } from './linear-svm.js';
import type { SparseRow } from './sparse.js';

/** Linear decision functions, one a class, in steps of a class's own scale: a quarter of the size of floats. */
export interface Decisions {
  classCount: number;
  /** `steps[feature * classCount + class]`, times the scale of the class. */
  steps: Int8Array;
  scales: Float32Array;
  biases: Float32Array;
}

const largestStep = 127;

/** Trains support vector machines and complement Bayes and adds them, Bayes with its prior times `bayesShare`. */
export function trainDecisions(
  rows: readonly SparseRow[],
  classes: Int32Array,
  shape: { featureCount: number; classCount: number },
  { svm, bayesShare }: { svm: SvmSettings; bayesShare: number },
): Decisions {
  const { classCount } = shape;
  const { weights, biases } = trainMachines(rows, classes, shape, svm);
  const bayes = trainBayes(rows, classes, shape);
  for (const [index, count] of countClasses(classes, classCount).entries()) {
    biases[index] = (biases[index] ?? 0) + bayesShare * Math.log((count + 1) / (rows.length + classCount));
  }
  const scales = new Float32Array(classCount);
  for (let place = 0; place < weights.length; place++) {
    const weight = (weights[place] ?? 0) + bayesShare * (bayes[place] ?? 0);
    weights[place] = weight;
    const index = place % classCount;
    scales[index] = Math.max(scales[index] ?? 0, Math.abs(weight) / largestStep);
  }
  const steps = new Int8Array(weights.length);
  for (let place = 0; place < weights.length; place++) {
    steps[place] = Math.round((weights[place] ?? 0) / (scales[place % classCount] || 1));
  }
  return { classCount, steps, scales, biases };
}

function countClasses(classes: Int32Array, classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0);
  for (const target of classes) counts[target] = (counts[target] ?? 0) + 1;
  return counts;
}

/** The decision value of every class for one row. */
export function decide(row: SparseRow, { classCount, steps, scales, biases }: Decisions): Float32Array {
  const sums = new Float64Array(classCount);
  for (let at = 0; at < row.ids.length; at++) {
    const value = row.values[at] ?? 0;
    const first = (row.ids[at] ?? 0) * classCount;
    for (let index = 0; index < classCount; index++) {
      sums[index] = (sums[index] ?? 0) + value * (steps[first + index] ?? 0);
    }
  }
  const values = new Float32Array(classCount);
  for (let index = 0; index < classCount; index++) {
    values[index] = (sums[index] ?? 0) * (scales[index] ?? 0) + (biases[index] ?? 0);
  }
  return values;
}
