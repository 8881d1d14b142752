import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fill, formatBytes, formatHours, formatList } from '../../knowledge/text.js';

describe('a text with slots', () => {
  test('is the first variant that can be said with what is known', () => {
    const text = ['{needed} is needed, {short} is missing.', '{needed} is needed.', 'Noted.'];
    expect(fill(text, { needed: '5 GB', short: '1 GB' })).toBe('5 GB is needed, 1 GB is missing.');
    expect(fill(text, { needed: '5 GB', short: undefined })).toBe('5 GB is needed.');
    expect(fill(text, {})).toBe('Noted.');
  });

  test('is nothing when no variant can be said', () => {
    expect(fill('{free} is free.')).toBeUndefined();
    expect(fill(['{free} is free.', '{used} is used.'], { total: '5 GB' })).toBeUndefined();
  });

  test('takes values as they are, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(fill('<{free}>', { free: value })).toBe(`<${value}>`);
      }),
    );
  });
});

describe('an amount', () => {
  test.each([
    [8.2e9, '8.2 GB'],
    [8e9, '8 GB'],
    [512e6, '512 MB'],
    [2e12, '2 TB'],
    [999.7e6, '1 GB'],
    [1.25e9, '1.3 GB'],
    [0, '0 MB'],
  ])('of %d bytes reads %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test('is written as the language writes it', () => {
    expect(formatBytes(8.2e9, 'de')).toBe('8,2 GB');
  });
});

describe('a time', () => {
  test.each([
    [0.01, '5 minutes'],
    [0.5, '30 minutes'],
    [1, '1 hour'],
    [11.11, '11 hours'],
    [47, '47 hours'],
    [72, '3 days'],
  ])('of %d hours reads %s', (hours, text) => {
    expect(formatHours(hours)).toBe(text);
  });
});

describe('a list', () => {
  test('is joined as the language joins it', () => {
    expect(formatList(['a', 'b', 'c'])).toBe('a, b, and c');
    expect(formatList(['a'])).toBe('a');
    expect(formatList(['a', 'b'], 'de')).toBe('a und b');
  });
});
