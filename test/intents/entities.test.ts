import { beforeAll, describe, expect, it } from 'vitest';
import { loadUnderstander } from '../../intents/model-cache.js';
import type { Understand } from '../../intents/understand.js';

let understand: Understand;
beforeAll(() => {
  understand = loadUnderstander();
}, 180_000);

describe('entities', () => {
  it.each<[text: string, entities: Record<string, string[]>]>([
    [
      'iphone 13 pro on ios 18.2',
      { platform: ['iphone'], model: ['iphone 13 pro'], osVersion: ['iOS 18.2'] },
    ],
    ['my s23 ultra', { vendor: ['samsung'], platform: ['android'], model: ['galaxy s23 ultra'] }],
    ['pixel 8a with andriod 15', { vendor: ['pixel'], model: ['pixel 8a'], osVersion: ['Android 15'] }],
    ['galaxy a52 one ui 6.1', { vendor: ['samsung'], osVersion: ['One UI 6.1'] }],
    ['redmi note 12', { vendor: ['xiaomi'], platform: ['android'] }],
    ['google photos on wi-fi', { service: ['google_photos'], network: ['wifi'] }],
    ['stuck at 80% for 3 hours', { percent: ['80'], duration: ['3 hours'] }],
    ['backing up to itunes on my laptop', { service: ['computer'] }],
    ['my pics and clips', { content: ['photos', 'videos'] }],
    ['samsng galxy', { vendor: ['samsung'] }],
  ])('are found in %s', (text, entities) => {
    expect(understand(text).entities).toMatchObject(entities);
  });

  it('leaves the platform open where only a service is named', () => {
    expect(understand('google photos says backup off').entities.platform).toBeUndefined();
  });

  it('takes no error messages for content', () => {
    expect(understand('i get error messages').entities.content).toBeUndefined();
  });

  it('marks what is denied and what corrects', () => {
    const { mentions, entities } = understand('its not an iphone, no wait, android');
    expect(mentions.find((one) => one.value === 'iphone')?.isNegated).toBe(true);
    expect(mentions.find((one) => one.value === 'android')?.isCorrection).toBe(true);
    expect(entities.platform).toEqual(['android']);
  });

  it('does not take "not enough icloud storage" for a denial of iCloud', () => {
    expect(understand('not enough icloud storage').entities.service).toEqual(['icloud']);
  });

  it('reads a bare version only where one was asked', () => {
    expect(understand('18.5').entities.osVersion).toBeUndefined();
    const expected = { open: 'question', choices: [], values: ['osVersion'] } as const;
    expect(understand('18.5', { expected }).entities.osVersion).toEqual(['18.5']);
  });
});

describe('several matters in one message', () => {
  it('are found with the part that says each', () => {
    const text = 'no space left and the wifi keeps dropping';
    const parts = understand(text).intents.map((one) => [
      one.intent,
      text.slice(one.span.start, one.span.end),
    ]);
    expect(parts).toEqual([
      ['fix.storage', 'no space left'],
      ['fix.network', 'the wifi keeps dropping'],
    ]);
  });

  it('tells what is ruled out', () => {
    expect(understand('wifi is not the problem').ruledOut).toEqual(['fix.network']);
    expect(understand('it fails but i have plenty of storage').ruledOut).toEqual(['fix.storage']);
    expect(understand('wifi is on but keeps dropping').ruledOut).toEqual([]);
  });

  it('tells what was tried, clause by clause', () => {
    const { tried } = understand('I already restarted it and deleted old backups');
    expect(tried.map((one) => one.text)).toEqual(['I already restarted it', 'deleted old backups']);
  });

  it.each([
    ['48.9 GB used. Rebooted twice.', 'Rebooted twice'],
    ['Did a restart, no joy', 'Did a restart, no joy'],
    ['rebooting changed nothing', 'rebooting changed nothing'],
    ['it is slow btw i rebooted', 'i rebooted'],
    ['no sign (the phone was restarted today)', 'the phone was restarted today'],
  ])('%s tells that %s', (text, told) => {
    expect(understand(text).tried.map((one) => one.text)).toEqual([told]);
  });

  it.each([
    'the phone restarted by itself',
    'should i restart it',
    'have you restarted it',
  ])('%s tells of nothing tried', (text) => {
    expect(understand(text).tried).toEqual([]);
  });
});

describe('markup', () => {
  it.each([
    ['<p>my <b>icloud</b> is <br/>full</p>', 'my icloud is full'],
    [
      'the *last* backup could **not** be ~~done~~ `completed`',
      'the last backup could not be done completed',
    ],
    ['storage&nbsp;full &amp; no backup', 'storage full no backup'],
    ['bac**kup** fa_iled', 'bac kup fa iled'],
  ])('changes nothing in %s', (marked, plain) => {
    const { intent, confidence, entities } = understand(plain);
    expect(understand(marked)).toMatchObject({ text: marked, intent, entities });
    expect(understand(marked).confidence).toBeCloseTo(confidence, 5);
  });

  it('is not seen in signs that people write', () => {
    expect(understand('backup < 5 gb and > 3 gb').amounts).toHaveLength(2);
  });
});

describe('any text', () => {
  it.each([
    '',
    '   ',
    '🙂🙂',
    '\u0000\u0007',
    '<b>hi</b>',
    'x'.repeat(20_000),
    'ça ne marche plus',
    '???',
  ])('is answered: %#', (text) => {
    const understanding = understand(text);
    expect(understanding.text).toBe(text);
    expect(understanding.confidence).toBeGreaterThan(0);
  });

  it('is out of scope when there is nothing in it', () => {
    expect(understand('').intent).toBe('oos');
    expect(understand('  ').intents).toEqual([]);
  });
});
