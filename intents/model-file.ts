const arrayKinds = {
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
} as const;
type ArrayKind = keyof typeof arrayKinds;
type NumberArray = InstanceType<(typeof arrayKinds)[ArrayKind]>;
const alignment = 8;

/** Writes plain data with typed arrays as one buffer: the length of a JSON head, the head, the arrays aligned. */
export function packData(data: unknown): Uint8Array {
  const arrays: NumberArray[] = [];
  let bytes = 0;
  const head = JSON.stringify(data, (_, value: unknown) => {
    const kind = kindOf(value);
    if (kind === undefined || !isNumberArray(value)) return value;
    const place = bytes;
    arrays.push(value);
    bytes = align(bytes + value.byteLength);
    return { $array: kind, place, length: value.length };
  });
  const headBytes = new TextEncoder().encode(head);
  const start = align(4 + headBytes.length);
  const packed = new Uint8Array(start + bytes);
  new DataView(packed.buffer).setUint32(0, headBytes.length, true);
  packed.set(headBytes, 4);
  let place = start;
  for (const array of arrays) {
    packed.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), place);
    place = align(place + array.byteLength);
  }
  return packed;
}

/** Reads what `packData` wrote; of unknown shape, for a schema to check. @throws RangeError when cut short */
export function unpackData(packed: Uint8Array): unknown {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const headLength = view.getUint32(0, true);
  const head = new TextDecoder().decode(packed.subarray(4, 4 + headLength));
  const start = align(4 + headLength);
  const body = new Uint8Array(packed.subarray(start)).buffer;
  return JSON.parse(head, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$array' in value)) return value;
    const { $array: kind, place, length } = value as { $array: ArrayKind; place: number; length: number };
    return new arrayKinds[kind](body, place, length);
  });
}

function align(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function kindOf(value: unknown): ArrayKind | undefined {
  return Object.keys(arrayKinds).find(
    (name): name is ArrayKind => value instanceof arrayKinds[name as ArrayKind],
  ) as ArrayKind | undefined;
}

function isNumberArray(value: unknown): value is NumberArray {
  return kindOf(value) !== undefined;
}
