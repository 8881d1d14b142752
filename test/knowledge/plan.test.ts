import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankCauses } from '../../knowledge/belief.js';
import { emptyEvidence, unsure } from '../../knowledge/evidence.js';
import { rankFixes, type Situation } from '../../knowledge/fix-value.js';
import { loadKnowledge } from '../../knowledge/knowledge.js';
import { phoneOf, suits } from '../../knowledge/phone.js';
import { planNext } from '../../knowledge/plan.js';
import { situations } from './situations.js';

const knowledge = loadKnowledge('knowledge');
const anySituation = situations(knowledge);

/** Longest way through any phone: every question and every fix once. */
const longestWay = knowledge.questions.size + knowledge.fixes.size;

describe('the next question or fix', () => {
  test('a fix that did not work is never offered', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const belief = rankCauses(knowledge, situation.evidence, situation.ledger);
        const offered = rankFixes(situation, belief).map(({ fix }) => fix.id);
        const plan = planNext(situation);
        if (plan.kind === 'fix') expect(offered).toContain(plan.fix);
        for (const fix of offered) {
          expect([undefined, 'worked']).toContain(situation.ledger[fix]?.outcome);
          expect(situation.skipped).not.toContain(fix);
        }
      }),
    );
  });

  test('a fix that an answer has ruled out is never offered', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const { facts } = situation.evidence;
        const belief = rankCauses(knowledge, situation.evidence, situation.ledger);
        for (const { fix } of rankFixes(situation, belief)) {
          for (const [id, given] of Object.entries(fix.unless)) {
            expect(given, fix.id).not.toContain(facts[id]?.answer);
          }
        }
      }),
    );
  });

  test('the same evidence gives the same plan', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const plan = planNext(situation);
        expect(planNext(structuredCloneOf(situation))).toEqual(plan);
        expect(planNext(situation)).toEqual(plan);
      }),
    );
  });

  test('a plan that is remembered is the one that would be made, whatever the amounts', () => {
    const amounts = fc.dictionary(
      fc.constantFrom('cloudTotal', 'cloudUsed', 'nextBackup', 'backupSize', 'elapsedHours'),
      fc.constantFrom(0.5e9, 1e9, 2e9, 4.8e9, 5e9, 30),
    );
    const whatsapp = {
      platform: { answer: 'iphone', source: 'typed', at: 0 },
      service: { answer: 'whatsapp', source: 'typed', at: 0 },
    } as const;
    const facts = fc.constantFrom({}, whatsapp);
    fc.assert(
      fc.property(facts, fc.array(amounts, { minLength: 12, maxLength: 12 }), (known, others) => {
        for (const one of others) {
          const evidence = { ...emptyEvidence(), facts: known, amounts: one };
          const next = { evidence, ledger: {}, asked: [], skipped: [], askedInARow: 0 };
          // A guide of its own has no plans yet.
          expect(planNext({ ...next, knowledge })).toEqual(
            planNext({ ...next, knowledge: { ...knowledge } }),
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  test('the order in which answers came changes nothing', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const facts = Object.fromEntries(Object.entries(situation.evidence.facts).reverse());
        const ledger = Object.fromEntries(Object.entries(situation.ledger).reverse());
        const reversed = { ...situation, ledger, evidence: { ...situation.evidence, facts } };
        expect(planNext(reversed)).toEqual(planNext(situation));
      }),
    );
  });

  test('nothing is offered that this phone does not have', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const plan = planNext(situation);
        const phone = phoneOf(situation.evidence);
        const item =
          plan.kind === 'fix'
            ? knowledge.fixes.get(plan.fix)
            : plan.kind === 'ask'
              ? knowledge.questions.get(plan.question)
              : undefined;
        if (item !== undefined) expect(suits(item.for, phone)).toBe(true);
        if (plan.kind === 'fix') {
          const steps = knowledge.fixes.get(plan.fix)?.steps ?? [];
          expect(steps.filter((step) => suits(step.for, phone)).length).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('a question is asked once, and its answers are at least two', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const plan = planNext(situation);
        if (plan.kind !== 'ask') return;
        expect(situation.asked).not.toContain(plan.question);
        expect(situation.evidence.facts[plan.question]).toBeUndefined();
        const phone = phoneOf(situation.evidence);
        const answers = knowledge.questions.get(plan.question)?.answers ?? [];
        expect(answers.filter((one) => suits(one.for, phone)).length).toBeGreaterThan(1);
      }),
    );
  });

  test('whoever is sure of nothing and is helped by nothing comes to an end', () => {
    fc.assert(
      fc.property(anySituation, (start) => {
        let situation = start;
        for (let turn = 0; turn <= longestWay; turn += 1) {
          const plan = planNext(situation);
          if (plan.kind === 'exhausted') return;
          situation = plan.kind === 'ask' ? unsureOf(situation, plan.question) : failed(situation, plan.fix);
        }
        throw new Error('the plan never ends');
      }),
      { numRuns: 20 },
    );
  });
});

describe('the first question', () => {
  test('is which backup and phone it is when nothing is known', () => {
    const situation = {
      knowledge,
      evidence: emptyEvidence(),
      ledger: {},
      asked: [],
      skipped: [],
      askedInARow: 0,
    };
    expect(planNext(situation)).toEqual({ kind: 'ask', question: 'setup' });
  });
});

function structuredCloneOf(situation: Situation): Situation {
  const { knowledge: same, ...rest } = situation;
  return { knowledge: same, ...structuredClone(rest) };
}

function unsureOf(situation: Situation, question: string): Situation {
  const facts = {
    ...situation.evidence.facts,
    [question]: { answer: unsure, source: 'chosen' as const, at: 0 },
  };
  return {
    ...situation,
    evidence: { ...situation.evidence, facts },
    asked: [...situation.asked, question],
    askedInARow: situation.askedInARow + 1,
  };
}

function failed(situation: Situation, fix: string): Situation {
  const entry = { outcome: 'failed' as const, by: 'bot' as const, at: 0 };
  return { ...situation, askedInARow: 0, ledger: { ...situation.ledger, [fix]: entry } };
}
