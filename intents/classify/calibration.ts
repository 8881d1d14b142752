/** The decision values of one text, one a class, and the class it really has. */
export interface Judged {
  values: Float32Array;
  truth: number;
}

const least = 1 / 4;
const most = 64;
/** Halvings of the range, which leave a thousandth of the scale in doubt. */
const halvings = 13;

/**
 * The scale under which the true classes of `judged` are likeliest under softmax(values * scale): temperature scaling
 * (C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017). The mean log loss is convex, so its slope is
 * halved in on. The values must be of texts that were not trained on.
 */
export function fitScale(judged: readonly Judged[]): number {
  let low = Math.log(least);
  let high = Math.log(most);
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2;
    if (slopeOfLoss(judged, Math.exp(middle)) > 0) high = middle;
    else low = middle;
  }
  return Math.exp((low + high) / 2);
}

/** Expected less true value over all texts: above 0 where a smaller scale is better. */
function slopeOfLoss(judged: readonly Judged[], scale: number): number {
  let slope = 0;
  for (const { values, truth } of judged) {
    const shares = toShares(values, scale);
    for (let index = 0; index < shares.length; index++) slope += (shares[index] ?? 0) * (values[index] ?? 0);
    slope -= values[truth] ?? 0;
  }
  return slope;
}

/** Probability of each class: softmax of the scaled values. */
export function toShares(values: Float32Array, scale: number): Float32Array {
  const shares = new Float32Array(values.length);
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = scale * (values[index] ?? 0);
    shares[index] = value;
    if (value > largest) largest = value;
  }
  let sum = 0;
  for (let index = 0; index < shares.length; index++) {
    const share = Math.exp((shares[index] ?? 0) - largest);
    shares[index] = share;
    sum += share;
  }
  for (let index = 0; index < shares.length; index++) shares[index] = (shares[index] ?? 0) / sum;
  return shares;
}
