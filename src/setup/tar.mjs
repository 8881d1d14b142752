const blockBytes = 512;

/**
 * Yields the wanted files of an unpacked tar stream, as [name, bytes]; holds nothing else in memory.
 * Names over 100 characters (pax, GNU) are not understood: no wanted file has one.
 * @param {AsyncIterable<Buffer>} stream
 * @param {Set<string>} wanted
 * @returns {AsyncGenerator<[string, Buffer]>}
 */
export async function* filesInTar(stream, wanted) {
  const bytes = reader(stream);
  for (;;) {
    const header = await bytes(blockBytes, true);
    const name = textAt(header, 0, 100);
    if (name === '') return;
    const size = Number.parseInt(textAt(header, 124, 12), 8);
    const body = await bytes(Math.ceil(size / blockBytes) * blockBytes, wanted.has(name));
    if (wanted.has(name)) yield [name, body.subarray(0, size)];
  }
}

/** @param {Buffer} block @param {number} start @param {number} length */
function textAt(block, start, length) {
  const end = block.indexOf(0, start);
  return block.toString('latin1', start, end < 0 ? start + length : Math.min(end, start + length)).trim();
}

/**
 * A function that takes the next bytes off the stream, and returns none of them unless they are kept.
 * @param {AsyncIterable<Buffer>} stream
 */
function reader(stream) {
  const chunks = stream[Symbol.asyncIterator]();
  /** @type {Buffer} */
  let rest = Buffer.alloc(0);
  /** @param {number} length @param {boolean} isKept */
  return async (length, isKept) => {
    const kept = [];
    for (let missing = length; missing > 0; ) {
      if (rest.length === 0) {
        const { value, done } = await chunks.next();
        if (done) throw new Error('The archive ends too early.');
        rest = value;
      }
      const part = rest.subarray(0, missing);
      if (isKept) kept.push(part);
      rest = rest.subarray(part.length);
      missing -= part.length;
    }
    return Buffer.concat(kept);
  };
}
