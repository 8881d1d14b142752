/** Two views of one text, a value a class, and the class it really has. */
export interface Judged {
  machine: Float32Array;
  nearest: Float32Array;
  truth: number;
}

/** How the views are weighed before the softmax; the scale of both together is the temperature. */
export interface Blend {
  machine: number;
  nearest: number;
}

const steps = 60;
const rate = 1.5;

/**
 * The blend under which the true classes of `judged` are likeliest: gradient descent on the mean log loss of
 * softmax(machine * a + nearest * b). With one view this is temperature scaling (C. Guo et al., "On Calibration
 * of Modern Neural Networks", ICML 2017); the texts must not have been trained on by the views.
 */
export function fitBlend(judged: readonly Judged[]): Blend {
  const blend: Blend = { machine: 4, nearest: 2 };
  let speedMachine = 0;
  let speedNearest = 0;
  const shares = new Float32Array(judged[0]?.machine.length ?? 0);
  for (let step = 0; step < steps && judged.length > 0; step++) {
    let machine = 0;
    let nearest = 0;
    for (const one of judged) {
      blendInto(shares, one, blend);
      for (let index = 0; index < shares.length; index++) {
        const error = (shares[index] ?? 0) - (index === one.truth ? 1 : 0);
        machine += error * (one.machine[index] ?? 0);
        nearest += error * (one.nearest[index] ?? 0);
      }
    }
    speedMachine = 0.9 * speedMachine - (rate * machine) / judged.length;
    speedNearest = 0.9 * speedNearest - (rate * nearest) / judged.length;
    blend.machine += speedMachine;
    blend.nearest += speedNearest;
  }
  return blend;
}

/** Probability of each class: softmax of the weighed views. */
export function blendViews(views: Omit<Judged, 'truth'>, blend: Blend): Float32Array {
  const shares = new Float32Array(views.machine.length);
  blendInto(shares, views, blend);
  return shares;
}

function blendInto(shares: Float32Array, { machine, nearest }: Omit<Judged, 'truth'>, blend: Blend): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < shares.length; index++) {
    const value = blend.machine * (machine[index] ?? 0) + blend.nearest * (nearest[index] ?? 0);
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
}
