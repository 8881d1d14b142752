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

/** The decision value of every class for one row; four features at a time, which halves the reads and writes of sums. */
export function decide(row: SparseRow, decisions: Decisions): Float32Array {
  const { classCount, steps, scales, biases } = decisions;
  const { ids, values } = row;
  const sums = new Float64Array(classCount);
  const wholeFours = ids.length - (ids.length % 4);
  for (let at = 0; at < wholeFours; at += 4) addFour(sums, steps, row, at);
  for (let at = wholeFours; at < ids.length; at++) {
    const value = values[at] ?? 0;
    const first = (ids[at] ?? 0) * classCount;
    for (let index = 0; index < classCount; index++) {
      sums[index] = (sums[index] ?? 0) + value * (steps[first + index] ?? 0);
    }
  }
  const decided = new Float32Array(classCount);
  for (let index = 0; index < classCount; index++) {
    decided[index] = (sums[index] ?? 0) * (scales[index] ?? 0) + (biases[index] ?? 0);
  }
  return decided;
}

/** Adds the features at `at` and the three after it to the sums of all classes. */
function addFour(sums: Float64Array, steps: Int8Array, { ids, values }: SparseRow, at: number): void {
  const count = sums.length;
  const [a, b, c, d] = [values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0, values[at + 3] ?? 0];
  const ofA = (ids[at] ?? 0) * count;
  const ofB = (ids[at + 1] ?? 0) * count;
  const ofC = (ids[at + 2] ?? 0) * count;
  const ofD = (ids[at + 3] ?? 0) * count;
  for (let index = 0; index < count; index++) {
    const one = a * (steps[ofA + index] ?? 0) + b * (steps[ofB + index] ?? 0);
    const other = c * (steps[ofC + index] ?? 0) + d * (steps[ofD + index] ?? 0);
    sums[index] = (sums[index] ?? 0) + one + other;
  }
}
