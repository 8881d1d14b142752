import {
  checkSpace,
  isOverdue,
  isPhoneNearlyFull,
  uploadHours,
  uploadSteps,
  whatsappIcloudBytes,
} from './arithmetic.js';
import type { Evidence } from './evidence.js';
import { amountOf, unsure } from './evidence.js';
import { phoneOf } from './phone.js';

/** Longest time a vendor names for a backup, in hours (fact D3); counts while size or speed is not known. */
const vendorPatienceHours = 24;

/** Facts that follow from the amounts known: answers to the questions `fit`, `phone-room` and `pace`. */
export function derivedFacts(evidence: Evidence): Record<string, string> {
  const facts: Record<string, string> = {};
  const fit = fitOf(evidence);
  if (fit !== undefined) facts.fit = fit;
  // Who compares the two numbers speaks of the space online.
  const spaceId = whichSpaceOf(evidence);
  if (fit !== undefined && spaceId !== undefined && (evidence.facts[spaceId]?.answer ?? unsure) === unsure)
    facts[spaceId] = 'cloud';
  const phoneRoom = phoneRoomOf(evidence);
  if (phoneRoom !== undefined) facts['phone-room'] = phoneRoom;
  const speed = amountOf(evidence, 'uploadSpeed');
  if (speed !== undefined) facts['upload-speed'] = speedStep(speed);
  const room = whatsappRoomOf(evidence);
  if (room !== undefined) facts['whatsapp-room'] = room;
  const pace = paceOf(evidence);
  if (pace !== undefined) facts.pace = pace;
  return facts;
}

/** The question about the space that this phone can be asked; undefined while its platform is not known. */
function whichSpaceOf(evidence: Evidence): string | undefined {
  const { platform } = phoneOf(evidence);
  if (platform === undefined || platform === unsure) return undefined;
  return platform === 'android' ? 'which-space-android' : 'which-space';
}

/** Free bytes in the cloud: as said, or total less used; undefined when neither is known. */
export function cloudFreeOf(evidence: Evidence): number | undefined {
  const total = amountOf(evidence, 'cloudTotal');
  const used = amountOf(evidence, 'cloudUsed');
  const said = amountOf(evidence, 'cloudFree');
  return said ?? (total === undefined || used === undefined ? undefined : Math.max(0, total - used));
}

/** Bytes that must be free for the next backup; undefined while its size is not known. */
export function neededBytesOf(evidence: Evidence): number | undefined {
  const next = amountOf(evidence, 'nextBackup');
  return next !== undefined && isInIcloudDrive(evidence) ? whatsappIcloudBytes(next) : next;
}

/** True for WhatsApp on an iPhone, whose backup lies in iCloud Drive beside the one before. */
function isInIcloudDrive(evidence: Evidence): boolean {
  const { platform, service } = phoneOf(evidence);
  return service === 'whatsapp' && (platform === 'iphone' || platform === 'ipad');
}

function fitOf(evidence: Evidence): 'short' | 'tight' | 'fits' | undefined {
  const free = cloudFreeOf(evidence);
  const next = neededBytesOf(evidence);
  if (free === undefined || next === undefined) return undefined;
  const total = Math.max(amountOf(evidence, 'cloudTotal') ?? free, free);
  if (total === 0) return 'short';
  const { status } = checkSpace({ total, used: total - free, next });
  if (status === 'fail') return 'short';
  return status === 'tight' && amountOf(evidence, 'cloudTotal') !== undefined ? 'tight' : 'fits';
}

function phoneRoomOf(evidence: Evidence): 'low' | 'ok' | undefined {
  const free = amountOf(evidence, 'phoneFree');
  const total = amountOf(evidence, 'phoneTotal');
  if (free === undefined || total === undefined || total <= 0) return undefined;
  return isPhoneNearlyFull(free, total) ? 'low' : 'ok';
}

function speedStep(bitsPerSecond: number): 'slow' | 'medium' | 'fast' {
  if (bitsPerSecond < uploadSteps.slow) return 'slow';
  return bitsPerSecond < uploadSteps.medium ? 'medium' : 'fast';
}

function whatsappRoomOf(evidence: Evidence): 'short' | 'enough' | undefined {
  if (!isInIcloudDrive(evidence)) return undefined;
  const free = cloudFreeOf(evidence);
  const size = amountOf(evidence, 'backupSize') ?? amountOf(evidence, 'nextBackup');
  if (free === undefined || size === undefined) return undefined;
  return free < whatsappIcloudBytes(size) ? 'short' : 'enough';
}

function paceOf(evidence: Evidence): 'wait' | 'overdue' | undefined {
  const elapsed = amountOf(evidence, 'elapsedHours');
  if (elapsed === undefined) return undefined;
  const hours = estimatedHours(evidence);
  if (hours !== undefined) return isOverdue(elapsed, hours) ? 'overdue' : 'wait';
  return elapsed < vendorPatienceHours ? 'wait' : 'overdue';
}

/** Hours that the backup is expected to take; undefined while its size or the upload speed is not known. */
export function estimatedHours(evidence: Evidence): number | undefined {
  const size = amountOf(evidence, 'backupSize') ?? amountOf(evidence, 'nextBackup');
  const speed = amountOf(evidence, 'uploadSpeed');
  return size === undefined || speed === undefined || speed <= 0
    ? undefined
    : uploadHours(size, speed).estimated;
}
