import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmounts, readBareAmounts } from '../../intents/amounts.js';
import { readSpeeds } from '../../intents/speeds.js';

const table: [text: string, shown: string[]][] = [
  ['8.2 gigs', ['8.2 GB']],
  ['3,1 GB', ['3.1 GB']],
  ['half a gig', ['0.5 GB']],
  ['512mb', ['512 MB']],
  ['2TB', ['2 TB']],
  ['1.5 go', ['1.5 GB']],
  ['1,234 MB', ['1234 MB']],
  ['1.234,5 MB', ['1234.5 MB']],
  ['500 megs', ['500 MB']],
  ['a couple of gigs', ['2 GB']],
  ['a gig', ['1 GB']],
  ['two and a half gigs', ['2.5 GB']],
  ['2 1/2 gb', ['2.5 GB']],
  ['128g', ['128 GB']],
  ['iphone 13 256gb', ['256 GB']],
  ['4.8 of 5 GB used', ['4.8 GB', '5 GB']],
  ['50 Mbps', []],
  ['20 mbit', []],
  ['i have 5g at home', []],
  ['can we go back', []],
  ['i have 2 now go back', []],
  ['-5 gb', []],
];

const roles: [text: string, roles: (string | undefined)[]][] = [
  ['3.2 gb free', ['free']],
  ['only 3 gb left', ['free']],
  ['needs 8 gigs', ['needed']],
  ['next backup is 1.2gb', ['needed']],
  ['200gb plan', ['total']],
  ['46 gb used of 50 gb', ['used', 'total']],
  ['4.8 of 5 GB', ['used', 'total']],
  ['3.2 free of 5 gb', ['free', 'total']],
  ['5 gb and 4.8 are used', [undefined, 'used']],
  ['200gb plan, only 3,5 left', ['total', 'free']],
  ['plan is 50 gb, 2 of them free', ['total', 'free']],
  ['i have 2 free hours and a 50 gb plan', ['total']],
  ['9 gb', [undefined]],
];

describe('readAmounts', () => {
  it.each(table)('reads %s', (text, shown) => {
    expect(readAmounts(text).map((amount) => amount.text)).toEqual(shown);
  });

  it.each(roles)('tells what %s is', (text, expected) => {
    expect(readAmounts(text).map((amount) => amount.role)).toEqual(expected);
  });

  it('counts decimal bytes', () => {
    expect(readAmounts('8.2 gigs')[0]?.bytes).toBe(8_200_000_000);
    expect(readAmounts('512mb')[0]?.bytes).toBe(512_000_000);
  });

  it('marks the place in the original text', () => {
    const text = 'I’ve ½ full… 8,2 GB left';
    const [amount] = readAmounts(text);
    expect(text.slice(amount?.span.start, amount?.span.end)).toBe('8,2 GB');
  });

  it('reads a bare figure as gigabytes where one was asked', () => {
    const read = (text: string) => readBareAmounts(text).map((amount) => [amount.text, amount.role]);
    expect(read('about 3,5 i think')).toEqual([['3.5 GB', undefined]]);
    expect(read('195 used')).toEqual([['195 GB', 'used']]);
    expect(read('195 used, 5 left')).toEqual([
      ['195 GB', 'used'],
      ['5 GB', 'free'],
    ]);
    expect(read('no idea')).toEqual([]);
  });

  it('never throws and stays inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const { span, bytes } of [...readAmounts(text)]) {
          expect(bytes).toBeGreaterThanOrEqual(0);
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
        readSpeeds(text);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('never takes bits for bytes', () => {
    const units = fc.constantFrom('mbps', 'Mbps', 'mbit', 'Mbit/s', 'kbps', 'gbps', 'megabits', 'gigabits');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), units, fc.boolean(), (figure, unit, hasSpace) => {
        const text = `upload ${figure}${hasSpace ? ' ' : ''}${unit}`;
        expect(readAmounts(text)).toEqual([]);
        expect(readSpeeds(text)).toHaveLength(1);
      }),
      { seed: 2 },
    );
  });

  it('keeps unit and decimal comma', () => {
    const unit = fc.constantFrom('KB', 'MB', 'GB', 'TB');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 1, max: 9 }),
        unit,
        (whole, tenth, name) => {
          for (const sign of [',', '.']) {
            const [amount] = readAmounts(`${whole}${sign}${tenth} ${name.toLowerCase()}`);
            expect(amount?.text).toBe(`${whole}.${tenth} ${name}`);
          }
        },
      ),
      { seed: 3 },
    );
  });
});

describe('readSpeeds', () => {
  it.each([
    ['50 Mbps', 50e6],
    ['20 mbit', 20e6],
    ['10 MB/s', 80e6],
    ['80 meg broadband', 80e6],
    ['0,3 mbps', 0.3e6],
    ['1 gbps', 1e9],
    ['5 megs per second', 5e6],
  ])('reads %s', (text, bitsPerSecond) => {
    expect(readSpeeds(text).map((speed) => speed.bitsPerSecond)).toEqual([bitsPerSecond]);
  });

  it.each(['512mb', '8.2 gigs', '5g', '3 months'])('finds none in %s', (text) => {
    expect(readSpeeds(text)).toEqual([]);
  });
});
