import { randomNumbers } from '../text/random.js';
import type { SparseRow } from './sparse.js';

/** How the linear machines are trained. */
export interface SvmSettings {
  /** Price of an example on the wrong side of the margin. */
  cost: number;
  /** Price factor of a positive example: there are far fewer of them than negatives. */
  positiveCost: number;
  passes: number;
}

/** One machine a class over the same features; `weights[feature * classCount + class]`. */
export interface LinearMachines {
  classCount: number;
  weights: Float32Array;
  biases: Float32Array;
}

/** An example that is right by more than this has its next look in a full pass. */
const shelvedFrom = 0.1;
/** One pass in so many looks at every example; after nine of both kinds the objective is 0.4 % above its least. */
const fullPassEvery = 4;
const leastGradient = 1e-3;

/** All rows in one run of memory: row r is `starts[r]` to `starts[r + 1]` of ids and values. */
interface Rows {
  starts: Int32Array;
  ids: Int32Array;
  values: Float32Array;
  squaredNorms: Float64Array;
}

/**
 * One-against-rest linear support vector machines with squared hinge loss, trained by dual coordinate descent:
 * C.-J. Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008, algorithm 1;
 * shrinking (section 3.2) is simpler here: what is right by some way is left out until the next full pass.
 * Deterministic: the order of the examples is drawn from a fixed seed.
 */
export function trainMachines(
  rows: readonly SparseRow[],
  classes: Int32Array,
  shape: { featureCount: number; classCount: number },
  settings: SvmSettings,
): LinearMachines {
  const { featureCount, classCount } = shape;
  const packed = packRows(rows);
  const weights = new Float32Array(featureCount * classCount);
  const biases = new Float32Array(classCount);
  for (let target = 0; target < classCount; target++) {
    const machine = trainOne(packed, classes, target, { featureCount, ...settings });
    for (let feature = 0; feature < featureCount; feature++) {
      weights[feature * classCount + target] = machine[feature] ?? 0;
    }
    biases[target] = machine[featureCount] ?? 0;
  }
  return { classCount, weights, biases };
}

function packRows(rows: readonly SparseRow[]): Rows {
  const starts = new Int32Array(rows.length + 1);
  for (const [index, row] of rows.entries()) starts[index + 1] = (starts[index] ?? 0) + row.ids.length;
  const total = starts[rows.length] ?? 0;
  const ids = new Int32Array(total);
  const values = new Float32Array(total);
  for (const [index, row] of rows.entries()) {
    ids.set(row.ids, starts[index]);
    values.set(row.values, starts[index]);
  }
  return { starts, ids, values, squaredNorms: Float64Array.from(rows, (row) => row.squaredNorm) };
}

function trainOne(
  rows: Rows,
  classes: Int32Array,
  target: number,
  settings: SvmSettings & { featureCount: number },
): Float64Array {
  const { featureCount, passes } = settings;
  const machine = new Float64Array(featureCount + 1);
  const multipliers = new Float64Array(classes.length);
  const order = Int32Array.from(classes, (_, index) => index);
  const random = randomNumbers(target + 1);
  let active = classes.length;
  for (let pass = 0; pass < passes; pass++) {
    if (pass % fullPassEvery === 0) active = classes.length;
    shuffle(order, active, random);
    for (let position = 0; position < active; position++) {
      const index = order[position] ?? 0;
      const sign = classes[index] === target ? 1 : -1;
      const diagonal = 1 / (2 * settings.cost * (sign > 0 ? settings.positiveCost : 1));
      const old = multipliers[index] ?? 0;
      const gradient = sign * product(rows, index, machine) - 1 + diagonal * old;
      if (old === 0 && gradient > shelvedFrom) {
        active -= 1;
        swap(order, position, active);
        position -= 1;
      } else if (Math.abs(gradient) > leastGradient && (old > 0 || gradient < 0)) {
        const next = Math.max(old - gradient / ((rows.squaredNorms[index] ?? 0) + 1 + diagonal), 0);
        multipliers[index] = next;
        addScaled(rows, index, machine, (next - old) * sign);
      }
    }
  }
  return machine;
}

/** The value of the machine for a row; two sums side by side, since one would wait for itself. */
function product({ starts, ids, values }: Rows, index: number, machine: Float64Array): number {
  const end = starts[index + 1] ?? 0;
  let sum = machine[machine.length - 1] ?? 0;
  let other = 0;
  let at = starts[index] ?? 0;
  for (; at + 1 < end; at += 2) {
    sum += (values[at] ?? 0) * (machine[ids[at] ?? 0] ?? 0);
    other += (values[at + 1] ?? 0) * (machine[ids[at + 1] ?? 0] ?? 0);
  }
  if (at < end) sum += (values[at] ?? 0) * (machine[ids[at] ?? 0] ?? 0);
  return sum + other;
}

function addScaled(
  { starts, ids, values }: Rows,
  index: number,
  machine: Float64Array,
  factor: number,
): void {
  const end = starts[index + 1] ?? 0;
  for (let at = starts[index] ?? 0; at < end; at++) {
    const id = ids[at] ?? 0;
    machine[id] = (machine[id] ?? 0) + factor * (values[at] ?? 0);
  }
  const bias = machine.length - 1;
  machine[bias] = (machine[bias] ?? 0) + factor;
}

function shuffle(order: Int32Array, count: number, random: () => number): void {
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    swap(order, last, other);
  }
}

function swap(order: Int32Array, one: number, other: number): void {
  const kept = order[one] ?? 0;
  order[one] = order[other] ?? 0;
  order[other] = kept;
}
