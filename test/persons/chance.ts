import { randomNumbers } from '../../intents/text/random.js';

/** Draws from one seed; the same seed gives the same draws. */
export interface Chance {
  /** True in this share of draws. */
  happens(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of the values, by weight. */
  weigh<T extends { weight: number }>(from: readonly T[]): T;
  number(): number;
}

/** Draws that follow from the seed alone. */
export function chanceOf(seed: number): Chance {
  const number = randomNumbers(seed);
  const pick = <T>(from: readonly T[]): T => {
    const value = from[Math.floor(number() * from.length)];
    if (value === undefined) throw new RangeError('pick: there is nothing to choose from');
    return value;
  };
  return {
    number,
    happens: (share) => number() < share,
    pick,
    weigh: (from) => {
      let left = number() * from.reduce((sum, one) => sum + one.weight, 0);
      for (const one of from) {
        left -= one.weight;
        if (left < 0) return one;
      }
      return pick(from);
    },
  };
}
