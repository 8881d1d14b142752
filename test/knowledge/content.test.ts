import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkTopics } from '../../knowledge/check.js';
import { ContentError, readContent } from '../../knowledge/content.js';
import { topicSchema } from '../../knowledge/schema.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backup-medic-content-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const head = ['id: fix.test', 'label: A test', 'name: the test', 'opening: Here it is.'];
const cause = ['causes:', '  - { id: broken, prior: 1, name: it is broken, covers: [] }'];

/** A topic of one fix whose fields and steps are those lines. */
const fixOf = (risk: string, say: string, more: string[] = []) => [
  ...head,
  ...cause,
  'fixes:',
  '  - id: mend',
  '    name: mending it',
  '    mends: { broken: 0.5 }',
  '    minutes: 1',
  `    risk: ${risk}`,
  '    why: It helps.',
  ...more.map((line) => `    ${line}`),
  '    steps:',
  '      - id: first',
  `        say: ${say}`,
  '    covers: []',
];

function read(lines: readonly string[]) {
  const file = join(folder, 'test.yaml');
  writeFileSync(file, lines.join('\n'));
  const content = readContent(file, topicSchema);
  checkTopics([content]);
  return content.value;
}

function faultOf(lines: readonly string[]): ContentError {
  try {
    read(lines);
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error('no fault was found');
}

describe('a topic file', () => {
  test('is read with what it leaves out filled in', () => {
    const topic = read(fixOf('none', 'Do this.'));
    expect(topic.fixes[0]).toMatchObject({ id: 'mend', if: {}, after: [], tried: [] });
  });

  test.each([
    ['a tab in the YAML', [...head, '\tcauses: []'], 5],
    ['a missing field', head.slice(0, 3), 1],
    ['an unknown field', [...head, 'colour: red'], 5],
    ['a label too long', ['id: fix.test', `label: ${'x'.repeat(21)}`, 'name: n', 'opening: o'], 2],
    [
      'a cause that is nowhere',
      fixOf('none', 'Do this.').join('\n').replace('broken: 0.5', 'gone: 0.5').split('\n'),
      10,
    ],
    ['a question that is nowhere', fixOf('none', 'Do this.', ['if: { gone: [yes] }']), 14],
    ['a fix that is nowhere', fixOf('none', 'Do this.', ['after: [gone]']), 14],
    ['a deletion without a gate', fixOf('deletes', 'Do this.'), 12],
  ])('%s is shown with its line', (_name, lines, line) => {
    const fault = faultOf(lines);
    expect(fault.message).toMatch(/test\.yaml:\d+ /);
    expect(fault.line).toBe(line);
  });

  test.each([
    'Delete the backup.',
    'Sign out of the account.',
    'Turn off the app.',
    'Reset the phone.',
    'Erase it.',
  ])('"%s" needs a risk, or a reason why it has none', (say) => {
    expect(faultOf(fixOf('none', say)).path).toBe('fixes.0.steps.0.say');
    expect(read(fixOf('none', say, ['riskNote: Nothing is lost.'])).fixes).toHaveLength(1);
    const gated = ['loses: The backup goes.', 'undo: It cannot be undone.'];
    expect(read(fixOf('deletes', say, gated)).fixes).toHaveLength(1);
  });

  test('the same id in two files is a fault that names both', () => {
    const [one, two] = ['one.yaml', 'two.yaml'].map((name) => {
      const file = join(folder, name);
      writeFileSync(file, fixOf('none', 'Do this.').join('\n'));
      return readContent(file, topicSchema);
    });
    expect(() => checkTopics([one, two].filter((content) => content !== undefined))).toThrow(
      /two\.yaml:\d+ .*one\.yaml/,
    );
  });
});
