import type { Answered, Figures } from './figures.js';
import { isRight } from './figures.js';

const shownPairs = 12;
const shownExamples = 3;
const shownChars = 90;

/** The figures as lines of text: shares in percent with one decimal. */
export function figureLines(figures: Figures): string[] {
  const away = Object.entries(figures.turnedAway).map(([kind, value]) => `${kind} ${percent(value)}`);
  return [
    `messages ${figures.count}`,
    `accuracy ${percent(figures.accuracy)}  in scope ${percent(figures.inScopeAccuracy)}  among the first three ${percent(figures.topThree)}  macro-F1 ${percent(figures.macroF1)}`,
    `out of scope: precision ${percent(figures.outOfScopePrecision)}  recall ${percent(figures.outOfScopeRecall)}`,
    ...(away.length > 0 ? [`turned away with 95 % in scope kept: ${away.join('  ')}`] : []),
    `expected calibration error ${figures.calibrationError.toFixed(3)}`,
  ];
}

/** The commonest confusions as lines: right label, label said, count, and, where wanted, a few of the messages. */
export function confusionLines(answered: readonly Answered[], showsTexts: boolean): string[] {
  const pairs = new Map<string, string[]>();
  for (const one of answered) {
    if (isRight(one)) continue;
    const pair = `${one.message.intent} -> ${one.prediction.ranked[0]?.label ?? 'nothing'}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), one.message.text]);
  }
  const commonest = [...pairs].sort((one, other) => other[1].length - one[1].length).slice(0, shownPairs);
  return commonest.flatMap(([pair, texts]) => [
    `${pair}  ${texts.length}`,
    ...(showsTexts ? texts.slice(0, shownExamples) : []).map((text) => `    ${text.slice(0, shownChars)}`),
  ]);
}

/** A share as percent with one decimal, "-" where there was nothing to count. */
export function percent(value: number): string {
  return Number.isNaN(value) ? '-' : (value * 100).toFixed(1);
}
