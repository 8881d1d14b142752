import { bytesPerGb, nightsFor, smallestPlanGb } from './arithmetic.js';
import { cloudFreeOf, estimatedHours, neededBytesOf } from './derive.js';
import type { Evidence } from './evidence.js';
import { amountOf } from './evidence.js';
import { phoneOf } from './phone.js';
import type { Reply } from './reply.js';
import type { Slots } from './text.js';
import { formatBytes, formatHours } from './text.js';

/** The amounts known, as texts may name them; a slot is undefined while its amount is not known. */
export function slotsFor(evidence: Evidence, locale = 'en'): Slots {
  const free = cloudFreeOf(evidence);
  const next = neededBytesOf(evidence);
  const hours = estimatedHours(evidence);
  const elapsed = amountOf(evidence, 'elapsedHours');
  const bytes = (amount: number | undefined) =>
    amount === undefined ? undefined : formatBytes(amount, locale);
  return {
    free: bytes(free),
    needed: bytes(next),
    short:
      free !== undefined && next !== undefined && next > free ? formatBytes(next - free, locale) : undefined,
    spare: free !== undefined && next !== undefined && next <= free ? bytes(free - next) : undefined,
    total: bytes(amountOf(evidence, 'cloudTotal')),
    used: bytes(amountOf(evidence, 'cloudUsed')),
    planSize: planSizeOf(evidence, locale),
    elapsed: elapsed === undefined ? undefined : formatHours(elapsed, locale),
    estimate: hours === undefined ? undefined : formatHours(hours, locale),
    nights: hours === undefined || nightsFor(hours) === 1 ? undefined : String(nightsFor(hours)),
  };
}

/** The space as a picture: total, used and needed bytes; undefined while one of them is not known. */
export function storageImageOf(evidence: Evidence): Reply['image'] {
  const totalBytes = amountOf(evidence, 'cloudTotal');
  const free = cloudFreeOf(evidence);
  const neededBytes = neededBytesOf(evidence);
  if (totalBytes === undefined || free === undefined || neededBytes === undefined) return undefined;
  return { kind: 'storage', totalBytes, usedBytes: Math.max(0, totalBytes - free), neededBytes };
}

function planSizeOf(evidence: Evidence, locale: string): string | undefined {
  const total = amountOf(evidence, 'cloudTotal');
  const free = cloudFreeOf(evidence);
  const next = neededBytesOf(evidence);
  if (total === undefined || free === undefined || next === undefined) return undefined;
  const plan = phoneOf(evidence).service === 'icloud' ? 'icloud' : 'google';
  const gb = smallestPlanGb(plan, total - free, next);
  return gb === undefined ? undefined : formatBytes(gb * bytesPerGb, locale);
}
