import type { Outcome } from './converse.js';
import { openingKinds } from './person.js';

/** Counts over a group of conversations; shares from 0 to 1, messages as median and 90th percentile. */
export interface Figures {
  count: number;
  confirmed: number;
  right: number;
  firstRight: { median: number; p90: number };
  toConfirmed: { median: number; p90: number };
  repeats: number;
  unsafe: number;
}

/** The figures of these conversations. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const share = (is: (one: Outcome) => boolean) => outcomes.filter(is).length / Math.max(1, outcomes.length);
  const fixable = outcomes.filter(({ person }) => person.cause.hopeless !== true);
  return {
    count: outcomes.length,
    confirmed: share((one) => one.isConfirmed),
    right: share((one) => one.isRight),
    // Who never saw the right fix counts as having waited for ever.
    firstRight: spread(fixable.map((one) => one.toFirstRight ?? Number.POSITIVE_INFINITY)),
    toConfirmed: spread(outcomes.filter((one) => one.isConfirmed).map((one) => one.messages)),
    repeats: outcomes.reduce((sum, one) => sum + one.repeats, 0),
    unsafe: outcomes.reduce((sum, one) => sum + one.unsafe, 0),
  };
}

function spread(values: number[]): { median: number; p90: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p90: at(0.9) };
}

/** A table over all, each opening kind, each temper and each cause, as lines. */
export function tableOf(outcomes: readonly Outcome[]): string[] {
  const head = [
    'group',
    'n',
    'confirmed',
    'right',
    'first fix',
    'p90',
    'confirmed at',
    'p90',
    'repeats',
    'unsafe',
  ];
  const rows = [head, row('all', outcomes)];
  for (const kind of openingKinds) {
    rows.push(
      row(
        kind,
        outcomes.filter(({ person }) => person.opening === kind),
      ),
    );
  }
  const groups = (name: (one: Outcome) => string) => [...new Set(outcomes.map(name))].sort();
  for (const temper of groups(({ person }) => person.temper)) {
    rows.push(
      row(
        `temper ${temper}`,
        outcomes.filter(({ person }) => person.temper === temper),
      ),
    );
  }
  for (const cause of groups(({ person }) => `${person.cause.row} ${person.cause.name}`)) {
    rows.push(
      row(
        cause,
        outcomes.filter(({ person }) => `${person.cause.row} ${person.cause.name}` === cause),
      ),
    );
  }
  const widths = head.map((_, at) => Math.max(...rows.map((one) => one[at]?.length ?? 0)));
  return rows.map((one) =>
    one
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}

function row(name: string, outcomes: readonly Outcome[]): string[] {
  const figures = figuresOf(outcomes);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    name,
    String(figures.count),
    percent(figures.confirmed),
    percent(figures.right),
    String(figures.firstRight.median),
    String(figures.firstRight.p90),
    String(figures.toConfirmed.median),
    String(figures.toConfirmed.p90),
    String(figures.repeats),
    String(figures.unsafe),
  ];
}
