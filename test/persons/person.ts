import type { TrueCause, Where } from './cause.js';
import { inTheContent } from './causes-content.js';
import { onThePhone } from './causes-phone.js';
import { spaceAndNetwork } from './causes-space-network.js';
import type { Chance } from './chance.js';
import { chanceOf } from './chance.js';
import { healthy, type World } from './questions.js';

/** Every cause that a person may have. */
const trueCauses: readonly TrueCause[] = [...spaceAndNetwork, ...onThePhone, ...inTheContent];

export const openingKinds = ['bare', 'symptom', 'symptom and phone', 'rambling'] as const;
export type OpeningKind = (typeof openingKinds)[number];

export const tempers = ['plain', 'terse', 'rambling', 'unsure', 'corrects', 'interrupts'] as const;
export type Temper = (typeof tempers)[number];

/** One person with a phone and a cause that only the person's answers give away. */
export interface Person {
  seed: number;
  cause: TrueCause;
  world: World;
  temper: Temper;
  opening: OpeningKind;
  /** Fixes that help this person, by name; all that the guide has for the cause when none would. */
  helps: ReadonlySet<string>;
  /** Fixes that the guide has for this cause on this phone. */
  worthTrying: readonly string[];
  isWillingToPay: boolean;
  hasCopy: boolean;
  /** Number of the message with which the person asks for another person; far away for most. */
  asksHumanAt: number;
}

const kinds: readonly { kind: OpeningKind; weight: number }[] = [
  { kind: 'bare', weight: 30 },
  { kind: 'symptom', weight: 40 },
  { kind: 'symptom and phone', weight: 20 },
  { kind: 'rambling', weight: 10 },
];

const temperWeights: readonly { temper: Temper; weight: number }[] = [
  { temper: 'plain', weight: 30 },
  { temper: 'terse', weight: 20 },
  { temper: 'rambling', weight: 12 },
  { temper: 'unsure', weight: 14 },
  { temper: 'corrects', weight: 12 },
  { temper: 'interrupts', weight: 12 },
];

/** How common each kind of backup is. */
const places: Record<Where, number> = {
  icloud: 7,
  google: 3,
  photos: 3.5,
  applePhotos: 1,
  samsung: 1,
  whatsapp: 1.2,
  appleWhatsapp: 1,
};

const vendors = [
  { vendor: 'samsung', weight: 5 },
  { vendor: 'pixel', weight: 2 },
  { vendor: 'xiaomi', weight: 2 },
  { vendor: 'oneplus', weight: 0.7 },
  { vendor: 'motorola', weight: 0.7 },
  { vendor: 'other', weight: 1 },
];

const payingFixes = /plan$|mobile data/;

/** The person of this seed: cause, phone, temper, and how the first message is worded. */
export function personOf(seed: number): Person {
  const chance = chanceOf(seed);
  const cause = chance.weigh(trueCauses);
  const world: World = { ...healthy, ...cause.world, ...phoneOf(cause, chance) };
  for (const [fact, { value, share }] of Object.entries(cause.sometimes ?? {})) {
    if (chance.happens(share)) world[fact] = value;
  }
  const isWillingToPay = chance.happens(0.5);
  const worthTrying: string[] = [];
  const helps = new Set<string>();
  for (const [fix, mends] of Object.entries(cause.mends)) {
    const { share, needs } = typeof mends === 'number' ? { share: mends, needs: {} } : mends;
    const suits = Object.entries(needs).every(([fact, value]) => world[fact] === value);
    const isRefused = payingFixes.test(fix) && !isWillingToPay;
    const isLucky = chance.happens(share);
    if (suits && !isRefused && share >= 0.5) worthTrying.push(fix);
    if (suits && !isRefused && isLucky) helps.add(fix);
  }
  return {
    seed,
    cause,
    world,
    temper: chance.weigh(temperWeights).temper,
    opening: chance.weigh(kinds).kind,
    helps,
    worthTrying,
    isWillingToPay,
    hasCopy: chance.happens(0.6),
    asksHumanAt: chance.happens(0.03) ? 4 + Math.floor(chance.number() * 10) : Number.POSITIVE_INFINITY,
  };
}

function phoneOf({ where }: TrueCause, chance: Chance): World {
  const place = chance.weigh(where.map((one) => ({ place: one, weight: places[one] }))).place;
  const platform = chance.happens(0.12) ? 'ipad' : 'iphone';
  const vendor = chance.weigh(vendors).vendor;
  switch (place) {
    case 'icloud':
      return { platform, service: 'icloud' };
    case 'applePhotos':
      return { platform, service: 'google_photos' };
    case 'appleWhatsapp':
      return { platform: 'iphone', service: 'whatsapp' };
    case 'google':
      return { platform: 'android', vendor, service: 'google' };
    case 'photos':
      return { platform: 'android', vendor, service: 'google_photos' };
    case 'samsung':
      return { platform: 'android', vendor: 'samsung', service: 'samsung_cloud' };
    case 'whatsapp':
      return { platform: 'android', vendor, service: 'whatsapp' };
  }
}
