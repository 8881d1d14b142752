import type { SparseRow } from './sparse.js';

/** Added to every feature's mass in every class. */
const smoothing = 0.01;

/**
 * Complement naive Bayes over TF-IDF rows (J. Rennie et al., "Tackling the Poor Assumptions of Naive Bayes Text
 * Classifiers", ICML 2003): for each feature and class ln P(feature | class) - ln P(feature | every other class),
 * as `weights[feature * classCount + class]`. Linear, so it can be added to other linear machines.
 */
export function trainBayes(
  rows: readonly SparseRow[],
  classes: Int32Array,
  shape: { featureCount: number; classCount: number },
): Float32Array {
  const { featureCount, classCount } = shape;
  const mass = new Float32Array(featureCount * classCount).fill(smoothing);
  for (const [index, row] of rows.entries()) {
    const target = classes[index] ?? 0;
    for (let at = 0; at < row.ids.length; at++) {
      const place = (row.ids[at] ?? 0) * classCount + target;
      mass[place] = (mass[place] ?? 0) + (row.values[at] ?? 0);
    }
  }
  const ofClass = new Float64Array(classCount);
  for (let place = 0; place < mass.length; place++) {
    ofClass[place % classCount] = (ofClass[place % classCount] ?? 0) + (mass[place] ?? 0);
  }
  const all = ofClass.reduce((sum, value) => sum + value, 0);
  return weighFeatures(mass, ofClass, all);
}

function weighFeatures(mass: Float32Array, ofClass: Float64Array, all: number): Float32Array {
  const classCount = ofClass.length;
  const weights = new Float32Array(mass.length);
  for (let first = 0; first < mass.length; first += classCount) {
    let ofFeature = 0;
    for (let index = 0; index < classCount; index++) ofFeature += mass[first + index] ?? 0;
    for (let index = 0; index < classCount; index++) {
      const own = mass[first + index] ?? 0;
      const total = ofClass[index] ?? 1;
      weights[first + index] = Math.log(own / total) - Math.log((ofFeature - own) / (all - total));
    }
  }
  return weights;
}
