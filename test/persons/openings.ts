import { misspell } from '../../intents/text/misspell.js';
import type { Chance } from './chance.js';
import type { Person } from './person.js';
import type { World } from './questions.js';

const bare = [
  'backup failed',
  'my backup does not work',
  'backup wont work',
  'hi, my phone cannot back up',
  'the backup is broken',
  'Backup Failed!!',
  'help, backup error',
];

const phoneNames: Record<string, string> = {
  iphone: 'iphone',
  ipad: 'ipad',
  samsung: 'samsung galaxy',
  pixel: 'pixel',
  xiaomi: 'xiaomi',
  oneplus: 'oneplus',
  motorola: 'motorola',
  other: 'android phone',
};

/** A backup as people call it. */
export const serviceNames: Record<string, string> = {
  icloud: 'icloud',
  google: 'google backup',
  google_photos: 'google photos',
  samsung_cloud: 'samsung cloud',
  whatsapp: 'whatsapp',
};

/** The person's first message. */
export function openingOf(person: Person, chance: Chance): string {
  const text = wordsOf(person, chance);
  return chance.happens(0.2) ? misspell(text, () => chance.number(), 30) : text;
}

function wordsOf({ opening, cause, world, temper }: Person, chance: Chance): string {
  // A restore is no failed backup: nobody would call it so.
  const isRestore = world.happens === 'restoring';
  const symptom = chance.pick(cause.symptoms);
  if (opening === 'bare' && !isRestore) return chance.pick(bare);
  if (opening === 'symptom' || opening === 'bare') return symptom;
  const phone = phoneName(world);
  const service = serviceNames[world.service ?? ''] ?? '';
  if (opening === 'symptom and phone') {
    const patterns = [
      `${phone}, ${service}: ${symptom}`,
      `${symptom} (${phone}, ${service})`,
      `my ${phone}: ${symptom}`,
    ];
    return chance.pick(patterns);
  }
  const start = chance.pick([
    'Hello, I hope you can help me, my grandson usually does this but he is away.',
    'So I was trying to do this all morning and I am really not good with phones.',
    'Sorry this is long. I have been a bit worried because I have all my pictures on it.',
  ]);
  const end = chance.pick([
    'I really do not know what to do any more.',
    'My neighbour said I should ask here.',
    temper === 'terse' ? 'Thanks.' : 'I hope that is enough to go on, thank you very much.',
  ]);
  const where = chance.happens(0.7) ? `It is a ${phone} with ${service}.` : `It is a ${phone}.`;
  return `${start} ${where} ${symptom.charAt(0).toUpperCase()}${symptom.slice(1)}. ${end}`;
}

/** The phone as its owner calls it. */
export function phoneName(world: World): string {
  return phoneNames[world.platform === 'android' ? (world.vendor ?? '') : (world.platform ?? '')] ?? 'phone';
}
