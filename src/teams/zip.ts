import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive. */
export interface ZipEntry {
  name: string;
  body: Buffer;
}

/** 1 January 1980, midnight: the same files make the same archive. */
const dosDate = 0x21;
const version = 20;
const deflated = 8;

/** The files as a ZIP archive (APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16). */
export function toZip(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = deflateRawSync(entry.body, { level: 9 });
    const name = Buffer.from(entry.name, 'utf8');
    const sizes = sizesOf(entry.body, packed, name);
    const local = Buffer.concat([
      numbers([4, 0x04034b50], [2, version]),
      sizes,
      numbers([2, 0]),
      name,
      packed,
    ]);
    const central = numbers([4, 0x02014b50], [2, version], [2, version]);
    const rest = numbers([2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    directory.push(Buffer.concat([central, sizes, rest, name]));
    bodies.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const count = entries.length;
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, index.length],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...bodies, index, end]);
}

/** Flags, method, time, date, checksum and lengths, the same in both records of a file. */
function sizesOf(body: Buffer, packed: Buffer, name: Buffer): Buffer {
  return numbers(
    [2, 0],
    [2, deflated],
    [2, 0],
    [2, dosDate],
    [4, crc32(body)],
    [4, packed.length],
    [4, body.length],
    [2, name.length],
  );
}

/** Numbers of so many bytes each, lowest byte first. */
function numbers(...fields: (readonly [2 | 4, number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
