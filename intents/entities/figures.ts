import { quantityPattern, readFigure, readQuantity } from '../number-words.js';
import type { FoundValue } from './found.js';

const percentPattern = /(?<![\w.,])(?<figure>\d{1,3}(?:[.,]\d+)?)\s?(?:%|percent|per cent|pct|prozent)/gu;
const hourUnits: readonly [RegExp, string, number][] = [
  [/^s(?:ec(?:ond)?s?)?$/u, 'second', 1 / 3600],
  [/^m(?:in(?:ute)?s?)?$/u, 'minute', 1 / 60],
  [/^(?:h(?:ou)?rs?|h)$/u, 'hour', 1],
  [/^days?$/u, 'day', 24],
  [/^nights?$/u, 'night', 8],
  [/^w(?:ee)?ks?$/u, 'week', 168],
  [/^months?$/u, 'month', 730],
  [/^y(?:ea)?rs?$/u, 'year', 8760],
];
const durationPattern = new RegExp(
  `(?<![\\w.,])(?<quantity>${quantityPattern})[\\s-]?(?<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|hr|h|days?|nights?|weeks?|wks?|months?|years?|yrs?)(?!\\w)`,
  'gu',
);
const wholeTimes: readonly [RegExp, string, number][] = [
  [/(?<!\w)(?:all|the whole|whole) night(?!\w)|(?<!\w)over ?night(?!\w)/gu, '1 night', 8],
  [/(?<!\w)(?:all|the whole) day(?!\w)/gu, '1 day', 24],
];

/** A duration: its value in one spelling ("3 hours") and in hours. */
export interface FoundDuration extends FoundValue {
  hours: number;
}

/** Percentages in folded text, 0 to 100. */
export function findPercents(folded: string): (FoundValue & { percent: number })[] {
  const found: (FoundValue & { percent: number })[] = [];
  for (const match of folded.matchAll(percentPattern)) {
    const percent = readFigure(match.groups?.figure ?? '');
    if (percent === undefined || percent > 100) continue;
    const span = { start: match.index, end: match.index + match[0].length };
    found.push({ entity: 'percent', value: String(percent), span, percent });
  }
  return found;
}

/** Durations in folded text: "3 hours", "two days", "half an hour", "all night". */
export function findDurations(folded: string): FoundDuration[] {
  const found: FoundDuration[] = [];
  for (const match of folded.matchAll(durationPattern)) {
    const count = readQuantity(match.groups?.quantity ?? '');
    const unit = hourUnits.find(([pattern]) => pattern.test(match.groups?.unit ?? ''));
    if (count === undefined || unit === undefined) continue;
    const [, name, hours] = unit;
    const span = { start: match.index, end: match.index + match[0].length };
    found.push({
      entity: 'duration',
      value: `${count} ${name}${count === 1 ? '' : 's'}`,
      span,
      hours: count * hours,
    });
  }
  for (const [pattern, value, hours] of wholeTimes) {
    for (const match of folded.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      found.push({ entity: 'duration', value, span, hours });
    }
  }
  return found;
}
