import { describe, expect, test } from 'vitest';
import { emptyEvidence } from '../../knowledge/evidence.js';
import { loadKnowledge } from '../../knowledge/knowledge.js';
import { missingField, otherPaths, pathFor, phoneOf, suits } from '../../knowledge/phone.js';

const variant = (path: string, wanted: Parameters<typeof suits>[0] = {}) => ({
  for: wanted,
  path,
  source: [],
});

const paths = [
  variant('Samsung menu', { platform: ['android'], vendor: ['samsung'] }),
  variant('Android menu', { platform: ['android'] }),
  variant('new iPhone menu', { platform: ['iphone'], os: '>=18' }),
  variant('iPhone menu', { platform: ['iphone'] }),
];

describe('a menu path', () => {
  test.each([
    [{ platform: 'android', vendor: 'samsung' }, 'Samsung menu'],
    [{ platform: 'android', vendor: 'pixel' }, 'Android menu'],
    [{ platform: 'android' }, 'Android menu'],
    [{ platform: 'iphone', os: 18 }, 'new iPhone menu'],
    [{ platform: 'iphone', os: 15 }, 'iPhone menu'],
  ])('for %o is the %s', (phone, path) => {
    expect(pathFor(paths, phone)?.path).toBe(path);
  });

  test('there is none for a phone that no variant is for', () => {
    expect(pathFor(paths.slice(0, 2), { platform: 'iphone' })).toBeUndefined();
  });

  test('the others come when the first is not there', () => {
    expect(otherPaths(paths, { platform: 'android', vendor: 'samsung' }).map((one) => one.path)).toEqual([
      'Android menu',
    ]);
    expect(otherPaths(paths, { platform: 'iphone', os: 15 }).map((one) => one.path)).toEqual([
      'new iPhone menu',
    ]);
  });
});

describe('what suits a phone', () => {
  test('is everything that what is known does not contradict', () => {
    expect(suits({ platform: ['android'] }, {})).toBe(true);
    expect(suits({ platform: ['android'] }, { platform: 'iphone' })).toBe(false);
    expect(suits({ service: ['google_photos'] }, { platform: 'iphone' })).toBe(true);
  });

  test('is no backup that the platform does not have', () => {
    expect(suits({ service: ['icloud'] }, { platform: 'android' })).toBe(false);
    expect(suits({ service: ['samsung_cloud'] }, { platform: 'iphone' })).toBe(false);
    expect(suits({ service: ['icloud', 'google_photos'] }, { platform: 'android' })).toBe(true);
  });

  test('what it depends on is asked in order', () => {
    expect(missingField({ vendor: ['samsung'], service: ['google'] }, { platform: 'android' })).toBe(
      'vendor',
    );
    expect(missingField({ vendor: ['samsung'] }, { vendor: 'pixel' })).toBeUndefined();
  });
});

describe('the phone', () => {
  test('is made of what was answered, without what nobody is sure of', () => {
    const fact = (answer: string) => ({ answer, source: 'typed' as const, at: 0 });
    const facts = { platform: fact('iphone'), vendor: fact('unsure'), os: fact('17'), signal: fact('weak') };
    expect(phoneOf({ ...emptyEvidence(), facts })).toEqual({ platform: 'iphone', os: 17 });
  });
});

/** Steps whose text says on some phones by itself where to look. */
const pathless = ['remove-large-google look', 'restore-wait look'];

describe('the guide', () => {
  const knowledge = loadKnowledge('knowledge');
  const phones = [
    { platform: 'iphone', service: 'icloud' },
    { platform: 'ipad', service: 'icloud' },
    { platform: 'iphone', service: 'google_photos' },
    { platform: 'iphone', service: 'whatsapp' },
    { platform: 'android', vendor: 'samsung', service: 'samsung_cloud' },
    { platform: 'android', vendor: 'xiaomi', service: 'whatsapp' },
    ...['samsung', 'pixel', 'xiaomi', 'oneplus', 'motorola', 'other'].map((vendor) => ({
      platform: 'android',
      vendor,
      service: 'google',
    })),
  ];

  test.each(phones)('names no menu of another phone on %o', (phone) => {
    const foreign = phone.platform === 'android' ? /iPhone|iPad|iCloud|\[your name\]/ : /Android|Google >/;
    const steps = [...knowledge.fixes.values()]
      .filter((fix) => suits(fix.for, phone))
      .flatMap((fix) => fix.steps.filter((step) => suits(step.for, phone)));
    for (const step of steps) expect(pathFor(step.paths, phone)?.path ?? '').not.toMatch(foreign);
  });

  test.each(phones)('has a path wherever a step names one, on %o', (phone) => {
    for (const fix of knowledge.fixes.values()) {
      if (!suits(fix.for, phone)) continue;
      for (const step of fix.steps) {
        const name = `${fix.id} ${step.id}`;
        if (!suits(step.for, phone) || step.paths.length === 0 || pathless.includes(name)) continue;
        expect(pathFor(step.paths, phone), name).toBeDefined();
      }
    }
  });
});
