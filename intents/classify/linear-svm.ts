import { randomNumbers } from '../text/random.js';
import type { SparseRow } from './sparse.js';

/** How the linear machines are trained. */
export interface SvmSettings {
  /** Price of an example on the wrong side of the margin. */
  cost: number;
  /** Price factor of a positive example: there are far fewer of them than negatives. */
  positiveCost: number;
  maxPasses: number;
  /** Training of one machine ends when the projected gradients of a pass lie within this. */
  tolerance: number;
}

/** One machine a class over the same features; `weights[feature * classCount + class]`. */
export interface LinearMachines {
  classCount: number;
  weights: Float32Array;
  biases: Float32Array;
}

/**
 * One-against-rest linear support vector machines with squared hinge loss, trained by dual coordinate descent:
 * C.-J. Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008, algorithm 1;
 * and examples far outside the margin are left out until the end (section 3.2).
 * Deterministic: the order of the examples is drawn from a fixed seed.
 */
export function trainMachines(
  rows: readonly SparseRow[],
  classes: Int32Array,
  shape: { featureCount: number; classCount: number },
  settings: SvmSettings,
): LinearMachines {
  const { featureCount, classCount } = shape;
  const weights = new Float32Array(featureCount * classCount);
  const biases = new Float32Array(classCount);
  for (let target = 0; target < classCount; target++) {
    const machine = trainOne(rows, classes, target, { featureCount, ...settings });
    for (let feature = 0; feature < featureCount; feature++) {
      weights[feature * classCount + target] = machine[feature] ?? 0;
    }
    biases[target] = machine[featureCount] ?? 0;
  }
  return { classCount, weights, biases };
}

function trainOne(
  rows: readonly SparseRow[],
  classes: Int32Array,
  target: number,
  settings: SvmSettings & { featureCount: number },
): Float64Array {
  const { featureCount, maxPasses, tolerance } = settings;
  const machine = new Float64Array(featureCount + 1);
  const multipliers = new Float64Array(rows.length);
  const order = Int32Array.from(rows, (_, index) => index);
  const random = randomNumbers(target + 1);
  let active = rows.length;
  let bound = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < maxPasses; pass++) {
    shuffle(order, active, random);
    let largest = Number.NEGATIVE_INFINITY;
    let smallest = Number.POSITIVE_INFINITY;
    for (let position = 0; position < active; position++) {
      const index = order[position] ?? 0;
      const row = rows[index];
      if (row === undefined) continue;
      const sign = classes[index] === target ? 1 : -1;
      const diagonal = 1 / (2 * settings.cost * (sign > 0 ? settings.positiveCost : 1));
      const old = multipliers[index] ?? 0;
      const gradient = sign * product(row, machine, featureCount) - 1 + diagonal * old;
      if (old === 0 && gradient > bound) {
        active -= 1;
        swap(order, position, active);
        position -= 1;
        continue;
      }
      const projected = old > 0 ? gradient : Math.min(gradient, 0);
      largest = Math.max(largest, projected);
      smallest = Math.min(smallest, projected);
      if (Math.abs(projected) < 1e-12) continue;
      const next = Math.max(old - gradient / (row.squaredNorm + 1 + diagonal), 0);
      multipliers[index] = next;
      addScaled(row, machine, featureCount, (next - old) * sign);
    }
    if (largest - smallest < tolerance) {
      if (active === rows.length) break;
      active = rows.length;
      bound = Number.POSITIVE_INFINITY;
    } else bound = largest <= 0 ? Number.POSITIVE_INFINITY : largest;
  }
  return machine;
}

function product(row: SparseRow, machine: Float64Array, bias: number): number {
  let sum = machine[bias] ?? 0;
  const { ids, values } = row;
  for (let at = 0; at < ids.length; at++) sum += (values[at] ?? 0) * (machine[ids[at] ?? 0] ?? 0);
  return sum;
}

function addScaled(row: SparseRow, machine: Float64Array, bias: number, factor: number): void {
  const { ids, values } = row;
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] ?? 0;
    machine[id] = (machine[id] ?? 0) + factor * (values[at] ?? 0);
  }
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
