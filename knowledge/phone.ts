import type { Evidence } from './evidence.js';
import { unsure } from './evidence.js';
import type { ForPhone, PathVariant } from './schema.js';

/** What is known of the phone and of the backup on it; an absent field is not known yet. */
export interface Phone {
  platform?: string;
  vendor?: string;
  service?: string;
  /** Major version of the system. */
  os?: number;
}

/** The fields that questions of the same id ask for. */
export const phoneFields = ['platform', 'vendor', 'service'] as const;
export type PhoneField = (typeof phoneFields)[number];

/** True for the ids of questions about the phone itself. */
export function isPhoneField(id: string): id is PhoneField {
  return (phoneFields as readonly string[]).includes(id);
}

/** The phone that the evidence describes. */
export function phoneOf(evidence: Evidence): Phone {
  const phone: Phone = {};
  for (const field of phoneFields) {
    const answer = evidence.facts[field]?.answer;
    if (answer !== undefined && answer !== unsure) phone[field] = answer;
  }
  const os = evidence.facts.os?.answer;
  if (os !== undefined && /^\d+$/.test(os)) phone.os = Number(os);
  return phone;
}

/** Platforms of the backups that not every phone has. */
const platformsOf: Record<string, readonly string[]> = {
  icloud: ['iphone', 'ipad'],
  google: ['android'],
  samsung_cloud: ['android'],
};

/** True unless something known of the phone contradicts it; what is not known contradicts nothing. */
export function suits(wanted: ForPhone, phone: Phone): boolean {
  for (const field of phoneFields) {
    const values = wanted[field] as readonly string[] | undefined;
    const known = phone[field];
    if (values !== undefined && known !== undefined && !values.includes(known)) return false;
  }
  if (phone.service === undefined && wanted.service?.every((one) => !canHave(phone, one))) return false;
  return wanted.os === undefined || phone.os === undefined || isInRange(phone.os, wanted.os);
}

/** First field that `wanted` depends on and that is not known; undefined when all are. */
export function missingField(wanted: ForPhone, phone: Phone): PhoneField | undefined {
  return phoneFields.find((field) => wanted[field] !== undefined && phone[field] === undefined);
}

/** The menu path for this phone: the first variant that suits and needs nothing unknown, else the first that suits. */
export function pathFor(paths: readonly PathVariant[], phone: Phone): PathVariant | undefined {
  const suiting = paths.filter((variant) => suits(variant.for, phone));
  return suiting.find((variant) => missingField(variant.for, phone) === undefined) ?? suiting[0];
}

/** Paths that this phone may have, the likeliest first, without repeats. */
export function otherPaths(paths: readonly PathVariant[], phone: Phone): PathVariant[] {
  const first = pathFor(paths, phone);
  return paths.filter((variant) => variant !== first && suits(variant.for, { ...phone, os: undefined }));
}

function canHave(phone: Phone, service: string): boolean {
  return phone.platform === undefined || platformsOf[service]?.includes(phone.platform) !== false;
}

function isInRange(version: number, range: string): boolean {
  return range.startsWith('>=') ? version >= Number(range.slice(2)) : version < Number(range.slice(1));
}
