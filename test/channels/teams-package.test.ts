import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { crc32, inflateRawSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadWords } from '../../knowledge/words.js';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { colourIcon, outlineIcon } from '../../src/teams/icons.js';
import { checkManifest, manifestOf } from '../../src/teams/manifest.js';
import { toPng } from '../../src/teams/png.js';
import { toZip } from '../../src/teams/zip.js';

const root = projectRoot();
const words = loadWords(join(root, 'knowledge/words.yaml'));
const settings = {
  appId: '11111111-2222-4333-8444-555555555555',
  publicUrl: 'https://chat.example.org',
  developerName: 'Example',
  privacyUrl: 'https://example.org/privacy',
  termsUrl: 'https://example.org/terms',
  version: '0.1.0',
};
const manifest = manifestOf(settings, words);

/** Microsoft's own check with its schema of each version. */
const official = findOfficial();

interface Official {
  versions: string[];
  faultsOf(manifest: object, version: string): Promise<string[]>;
}

function findOfficial(): Official {
  const require = createRequire(import.meta.url);
  const main = require.resolve('@microsoft/app-manifest');
  const itsOwn = createRequire(main);
  const { default: Ajv } = itsOwn('ajv-draft-04');
  const { default: addFormats } = itsOwn('ajv-formats');
  const folder = join(dirname(main), 'json-schemas/teams');
  const versions = readdirSync(folder)
    .map((name) => name.slice(1))
    .filter((name) => Number(name.split('.')[1]) >= 17);
  return {
    versions,
    async faultsOf(given, version) {
      const file = join(folder, `v${version}/MicrosoftTeams.schema.json`);
      const ajv = new Ajv({ strict: false, allErrors: true });
      addFormats(ajv);
      const check = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
      check(given);
      const faults: { instancePath: string; message: string }[] = check.errors ?? [];
      return faults.map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
  };
}

describe('the manifest', () => {
  test('keeps its id from run to run', () => {
    expect(manifestOf(settings, words)).toEqual(manifest);
    expect(manifest.id).not.toBe(settings.appId);
  });

  test.each([
    ['a short name that is too long', { ...manifest, name: { short: 'x'.repeat(31), full: 'x' } }],
    [
      'a developer without a privacy notice',
      { ...manifest, developer: { name: 'x', websiteUrl: 'https://x.org' } },
    ],
    [
      'an address that is not https',
      { ...manifest, developer: { ...manifest.developer, websiteUrl: 'http://x.org' } },
    ],
    ['a property that is none', { ...manifest, surprise: true }],
    ['eleven commands', withCommands(11)],
  ])('%s is refused', (_, planted) => {
    expect(() => checkManifest(planted)).toThrow();
  });

  test.each(loadBrainOnce())('the command "%s" is understood', (_title, intent) => {
    expect(intent).not.toBe('oos');
  });
});

function loadBrainOnce(): [string, string][] {
  const { understand } = loadBrain(root);
  const commands = manifest.bots.flatMap((bot) => bot.commandLists.flatMap((list) => list.commands));
  return commands.map(({ title }) => [title, understand(title).intent]);
}

function withCommands(count: number): object {
  const commands = Array.from({ length: count }, (_, at) => ({ title: `Command ${at}`, description: 'x' }));
  const bots = manifest.bots.map((bot) => ({ ...bot, commandLists: [{ scopes: ['personal'], commands }] }));
  return { ...manifest, bots };
}

describe('the official schema', () => {
  test.each(official.versions)('of version %s takes the manifest', async (version) => {
    expect(
      await official.faultsOf({ ...manifest, manifestVersion: version, $schema: schemaOf(version) }, version),
    ).toEqual([]);
  });

  test.each(official.versions)('of version %s refuses a planted fault', async (version) => {
    const planted = { ...manifest, manifestVersion: version, name: { short: 'x'.repeat(31), full: 'x' } };
    expect(await official.faultsOf(planted, version)).not.toEqual([]);
  });
});

function schemaOf(version: string): string {
  return `https://developer.microsoft.com/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`;
}

describe('the icons', () => {
  test.each([
    ['colour', colourIcon(), 192],
    ['outline', outlineIcon(), 32],
  ] as const)('%s is a PNG of its size', (_, picture, size) => {
    const png = toPng(picture);
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    const start = png.indexOf('IDAT') + 4;
    const pixels = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
    expect(pixels).toHaveLength(size * (size * 4 + 1));
  });

  test('the outline is white on nothing', () => {
    const { at, size } = outlineIcon();
    const pixels = Array.from({ length: size * size }, (_, index) =>
      at(index % size, Math.floor(index / size)),
    );
    expect(pixels.every(([red, green, blue]) => red + green + blue === 3 * 255)).toBe(true);
    expect(new Set(pixels.map(([, , , opacity]) => opacity)).size).toBeGreaterThan(2);
    expect(at(0, 0)[3]).toBe(0);
  });
});

test('the archive holds its files where its directory says', () => {
  const body = Buffer.from('some words '.repeat(50));
  const zip = toZip([
    { name: 'manifest.json', body },
    { name: 'x.png', body: Buffer.from([0, 255]) },
  ]);
  const end = zip.subarray(-22);
  expect([end.readUInt32LE(0), end.readUInt16LE(10)]).toEqual([0x06054b50, 2]);
  let at = end.readUInt32LE(16);
  const found: [string, Buffer][] = [];
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString();
    const start = zip.readUInt32LE(at + 42) + 30 + nameLength;
    const content = inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20)));
    expect([zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 24)]).toEqual([crc32(content), content.length]);
    found.push([name, content]);
    at += 46 + nameLength;
  }
  expect(found).toEqual([
    ['manifest.json', body],
    ['x.png', Buffer.from([0, 255])],
  ]);
});
