import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Each fault is planted in a folder that holds nothing but them and this project's own biome.json. */
const plants = [
  ['knowledge/to-intents.ts', "export { a } from '../intents/a.js';", 'noRestrictedImports'],
  [
    'knowledge/to-dialogs.ts',
    "import { a } from '../dialogs/a.js';\nexport const b = a;",
    'noRestrictedImports',
  ],
  [
    'knowledge/deep/to-src.ts',
    "import { a } from '../../src/a.js';\nexport const b = a;",
    'noRestrictedImports',
  ],
  ['knowledge/later.ts', "export const load = () => import('../src/a.js');", 'noRestrictedImports'],
  [
    'knowledge/sdk.ts',
    "import type { Activity } from 'botbuilder';\nexport type A = Activity;",
    'noRestrictedImports',
  ],
  [
    'intents/to-dialogs.ts',
    "import { a } from '../dialogs/a.js';\nexport const b = a;",
    'noRestrictedImports',
  ],
  ['intents/to-src.ts', "import type { A } from '../src/a.js';\nexport type B = A;", 'noRestrictedImports'],
  [
    'intents/sdk.ts',
    "import { Dialog } from 'botbuilder-dialogs';\nexport const b = Dialog;",
    'noRestrictedImports',
  ],
  ['dialogs/to-src.ts', "import { a } from '../src/a.js';\nexport const b = a;", 'noRestrictedImports'],
  ['dialogs/deep/to-src.ts', "export * from '../../src/deep/a.js';", 'noRestrictedImports'],
  ['dialogs/http.ts', "import restify from 'restify';\nexport const b = restify;", 'noRestrictedImports'],
  ['src/to-test.ts', "import { a } from '../test/a.js';\nexport const b = a;", 'noRestrictedImports'],
  ['dialogs/prints.ts', "console.log('x');", 'noConsole'],
  ['src/prints.ts', "console.log('x');", 'noConsole'],
  ['src/environment.ts', 'export const port = process.env.PORT;', 'noProcessEnv'],
  ['knowledge/default.ts', 'export default 1;', 'noDefaultExport'],
  ['src/Shouted.ts', 'export const a = 1;', 'useFilenamingConvention'],
  ['src/any.ts', 'export const a: any = 1;', 'noExplicitAny'],
  ['src/many.ts', 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];', 'useMaxParams'],
  ['src/long.ts', `export function f(): void {\n${'  f();\n'.repeat(61)}}`, 'noExcessiveLinesPerFunction'],
  ['src/circle-one.ts', "import { b } from './circle-two.js';\nexport const a = () => b;", 'noImportCycles'],
  ['src/circle-two.ts', "import { a } from './circle-one.js';\nexport const b = () => a;", 'noImportCycles'],
] as const;

/** What the rules must let through: the one direction, and the places named in biome.json. */
const sound = [
  ['intents/names.ts', "import type { A } from '../knowledge/a.js';\nexport type B = A;"],
  [
    'dialogs/main.ts',
    "import { a } from '../intents/a.js';\nimport { Dialog } from 'botbuilder-dialogs';\nexport const b = [a, Dialog];",
  ],
  ['src/turn.ts', "import { a } from '../dialogs/a.js';\nexport const b = a;"],
  ['src/config.ts', 'export const port = process.env.PORT;'],
  ['src/cli/chat.ts', "console.log('x');"],
] as const;

type Report = { diagnostics: { category: string; severity: string; location: { path: string } }[] };

let folder = '';
let report: Report = { diagnostics: [] };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'planted-'));
  for (const [path, text] of [...plants, ...sound]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  copyFileSync('biome.json', join(folder, 'biome.json'));
  copyFileSync('.gitignore', join(folder, '.gitignore'));
  execFileSync('git', ['init', '-q'], { cwd: folder });
  const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
  const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(run.status).toBe(1);
  report = JSON.parse(run.stdout);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function faultsOf(path: string): string[] {
  return report.diagnostics
    .filter(({ location, severity }) => location.path.replaceAll('\\', '/') === path && severity === 'error')
    .map(({ category }) => category.split('/').at(-1) ?? '');
}

test.each(plants)('%s fails', (path, _text, rule) => {
  expect(faultsOf(path)).toEqual([rule]);
});

test.each(sound)('%s passes', (path) => {
  expect(faultsOf(path)).toEqual([]);
});
