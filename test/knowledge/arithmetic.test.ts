import { describe, expect, test } from 'vitest';
import {
  bytesPerGb,
  bytesToFree,
  checkSpace,
  isOverdue,
  isPhoneNearlyFull,
  nightsFor,
  smallestPlanGb,
  uploadHours,
  whatsappIcloudBytes,
} from '../../knowledge/arithmetic.js';
import { derivedFacts } from '../../knowledge/derive.js';
import { type Evidence, emptyEvidence } from '../../knowledge/evidence.js';
import { slotsFor } from '../../knowledge/slots.js';

const gb = (amount: number) => amount * bytesPerGb;
const inGb = (bytes: number) => Math.round((bytes / bytesPerGb) * 1000) / 1000;

/** Plan, used and next backup in GB, and what follows from them. */
const icloudVectors = [
  {
    total: 5,
    used: 4.8,
    next: 1.2,
    free: 0.2,
    after: -1,
    short: 1,
    status: 'fail',
    low: 1.75,
    high: 2,
    plan: 50,
  },
  { total: 5, used: 1, next: 3.2, free: 4, after: 0.8, short: 0, status: 'ok', low: 0, high: 0.2, plan: 5 },
  {
    total: 5,
    used: 1,
    next: 4.5,
    free: 4,
    after: -0.5,
    short: 0.5,
    status: 'fail',
    low: 1.25,
    high: 1.5,
    plan: 50,
  },
  {
    total: 50,
    used: 46,
    next: 3.5,
    free: 4,
    after: 0.5,
    short: 0,
    status: 'tight',
    low: 7,
    high: 9.5,
    plan: 200,
  },
  { total: 50, used: 30, next: 12, free: 20, after: 8, short: 0, status: 'ok', low: 0, high: 2, plan: 50 },
  {
    total: 200,
    used: 120,
    next: 30,
    free: 80,
    after: 50,
    short: 0,
    status: 'good',
    low: 0,
    high: 0,
    plan: 200,
  },
  {
    total: 200,
    used: 165,
    next: 10,
    free: 35,
    after: 25,
    short: 0,
    status: 'tight',
    low: 5,
    high: 15,
    plan: 2000,
  },
];

const googleVectors = [
  {
    total: 15,
    used: 14.5,
    next: 3,
    free: 0.5,
    after: -2.5,
    short: 2.5,
    status: 'fail',
    low: 4.75,
    high: 5.5,
    plan: 100,
  },
  {
    total: 100,
    used: 80,
    next: 10,
    free: 20,
    after: 10,
    short: 0,
    status: 'tight',
    low: 5,
    high: 10,
    plan: 200,
  },
];

const vectors = [
  ...icloudVectors.map((one) => ({ ...one, service: 'icloud' as const })),
  ...googleVectors.map((one) => ({ ...one, service: 'google' as const })),
];

describe('the space for the next backup', () => {
  test.each(vectors)('$service $total GB, $used used, $next next', (vector) => {
    const space = { total: gb(vector.total), used: gb(vector.used), next: gb(vector.next) };
    const check = checkSpace(space);
    expect(inGb(check.free)).toBe(vector.free);
    expect(inGb(check.after)).toBe(vector.after);
    expect(inGb(check.short)).toBe(vector.short);
    expect(check.status).toBe(vector.status);
    expect(inGb(bytesToFree(space, 0.15))).toBe(vector.low);
    expect(inGb(bytesToFree(space, 0.2))).toBe(vector.high);
    expect(smallestPlanGb(vector.service, space.used, space.next)).toBe(vector.plan);
  });

  test('a backup of exactly the free space fits without a margin', () => {
    expect(checkSpace({ total: gb(5), used: gb(3), next: gb(2) })).toMatchObject({
      short: 0,
      status: 'tight',
    });
  });

  test('rounding may show a little more used than there is', () => {
    expect(checkSpace({ total: gb(5), used: gb(5.05), next: gb(1) })).toMatchObject({
      free: 0,
      status: 'fail',
    });
  });

  test.each([
    { total: 5, used: 6, next: 1 },
    { total: -5, used: 1, next: 1 },
    { total: 5, used: -1, next: 1 },
    { total: 5, used: 1, next: -1 },
    { total: 0, used: 0, next: 1 },
    { total: Number.NaN, used: 1, next: 1 },
    { total: 5, used: 1, next: Number.POSITIVE_INFINITY },
  ])('$total GB, $used used, $next next is refused', ({ total, used, next }) => {
    expect(() => checkSpace({ total: gb(total), used: gb(used), next: gb(next) })).toThrow(RangeError);
  });

  test('no published plan is large enough for everything', () => {
    expect(smallestPlanGb('icloud', gb(12_000), gb(1))).toBeUndefined();
    expect(smallestPlanGb('google', gb(1900), gb(100))).toBeUndefined();
  });
});

describe('the iCloud space for WhatsApp', () => {
  test('a little more than twice the backup must be free', () => {
    expect(inGb(whatsappIcloudBytes(gb(3)))).toBe(6.15);
  });

  test('4 GB of chats do not fit in 5 GB on an iPhone, and do elsewhere', () => {
    const evidence = (platform: string): Evidence => ({
      ...emptyEvidence(),
      facts: {
        platform: { answer: platform, source: 'typed', at: 0 },
        service: { answer: 'whatsapp', source: 'typed', at: 0 },
      },
      amounts: { cloudFree: gb(5), nextBackup: gb(4) },
    });
    expect(derivedFacts(evidence('iphone')).fit).toBe('short');
    expect(derivedFacts(evidence('android')).fit).toBe('fits');
    expect(slotsFor(evidence('iphone'))).toMatchObject({ needed: '8.2 GB', short: '3.2 GB' });
  });
});

describe('the space on the phone', () => {
  test.each([
    [19, 128, true],
    [20, 128, false],
    [9.6, 64, false],
    [9.5, 64, true],
  ])('%d GB free of %d is nearly full: %s', (free, total, nearlyFull) => {
    expect(isPhoneNearlyFull(gb(free), gb(total))).toBe(nearlyFull);
  });
});

describe('the time of an upload', () => {
  test.each([
    [0.5, 2, { best: 0.56, estimated: 0.69, nights: 1 }],
    [5, 10, { best: 1.11, estimated: 1.39, nights: 1 }],
    [10, 10, { best: 2.22, estimated: 2.78, nights: 1 }],
    [20, 5, { best: 8.89, estimated: 11.11, nights: 2 }],
    [50, 5, { best: 22.22, estimated: 27.78, nights: 4 }],
    [128, 10, { best: 28.44, estimated: 35.56, nights: 5 }],
    [200, 50, { best: 8.89, estimated: 11.11, nights: 2 }],
  ])('%d GB at %d Mbps', (size, mbps, { best, estimated, nights }) => {
    const hours = uploadHours(gb(size), mbps * 1e6);
    expect(hours.best).toBeCloseTo(best, 2);
    expect(hours.estimated).toBeCloseTo(estimated, 2);
    expect(nightsFor(hours.estimated)).toBe(nights);
  });

  test('a speed of nothing is refused', () => {
    expect(() => uploadHours(gb(1), 0)).toThrow(RangeError);
    expect(() => uploadHours(gb(1), Number.NaN)).toThrow(RangeError);
  });

  test('it counts as stuck past one and a half times the estimate', () => {
    expect(isOverdue(15, 10)).toBe(false);
    expect(isOverdue(15.1, 10)).toBe(true);
  });
});
