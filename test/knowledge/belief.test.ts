import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankCauses } from '../../knowledge/belief.js';
import { type Evidence, emptyEvidence, unsure } from '../../knowledge/evidence.js';
import { loadKnowledge } from '../../knowledge/knowledge.js';
import { isPhoneField } from '../../knowledge/phone.js';
import { situations } from './situations.js';

const knowledge = loadKnowledge('knowledge');

const known = (answers: Record<string, string>): Evidence => ({
  ...emptyEvidence(),
  facts: Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [id, { answer, source: 'chosen' as const, at: 0 }]),
  ),
});

describe('how likely each cause is', () => {
  test('adds up to one, each from 0 to 1', () => {
    fc.assert(
      fc.property(situations(knowledge), ({ evidence, ledger }) => {
        const belief = rankCauses(knowledge, evidence, ledger);
        let sum = 0;
        for (const chance of belief.values()) {
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
          sum += chance;
        }
        expect(sum).toBeCloseTo(1, 9);
        expect(belief.size).toBe(knowledge.causes.size);
      }),
    );
  });

  test('"not sure" about what is seen changes nothing', () => {
    fc.assert(
      fc.property(
        situations(knowledge),
        fc.constantFrom(...knowledge.questions.keys()),
        ({ evidence, ledger }, question) => {
          fc.pre(evidence.facts[question] === undefined && !isPhoneField(question));
          const asked = {
            ...evidence.facts,
            [question]: { answer: unsure, source: 'chosen' as const, at: 0 },
          };
          const before = rankCauses(knowledge, evidence, ledger);
          const after = rankCauses(knowledge, { ...evidence, facts: asked }, ledger);
          for (const [cause, chance] of before) expect(after.get(cause)).toBeCloseTo(chance, 9);
        },
      ),
    );
  });

  test('a fix that failed speaks against the causes it would have mended', () => {
    fc.assert(
      fc.property(
        situations(knowledge),
        fc.constantFrom(...knowledge.fixes.values()),
        ({ evidence, ledger }, fix) => {
          fc.pre(ledger[fix.id] === undefined);
          const top = Object.entries(fix.mends).sort(([, a], [, b]) => b - a)[0];
          fc.pre(top !== undefined && top[1] > 0);
          const cause = top?.[0] ?? '';
          const tried = { ...ledger, [fix.id]: { outcome: 'failed' as const, by: 'bot' as const, at: 0 } };
          const before = rankCauses(knowledge, evidence, ledger).get(cause) ?? 0;
          expect(rankCauses(knowledge, evidence, tried).get(cause)).toBeLessThanOrEqual(before + 1e-12);
        },
      ),
    );
  });

  test('the exact words of the vendor put their cause first', () => {
    for (const cause of knowledge.causes.values()) {
      const text = cause.errors[0];
      if (text === undefined) continue;
      const evidence = { ...emptyEvidence(), errors: [{ cause: cause.id, text }] };
      const ranked = [...rankCauses(knowledge, evidence, {})].sort(([, a], [, b]) => b - a);
      expect(ranked[0]?.[0], cause.id).toBe(cause.id);
    }
  });

  test('what was ruled out gets rarer, what was complained of likelier', () => {
    for (const cause of knowledge.causes.values()) {
      const usual = rankCauses(knowledge, emptyEvidence(), {}).get(cause.id) ?? 0;
      const named = rankCauses(knowledge, { ...emptyEvidence(), topics: [cause.topic] }, {});
      const denied = rankCauses(knowledge, { ...emptyEvidence(), ruledOut: [cause.topic] }, {});
      expect(named.get(cause.id)).toBeGreaterThan(usual);
      expect(denied.get(cause.id)).toBeLessThan(usual);
    }
  });

  test('an iPhone has no full Google device backup, an Android no full iCloud', () => {
    const android = rankCauses(knowledge, known({ platform: 'android' }), {});
    const iphone = rankCauses(knowledge, known({ platform: 'iphone' }), {});
    expect(android.get('icloud-full')).toBeLessThan(0.001);
    expect(iphone.get('icloud-full')).toBeGreaterThan(android.get('icloud-full') ?? 1);
  });

  test('numbers that fit speak against a full plan whatever was said', () => {
    const said = known({ platform: 'iphone', service: 'icloud', 'which-space': 'cloud' });
    const enough = { ...said, amounts: { cloudFree: 20e9, nextBackup: 4e9 } };
    const short = { ...said, amounts: { cloudFree: 2e9, nextBackup: 4e9 } };
    const chance = (evidence: Evidence) => rankCauses(knowledge, evidence, {}).get('icloud-full') ?? 0;
    expect(chance(enough)).toBeLessThan(chance(said));
    expect(chance(short)).toBeGreaterThan(chance(said));
  });
});
