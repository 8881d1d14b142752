import type { Chance } from '../persons/chance.js';

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

/** What programs stumble over: ends of ranges, names of built-in things, other people's syntax. */
const awkward: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53 + 2,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u200b\ufeff',
  'x'.repeat(30_000),
  '👩‍👩‍👧‍👦'.repeat(60),
  'Z̸̡̪'.repeat(200),
  '__proto__',
  'constructor',
  'toString',
  'undefined',
  'Infinity',
  "'; drop table people; --",
  '{{7*7}}#{7*7}',
  '<script>alert(1)</script><at>x</at>&nbsp;',
  '../../etc/passwd',
  'file:///etc/passwd',
  'http://127.0.0.1:1',
  'http://[::1',
  'urn:backup-medic:web',
  'urn:backup-medic:terminal',
  'en-US-u-ca-buddhist-nu-thai',
  'xx-yyyyyyyyyyyyyyyyyyyy-1',
  '2025-13-45T99:99:99Z',
  'q:platform:iphone',
  'q::',
  's:a:b:worked',
  'o:deleteData:yes',
  'd:constructor',
  [],
  {},
  [null, [null]],
  Array(2000).fill(0),
  nested(20),
  nested(40),
  { constructor: { prototype: { x: 1 } } },
  { toString: 1, valueOf: 2, toJSON: 3 },
];

type Place = { holder: Record<string, unknown> | unknown[]; key: string };

/** A copy of `value` with one to four places of it changed, removed, doubled or renamed. */
export function mutateValue(value: unknown, chance: Chance): unknown {
  const whole = { value: structuredClone(value) };
  const times = 1 + Math.floor(chance.number() ** 2 * 4);
  for (let time = 0; time < times; time += 1) {
    const places = placesIn(whole);
    if (places.length === 0) break;
    // The outermost place is the value itself: seldom changed, or little else would be.
    const place = chance.happens(0.03) ? places[0] : chance.pick(places);
    if (place !== undefined) changeAt(place, chance);
  }
  return whole.value;
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null || found.length > 300) return found;
  for (const key of Object.keys(value)) {
    const holder = value as Record<string, unknown>;
    found.push({ holder, key });
    placesIn(holder[key], found);
  }
  return found;
}

function changeAt({ holder, key }: Place, chance: Chance): void {
  const inside = holder as Record<string, unknown>;
  const old = inside[key];
  const draw = chance.number();
  if (draw < 0.5) inside[key] = structuredClone(chance.pick(awkward));
  else if (draw < 0.65) delete inside[key];
  else if (draw < 0.75) inside[key] = [old, old];
  else if (draw < 0.8) inside[`${key}${chance.pick(['', 's', ' ', '\u0000'])}`] = old;
  else if (draw < 0.85) inside[String(chance.pick(['__proto__', 'id', 'value', 'type']))] = old;
  else if (typeof old === 'string') inside[key] = mutateText(old, chance);
  else if (typeof old === 'number') inside[key] = old * chance.pick([-1, 0.5, 1e9, 1e300]);
  else inside[key] = JSON.stringify(old) ?? '';
}

/** A copy of `text` cut, doubled, or with some of it swapped for other characters. */
export function mutateText(text: string, chance: Chance): string {
  const at = Math.floor(chance.number() * (text.length + 1));
  const to = at + Math.floor(chance.number() * 12);
  const draw = chance.number();
  if (draw < 0.25) return text.slice(0, at);
  if (draw < 0.4) return text.slice(0, at) + text.slice(to);
  if (draw < 0.5) return text.repeat(1 + Math.floor(chance.number() * 20)).slice(0, 50_000);
  if (draw < 0.6) return [...text].reverse().join('');
  const other = chance.pick(['\u0000', '"', '\\', '}', '%', '\n', 'é', '\ud83d', ':', '../', '\u202e']);
  return text.slice(0, at) + other.repeat(1 + Math.floor(chance.number() * 3)) + text.slice(to);
}
