import type { FoundValue } from './found.js';

const named =
  /(?<!\w)(?<system>ios|ipados|androids?|andriod|androd|adroid|andorid|one ?ui|miui|hyper ?os|oxygen ?os|color ?os)(?: version| ver| v)?\.? ?(?<version>\d{1,2}(?:\.\d{1,2}){0,2})(?![\w%]|\.\d| ?(?:gb|mb|phones?|times|hours?|days?))/gu;
const bare = /(?<![\w.,])v?(?<version>\d{1,2}(?:\.\d{1,2}){0,2})(?![\w%]|[.,]\d| ?(?:gb|gigs?|mb|tb))/u;

const spelling = new Map([
  ['ios', 'iOS'],
  ['ipados', 'iPadOS'],
  ['android', 'Android'],
  ['oneui', 'One UI'],
  ['miui', 'MIUI'],
  ['hyperos', 'HyperOS'],
  ['oxygenos', 'OxygenOS'],
  ['coloros', 'ColorOS'],
]);

const platformOf = new Map([
  ['iOS', 'iphone'],
  ['iPadOS', 'ipad'],
]);

/** Versions of a phone's system in folded text, named ("ios 18.2") or, where one was asked for, bare ("18.5"). */
export function findOsVersions(folded: string, isAsked: boolean): FoundValue[] {
  const found: FoundValue[] = [];
  for (const match of folded.matchAll(named)) {
    const system = systemName(match.groups?.system ?? '');
    const span = { start: match.index, end: match.index + match[0].length };
    found.push({ entity: 'osVersion', value: `${system} ${match.groups?.version ?? ''}`, span });
    found.push({ entity: 'platform', value: platformOf.get(system) ?? 'android', span });
  }
  if (found.length > 0 || !isAsked) return found;
  const match = bare.exec(folded);
  const version = match?.groups?.version;
  if (match === null || version === undefined) return found;
  return [
    { entity: 'osVersion', value: version, span: { start: match.index, end: match.index + match[0].length } },
  ];
}

function systemName(written: string): string {
  const name = written.replaceAll(' ', '');
  return spelling.get(name) ?? 'Android';
}
