import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesInTar } from '../../../src/setup/tar.mjs';

function entry(name: string, body: Uint8Array): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test('every wanted file comes out whole, whatever the chunks', async () => {
  const body = fc.uint8Array({ maxLength: 2_000 });
  await fc.assert(
    fc.asyncProperty(body, body, fc.integer({ min: 1, max: 1_500 }), async (wanted, other, size) => {
      const tar = Buffer.concat([entry('other.js', other), entry('wanted.js', wanted), Buffer.alloc(1024)]);
      const files = [];
      for await (const file of filesInTar(inChunks(tar, size), new Set(['wanted.js']))) files.push(file);
      expect(files.map(([name, bytes]) => [name, [...bytes]])).toEqual([['wanted.js', [...wanted]]]);
    }),
    { numRuns: 50, seed: 1 },
  );
});

test('an archive cut short is an error', async () => {
  const tar = entry('wanted.js', new Uint8Array(2_000)).subarray(0, 1_000);
  await expect(filesInTar(inChunks(tar, 512), new Set(['wanted.js'])).next()).rejects.toThrow(
    'ends too early',
  );
});
