import { createRequire } from 'node:module';
import type * as Suite from '@microsoft/recognizers-text-suite';

const require = createRequire(import.meta.url);
const culture = 'en-us';
let suite: typeof Suite | undefined;

/** The recognizers, loaded on first use: loading takes a quarter of a second. */
function load(): typeof Suite {
  suite ??= require('@microsoft/recognizers-text-suite') as typeof Suite;
  return suite;
}

/** Loads the recognizers and runs each once, so that the first answer is as fast as any other. */
export async function warmUp(): Promise<void> {
  readOrdinal('the second');
  readNumber('two');
  readDateTime('tomorrow at 9', new Date(0));
}

/** The place that "the second", "third one" or "last but one" names, counted from 1; -1 for the last. */
export function readOrdinal(text: string): number | undefined {
  const found = load().recognizeOrdinal(text, culture)[0];
  return toNumber(found?.resolution?.value);
}

/** The first number in `text`, in words or figures. */
export function readNumber(text: string): number | undefined {
  const found = load().recognizeNumber(text, culture)[0];
  return toNumber(found?.resolution?.value);
}

/**
 * The first date or time in `text` seen from `now`, as ISO 8601 without zone; of several readings the first that
 * lies after `now`. Undefined when there is none. Takes about 20 ms: only for places where a date is expected.
 */
export function readDateTime(text: string, now: Date): { iso: string; text: string } | undefined {
  for (const found of load().recognizeDateTime(text, culture, undefined, now)) {
    const values: unknown = found.resolution?.values;
    const readings = Array.isArray(values) ? values.map(toIso).filter((iso) => iso !== undefined) : [];
    const later = readings.find((iso) => new Date(iso).getTime() >= now.getTime());
    const iso = later ?? readings.at(-1);
    if (iso !== undefined) return { iso, text: found.text };
  }
  return undefined;

  function toIso(reading: unknown): string | undefined {
    if (typeof reading !== 'object' || reading === null) return undefined;
    const { type, value, start } = reading as { type?: unknown; value?: unknown; start?: unknown };
    const stated = typeof value === 'string' ? value : typeof start === 'string' ? start : undefined;
    if (stated === undefined || stated === 'not resolved') return undefined;
    if (type === 'duration') return undefined;
    if (type === 'time' || type === 'timerange') return atTime(stated, now);
    return stated.replace(' ', 'T');
  }
}

function atTime(time: string, now: Date): string {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes, seconds);
  if (at.getTime() < now.getTime()) at.setDate(at.getDate() + 1);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${time}`;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
