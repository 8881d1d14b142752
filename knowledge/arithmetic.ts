/** Bytes in a gigabyte, as vendors show it (decimal). */
export const bytesPerGb = 1e9;

/** Part of the space that the guide advises to keep free: the lower and the upper bound. */
const headroom = { low: 0.15, high: 0.2 } as const;

/** Sizes of plans that vendors publish, in GB (facts I1, I2); larger ones exist. */
const planSizesGb: Record<'icloud' | 'google', readonly number[]> = {
  icloud: [5, 50, 200, 2000, 6000, 12000],
  google: [15, 100, 200, 2000],
};

/** Part of the measured upload speed that a backup gets (assumption of the time estimate). */
const uploadEfficiency = 0.8;

/** Upload speeds, bits a second, below which an upload counts as slow, or as medium. */
export const uploadSteps = { slow: 1e6, medium: 5e6 } as const;

/** Hours a phone lies on its charger in a night. */
const nightHours = 8;

/** A run is called stuck only when it takes this many times the estimate. */
const patience = 1.5;

/** Free iCloud space that WhatsApp wants on an iPhone, in sizes of its backup (fact H5). */
const whatsappIcloudFactor = 2.05;

export type SpaceStatus = 'fail' | 'tight' | 'ok' | 'good';

/** What a plan's space means for the next backup; all in bytes. */
export interface SpaceCheck {
  free: number;
  after: number;
  /** Bytes missing; 0 when it fits. */
  short: number;
  status: SpaceStatus;
}

/**
 * Compares the next backup with the space left (ARITH-1 and ARITH-2).
 * @throws RangeError when an amount is negative, not a number, or more is used than there is by over 2 %.
 */
export function checkSpace(space: { total: number; used: number; next: number }): SpaceCheck {
  const { total, used, next } = space;
  if (![total, used, next].every((n) => Number.isFinite(n) && n >= 0) || total === 0) {
    throw new RangeError('space: amounts must be positive numbers');
  }
  if (used > total * 1.02) throw new RangeError('space: more is used than there is');
  const free = Math.max(0, total - used);
  const after = free - next;
  return { free, after, short: Math.max(0, next - free), status: statusOf(after, total) };
}

function statusOf(after: number, total: number): SpaceStatus {
  if (after < 0) return 'fail';
  if (after < headroom.low * total) return 'tight';
  return after < headroom.high * total ? 'ok' : 'good';
}

/** Free iCloud bytes that WhatsApp wants before it backs up `bytes` on an iPhone (ARITH, WhatsApp). */
export function whatsappIcloudBytes(bytes: number): number {
  return bytes * whatsappIcloudFactor;
}

/** Bytes to free so that `share` of the total stays free after the next backup; 0 when it does already. */
export function bytesToFree(space: { total: number; used: number; next: number }, share: number): number {
  return Math.max(0, space.next + share * space.total - (space.total - space.used));
}

/** Smallest published plan, in GB, that leaves the lower headroom; undefined when none is large enough. */
export function smallestPlanGb(plan: 'icloud' | 'google', used: number, next: number): number | undefined {
  return planSizesGb[plan].find((gb) => gb * bytesPerGb - used - next >= headroom.low * gb * bytesPerGb);
}

/** True when less than the lower headroom of the phone's own space is free (ARITH-3). */
export function isPhoneNearlyFull(free: number, total: number): boolean {
  return free / total < headroom.low;
}

/** Hours that an upload takes: as estimated, and at best (ARITH-4). `bitsPerSecond` is the upload speed. */
export function uploadHours(bytes: number, bitsPerSecond: number): { estimated: number; best: number } {
  if (!(bitsPerSecond > 0)) throw new RangeError('upload speed must be above 0');
  const best = (bytes * 8) / bitsPerSecond / 3600;
  return { estimated: best / uploadEfficiency, best };
}

/** Nights on the charger that so many hours of upload take; at least one. */
export function nightsFor(hours: number): number {
  return Math.max(1, Math.ceil(hours / nightHours));
}

/** True when it has run so long that it counts as stuck and not as slow. */
export function isOverdue(elapsedHours: number, estimatedHours: number): boolean {
  return elapsedHours > estimatedHours * patience;
}
