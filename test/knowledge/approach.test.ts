import { expect, test } from 'vitest';
import { rankCauses } from '../../knowledge/belief.js';
import type { Evidence } from '../../knowledge/evidence.js';
import { emptyEvidence } from '../../knowledge/evidence.js';
import { loadKnowledge } from '../../knowledge/knowledge.js';
import { suits } from '../../knowledge/phone.js';
import { planNext } from '../../knowledge/plan.js';
import type { Fix } from '../../knowledge/schema.js';

const knowledge = loadKnowledge('knowledge');

function known(facts: Record<string, string>): Evidence {
  const entries = Object.entries(facts).map(
    ([id, answer]) => [id, { answer, source: 'chosen' as const, at: 0 }] as const,
  );
  return { ...emptyEvidence(), facts: Object.fromEntries(entries) };
}

function plan(evidence: Evidence, asked: readonly string[] = []) {
  return planNext({ knowledge, evidence, ledger: {}, skipped: [], asked, askedInARow: asked.length });
}

/** Topic of the cause that is likeliest with this evidence. */
function likeliestTopic(evidence: Evidence): string | undefined {
  const [cause] = [...rankCauses(knowledge, evidence, {})].sort(([, a], [, b]) => b - a)[0] ?? [];
  return knowledge.causes.get(cause ?? '')?.topic;
}

test('the kind of phone comes first, so that steps can name its menus', () => {
  expect(plan(emptyEvidence())).toEqual({ kind: 'ask', question: 'setup' });
});

test('a question narrows the cause down before the first fix is shown', () => {
  expect(plan(known({ platform: 'iphone', service: 'icloud' })).kind).toBe('ask');
  expect(plan(known({ platform: 'android' })).kind).toBe('ask');
});

test.each([
  ['iphone', 'icloud'],
  ['android', 'google_photos'],
])('with nothing else known of an %s, storage is thought of first', (platform, service) => {
  expect(likeliestTopic(known({ platform, service }))).toBe('fix.storage');
});

test.each(['iphone', 'ipad', 'android'])('every topic of fixes has one for the %s', (platform) => {
  const fixes = [...knowledge.fixes.values()].filter((fix) => suits(fix.for, { platform }));
  const topics = [...knowledge.topics.keys()].filter((id) => id.startsWith('fix.'));
  expect(topics.filter((id) => !fixes.some((fix) => fix.topic === id))).toEqual([]);
});

test.each([
  'google',
  'google_photos',
  'samsung_cloud',
])('space and network have fixes for %s too', (service) => {
  const suiting = (fix: Fix) => suits(fix.for, { platform: 'android', vendor: 'samsung', service });
  const topics = new Set([...knowledge.fixes.values()].filter(suiting).map((fix) => fix.topic));
  expect([topics.has('fix.storage'), topics.has('fix.network')]).toEqual([true, true]);
});

test('every fix ends with the question whether the backup works', () => {
  const checks = [...knowledge.fixes.values()].map((fix) => fix.check ?? knowledge.words.say('check'));
  expect(checks.flat().filter((check) => !check.endsWith('?'))).toEqual([]);
});

test('a backup counts as working when the person says so', () => {
  expect(knowledge.words.say('check')).toMatch(/finish/);
});
