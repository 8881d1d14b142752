import type { FoundValue } from './found.js';

interface ModelPattern {
  pattern: RegExp;
  /** Name of the model in one spelling. */
  name: (groups: Record<string, string | undefined>) => string;
  platform: 'iphone' | 'ipad' | 'android';
  vendor?: string;
}

const tidy = (text: string | undefined): string => (text ?? '').replace(/[\s-]+/gu, ' ').trim();
const add = (name: string, variant: string | undefined): string => tidy(`${name} ${tidy(variant)}`);

const patterns: readonly ModelPattern[] = [
  {
    pattern:
      /(?<!\w)i ?phones? ?-?(?<id>1[0-9](?!\d| ?(?:gb|gigs?|%|mb|tb|times|hours|days|photos))e?|[4-9](?![\d.])[sc]?|se|xs|xr|x)(?![\w.])(?<variant> ?(?:pro ?max|pro|plus|mini|max|air|\(?\d(?:st|nd|rd|th) gen(?:eration)?\)?))?(?!\w)/gu,
    name: (groups) => add(`iphone ${groups.id}`, groups.variant?.replace(/promax/u, 'pro max')),
    platform: 'iphone',
  },
  {
    pattern:
      /(?<!\w)i ?pads? ?-?(?<variant>(?:pro|air|mini)(?: ?\d{1,2})?|\d{1,2}(?:th|st|nd|rd) gen)(?!\w)/gu,
    name: (groups) => add('ipad', groups.variant),
    platform: 'ipad',
  },
  {
    pattern:
      /(?<![\w'’])(?:samsung |galaxy |samsung galaxy )?(?<id>(?:s ?(?:[6-9]|1\d|2\d)|a ?(?:0\d|[1-7]\d)s?|m ?[1-5]\d|note ?(?:[4-9]|10|20)|z ?(?:fold|flip) ?\d?|fold ?\d|flip ?\d))(?![\w.])(?<variant>\+| ?(?:ultra|plus|fe|5g|lite))*/gu,
    name: (groups) =>
      add(
        `galaxy ${tidy(groups.id).replace(/^([sam]) /u, '$1')}`,
        groups.variant?.replace('+', 'plus').replace(/5g/u, ''),
      ),
    platform: 'android',
    vendor: 'samsung',
  },
  {
    pattern:
      /(?<!\w)(?:google )?pixels? ?(?<id>\d{1,2}a?|fold)(?![\w.%])(?<variant> ?(?:pro ?xl|pro ?fold|pro|xl|fold))?/gu,
    name: (groups) => add(`pixel ${groups.id}`, groups.variant),
    platform: 'android',
    vendor: 'pixel',
  },
  {
    pattern:
      /(?<!\w)(?:xiaomi )?(?<id>redmi(?: ?note)?(?: ?\d{1,2}[acst]?)?|poco(?: ?[xmfc]\d)?|mi ?(?:[89]|1\d)t?|xiaomi ?1\dt?)(?![\w.])(?<variant> ?(?:pro ?plus|pro|ultra|lite))?/gu,
    name: (groups) => add(tidy(groups.id), groups.variant),
    platform: 'android',
    vendor: 'xiaomi',
  },
  {
    pattern:
      /(?<!\w)one ?plus ?(?<id>nord(?: ?(?:ce ?)?\d)?|\d{1,2}[tr]?|open)(?![\w.])(?<variant> ?(?:pro|lite))?/gu,
    name: (groups) => add(`oneplus ${groups.id}`, groups.variant),
    platform: 'android',
    vendor: 'oneplus',
  },
  {
    pattern:
      /(?<!\w)(?:motorola |moto(?:rola)? ?)(?<id>g ?\d{1,3}|edge(?: ?\d{2})?|razr|e ?\d{1,2})(?!\w)(?<variant> (?:plus|power|pro))?/gu,
    name: (groups) => add(`moto ${tidy(groups.id)}`, groups.variant),
    platform: 'android',
    vendor: 'motorola',
  },
  {
    pattern:
      /(?<!\w)(?<id>oppo (?:find|reno|a) ?\w{0,3}|vivo [vyx]\d{1,3}|realme \d{1,2}|huawei (?:p|mate|nova) ?\d{1,2}|honor (?:magic ?)?\d{1,3}|nokia [gxc]?\d{1,2}|xperia (?:1|5|10)(?: [iv]+)?|zenfone \d{1,2}|nothing phone ?\(?\d?a?\)?|fairphone ?\d?)(?!\w)(?<variant> (?:pro|lite|plus))?/gu,
    name: (groups) => add(tidy(groups.id), groups.variant),
    platform: 'android',
  },
];

const vendorByFirstWord = new Map([
  ['oppo', 'oppo'],
  ['vivo', 'vivo'],
  ['realme', 'realme'],
  ['huawei', 'huawei'],
  ['honor', 'honor'],
  ['nokia', 'nokia'],
  ['xperia', 'sony'],
  ['zenfone', 'asus'],
  ['nothing', 'nothing'],
  ['fairphone', 'fairphone'],
]);

/** Phone models in folded text, each with the platform and the maker that follow from it. */
export function findModels(folded: string): FoundValue[] {
  const found: FoundValue[] = [];
  for (const { pattern, name, platform, vendor } of patterns) {
    for (const match of folded.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].trimEnd().length };
      if (
        found.some(
          (other) => other.entity === 'model' && other.span.start < span.end && span.start < other.span.end,
        )
      ) {
        continue;
      }
      const value = name(match.groups ?? {});
      const maker = vendor ?? vendorByFirstWord.get(value.split(' ')[0] ?? '');
      found.push({ entity: 'model', value, span }, { entity: 'platform', value: platform, span });
      if (maker !== undefined) found.push({ entity: 'vendor', value: maker, span });
    }
  }
  return found;
}
