/** Prices in the speller, as negative natural logarithms; chosen by cross-validation over the examples. */
export interface SpellingCosts {
  /** Of one edit, and what it costs more at the first letter. */
  edit: number;
  firstLetter: number;
  /** Of a gap that is missing, too many, or one letter off. */
  gap: number;
  /** Of a letter in place of a gap, beside the gap. */
  lostGap: number;
  /** Of leaving a word that nothing knows as it is, and more for each letter of it. */
  unknown: number;
  unknownLetter: number;
  /** Of leaving a common word that no example uses. */
  common: number;
  /** Share of the word before in the likelihood of a word. */
  pairShare: number;
}

export const spellingCosts: SpellingCosts = {
  edit: 5,
  firstLetter: 1,
  gap: 3.5,
  lostGap: 1,
  unknown: 15,
  unknownLetter: 1,
  common: 10,
  pairShare: 0.7,
};
