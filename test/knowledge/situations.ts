import fc from 'fast-check';
import type { Evidence, Ledger } from '../../knowledge/evidence.js';
import { unsure } from '../../knowledge/evidence.js';
import type { Situation } from '../../knowledge/fix-value.js';
import type { Knowledge } from '../../knowledge/knowledge.js';

const outcomes = ['worked', 'failed', 'partly', 'cannot', 'notThere'] as const;
const amountNames = [
  'cloudTotal',
  'cloudUsed',
  'cloudFree',
  'nextBackup',
  'phoneTotal',
  'phoneFree',
  'backupSize',
  'uploadSpeed',
  'elapsedHours',
] as const;

/** Arbitrary situations of a person: any answers, amounts, quoted errors and tried fixes of the guide. */
export function situations(knowledge: Knowledge): fc.Arbitrary<Situation> {
  const fixes = [...knowledge.fixes.keys()];
  const questions = [...knowledge.questions.keys()];
  return fc.record({
    knowledge: fc.constant(knowledge),
    evidence: evidences(knowledge),
    ledger: ledgers(fixes),
    asked: fc.subarray(questions, { maxLength: 6 }),
    skipped: fc.subarray(fixes, { maxLength: 6 }),
    askedInARow: fc.nat({ max: 6 }),
  });
}

function evidences(knowledge: Knowledge): fc.Arbitrary<Evidence> {
  const topics = [...knowledge.topics.keys()].filter((id) => id.startsWith('fix.'));
  const causes = [...knowledge.causes.values()];
  return fc.record({
    facts: factsOf(knowledge),
    amounts: fc.dictionary(fc.constantFrom(...amountNames), fc.double({ min: 0, max: 3e12, noNaN: true })),
    errors: fc
      .subarray(causes, { maxLength: 1 })
      .map((found) => found.map((cause) => ({ cause: cause.id, text: cause.errors[0] ?? '' }))),
    topics: fc.subarray(topics, { maxLength: 2 }),
    ruledOut: fc.subarray(topics, { maxLength: 2 }),
  });
}

/** Answers to up to ten questions, of which the phone comes first more often than not. */
function factsOf(knowledge: Knowledge): fc.Arbitrary<Evidence['facts']> {
  const questions = [...knowledge.questions.values()];
  return fc
    .tuple(
      fc.subarray(['platform', 'vendor', 'service']),
      fc.subarray(
        questions.map((question) => question.id),
        { maxLength: 7 },
      ),
      fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
    )
    .map(([phone, others, picks]) => {
      const facts: Evidence['facts'] = {};
      [...phone, ...others].forEach((id, at) => {
        const answers = [...(knowledge.questions.get(id)?.answers.map((one) => one.id) ?? []), unsure];
        const answer = answers[(picks[at] ?? 0) % answers.length] ?? unsure;
        facts[id] = { answer, source: 'chosen', at: 0 };
      });
      return facts;
    });
}

function ledgers(fixes: readonly string[]): fc.Arbitrary<Ledger> {
  const entry = fc.record({
    outcome: fc.constantFrom(...outcomes),
    by: fc.constantFrom('bot' as const, 'agent' as const, 'person' as const),
    at: fc.constant(0),
  });
  return fc.dictionary(fc.constantFrom(...fixes), entry, { maxKeys: 8 });
}
