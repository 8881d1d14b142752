import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rankCauses } from '../../knowledge/belief.js';
import { emptyEvidence } from '../../knowledge/evidence.js';
import { rankFixes } from '../../knowledge/fix-value.js';
import { type Knowledge, loadKnowledge } from '../../knowledge/knowledge.js';

const readme = readFileSync('README.md', 'utf8');

test('every file that the README names is there', () => {
  const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)|src="([^"]+)"/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const named = [...readme.matchAll(/\b(?:src|dialogs|intents|knowledge|test)\/[\w/-]+\.(?:ts|yaml)\b/g)].map(
    ([path]) => path,
  );
  expect([...linked, ...named].filter((path) => !existsSync(path))).toEqual([]);
  expect(linked.length).toBeGreaterThan(5);
});

test('every command that the README names is a script', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = [...readme.matchAll(/npm (?:run (?:-s )?([\w:]+)|(start|test)\b)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  expect(named).toContain('start');
});

test('the fix that the README shows is offered as it stands', () => {
  const fix = /```yaml\n([\s\S]+?)```/.exec(readme)?.[1] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  try {
    cpSync('knowledge', folder, { recursive: true });
    const file = join(folder, 'topics/storage.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^fixes:\n/m, `fixes:\n${fix}`));
    expect(offered(loadKnowledge(folder))).toContain('copy-photos-to-computer');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Fixes for an Android phone whose Google storage is full. */
function offered(knowledge: Knowledge): string[] {
  const chosen = (answer: string) => ({ answer, source: 'chosen' as const, at: 0 });
  const evidence = {
    ...emptyEvidence(),
    facts: { platform: chosen('android'), service: chosen('google_photos') },
    errors: [{ cause: 'google-full', text: 'Your Google storage is full' }],
  };
  const situation = { knowledge, evidence, ledger: {}, asked: [], skipped: [], askedInARow: 0 };
  const belief = rankCauses(knowledge, evidence, {});
  return rankFixes(situation, belief).map((each) => each.fix.id);
}
