import type { Text } from './schema.js';

/** Values for the `{slots}` of a text; an undefined one rules the variant out that needs it. */
export type Slots = Record<string, string | undefined>;

const slotPattern = /\{([a-zA-Z]+)\}/g;

/** The first variant whose slots are all known, filled in; undefined when there is none. */
export function fill(text: Text, slots: Slots = {}): string | undefined {
  const variants = typeof text === 'string' ? [text] : text;
  const fitting = variants.find((variant) => slotsOf(variant).every((name) => slots[name] !== undefined));
  return fitting?.replaceAll(slotPattern, (_, name: string) => slots[name] ?? '');
}

/** Names of the slots of one text. */
function slotsOf(text: string): string[] {
  return !text.includes('{') ? [] : [...text.matchAll(slotPattern)].map((match) => match[1] ?? '');
}

/** Formats made so far by locale and kind; making one costs far more than using it. */
const formats = new Map<string, Intl.NumberFormat>();
const maxFormats = 100;

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${options.unit} ${options.maximumFractionDigits}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, options);
  if (formats.size >= maxFormats) formats.clear();
  formats.set(key, format);
  return format;
}

/** An amount of bytes as vendors write it: "8.2 GB", "512 MB", "2 TB"; one decimal at most. */
export function formatBytes(bytes: number, locale = 'en'): string {
  const units: [number, string][] = [
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
  ];
  const [size, unit] = units.find(([least]) => bytes >= least * 0.9995) ?? [1e6, 'MB'];
  return `${numberFormat(locale, { maximumFractionDigits: unit === 'MB' ? 0 : 1 }).format(bytes / size)} ${unit}`;
}

/** Hours in words that people use: minutes under one hour, days from two on. */
export function formatHours(hours: number, locale = 'en'): string {
  const [value, unit] =
    hours < 1
      ? ([Math.max(5, Math.round((hours * 60) / 5) * 5), 'minute'] as const)
      : hours < 48
        ? ([Math.round(hours), 'hour'] as const)
        : ([Math.round(hours / 24), 'day'] as const);
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** Things in a row, as the language joins them: "a, b, and c". */
export function formatList(items: readonly string[], locale = 'en'): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}
