import { amountRole } from './amount-role.js';
import { quantityPattern, readFigure, readQuantity } from './number-words.js';
import { foldText } from './text/fold.js';
import type { Amount, Span } from './understanding.js';

/** Bytes of a unit as vendors show them: decimal, 1 GB = 1e9 bytes. */
const unitBytes = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** A unit of data as it is shown. */
export type DataUnit = keyof typeof unitBytes;

const unitPatterns: readonly [DataUnit, string][] = [
  ['KB', 'kb|kib|kilobytes?'],
  ['MB', "mb|mbs|mb's|mib|megs?|megabytes?|mega ?bytes?|mo"],
  ['GB', "gb|gbs|gb's|gib|gigs?|gig's|gigabytes?|giga ?bytes?|go"],
  ['TB', 'tb|tbs|tib|teras?|terabytes?|tera ?bytes?'],
];

const unitPattern = unitPatterns.map(([, source]) => source).join('|');
const notSpeed = '(?![a-z])(?!\\s?(?:\\/\\s?s|p\\/?s|per sec|a sec|an? hour internet|wifi|ghz|\\/s))';
const amountPattern = new RegExp(
  `(?<![\\w.,])(?<minus>-)?(?<quantity>${quantityPattern})(?:\\s|-)?(?<unit>${unitPattern})${notSpeed}`,
  'gu',
);
const gluedGigabytes = /(?<![\w.,-])(?<quantity>\d+[.,]\d+|(?!\d\d?g)\d+|[1-9]\d)g(?![\w])/gu;
/** "4.8 of 5 GB", "3.2 free of 5 gb", "3/5gb": the first figure shares the unit of the second. */
const sharedUnit =
  /(?<![\w.,])(?<figure>\d+(?:[.,]\d+)*)\s?(?<role>free|used|left|full|remaining|available)?\s?(?:\/|of|out of|from|on|of my|out of my)\s?$/u;
/** "4.8 used", "4.8 are in use", "only 3 left": a figure that says what it is of, and takes its unit from beside it. */
const bareFigure =
  /(?<![\w.,-])(?<figure>\d+(?:[.,]\d+)*)\s(?:(?:is|are|of it|of them|already|still|in)\s){0,3}(?<role>used?|free|left|full|taken|remaining|available)(?!\w|\s(?!of|up|now|on|in|already|and|but|so|the|my|icloud)\w)/gu;
const askedFigure =
  /(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w%]|[\s-]?(?:%|percent|per cent|sec|min|hour|hr|day|week|month|year))/gu;
const speedWords = /^\s?(?:broadband|fibre|fiber|upload|download|internet|connection|line|speed)\b/u;

/** Every amount of data in `text` with its role, in order of appearance; speeds in bits are none. Never throws. */
export function readAmounts(text: string): Amount[] {
  const folded = foldText(text);
  const found: Amount[] = [];
  for (const match of folded.matchAll(amountPattern)) takeAmount(folded, match, found);
  for (const match of folded.matchAll(gluedGigabytes)) {
    const value = readFigure(match.groups?.quantity ?? '');
    const span = { start: match.index, end: match.index + match[0].length };
    if (value !== undefined && !overlaps(span, found)) found.push(makeAmount(value, 'GB', span));
  }
  takeBareFigures(folded, found);
  found.sort((one, other) => one.span.start - other.span.start);
  return found.map((amount, index) =>
    withRole(folded, amount, { before: found[index - 1], after: found[index + 1] }),
  );
}

/**
 * Figures without a unit, as gigabytes, for a place where an amount was asked: each that the words around it say
 * something of ("195 used, 5 left"), or else the first ("15", "about 3,5").
 */
export function readBareAmounts(text: string): Amount[] {
  const folded = foldText(text);
  const found = [...folded.matchAll(askedFigure)].flatMap((match) => {
    const value = readFigure(match[0]);
    const span = { start: match.index, end: match.index + match[0].length };
    return value === undefined ? [] : [makeAmount(value, 'GB', span)];
  });
  const told = found
    .map((amount, at) => withRole(folded, amount, { before: found[at - 1], after: found[at + 1] }))
    .filter((amount) => amount.role !== undefined);
  return told.length > 0 ? told : found.slice(0, 1);
}

/** An amount in one spelling: at most two decimals, the unit as meant ("8.2 GB", "512 MB"). */
function makeAmount(value: number, unit: DataUnit, span: Span): Amount {
  return {
    bytes: Math.round(value * unitBytes[unit]),
    text: `${Math.round(value * 100) / 100} ${unit}`,
    span,
  };
}

function takeAmount(folded: string, match: RegExpExecArray, found: Amount[]): void {
  const quantity = match.groups?.quantity ?? '';
  const unitText = match.groups?.unit ?? '';
  const unit = unitPatterns.find(([, source]) => new RegExp(`^(?:${source})$`, 'u').test(unitText))?.[0];
  const value = readQuantity(quantity);
  const start = match.index;
  const end = start + match[0].length;
  const isNegative = match.groups?.minus === '-' && !/\d\s?$/u.test(folded.slice(0, start));
  if (unit === undefined || value === undefined || isNegative) return;
  const rest = folded.slice(end);
  if (isFrenchWord(unitText, quantity, rest) || (/^(?:megs?|mbs?)$/u.test(unitText) && speedWords.test(rest)))
    return;
  const partner = sharedUnit.exec(folded.slice(0, start));
  const figure = readFigure(partner?.groups?.figure ?? 'none');
  if (partner !== null && figure !== undefined && Number.isFinite(figure)) {
    const role = partner.groups?.role;
    const part = makeAmount(figure, unit, {
      start: partner.index,
      end: partner.index + partner[0].trimEnd().length,
    });
    found.push({ ...part, role: role === undefined || role === 'used' || role === 'full' ? 'used' : 'free' });
    found.push({ ...makeAmount(value, unit, { start, end }), role: 'total' });
    return;
  }
  found.push(makeAmount(value, unit, { start, end }));
}

/** Figures without a unit of their own beside an amount that has one. */
function takeBareFigures(folded: string, found: Amount[]): void {
  const unit = found.at(-1)?.text.split(' ')[1] as DataUnit | undefined;
  if (unit === undefined) return;
  for (const match of folded.matchAll(bareFigure)) {
    const value = readFigure(match.groups?.figure ?? '');
    const span = { start: match.index, end: match.index + (match.groups?.figure ?? '').length };
    if (value === undefined || overlaps(span, found)) continue;
    const isUsed = ['use', 'used', 'full', 'taken'].includes(match.groups?.role ?? '');
    found.push({ ...makeAmount(value, unit, span), role: isUsed ? 'used' : 'free' });
  }
}

/** "go" and "mo" are units after a figure only where no English sentence goes on with the verb. */
function isFrenchWord(unit: string, quantity: string, rest: string): boolean {
  if (unit !== 'go' && unit !== 'mo') return false;
  return !/^\d/u.test(quantity) || /^\s(?:to|back|on|home|away|there|for it|now)\b/u.test(rest);
}

function overlaps(span: Span, amounts: readonly Amount[]): boolean {
  return amounts.some((amount) => span.start < amount.span.end && amount.span.start < span.end);
}

function withRole(
  folded: string,
  amount: Amount,
  neighbours: { before: Amount | undefined; after: Amount | undefined },
): Amount {
  if (amount.role !== undefined) return amount;
  const before = folded.slice(neighbours.before?.span.end ?? 0, amount.span.start);
  const after = folded.slice(amount.span.end, neighbours.after?.span.start ?? folded.length);
  const role = amountRole(before, after);
  return role === undefined ? amount : { ...amount, role };
}
