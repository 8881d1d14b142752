import { isFormerPhone } from '../intents/owner.js';
import type { Understanding } from '../intents/understanding.js';
import type { Evidence } from '../knowledge/evidence.js';
import type { PhoneField } from '../knowledge/phone.js';
import { phoneFields, phoneOf, suits } from '../knowledge/phone.js';
import type { AmountName } from '../knowledge/schema.js';
import { takeDevice } from './devices.js';
import type { Frame } from './frame.js';
import { isNames } from './meaning.js';
import { learn, record } from './problem.js';

/** Services as the taxonomy spells them, and as the topics do. */
const serviceNames: Record<string, string> = { google_one: 'google', google_drive: 'google' };

/** Where WhatsApp keeps its backup: "4 GB free in iCloud" makes it no backup of iCloud's. */
const hostsOfWhatsapp: readonly string[] = ['icloud', 'google'];

/** What a message changed in what is known, beside the answer to the open question. */
export interface Absorbed {
  /** Phone fields that are known now and were not, or were otherwise. */
  phone: PhoneField[];
  /** Those of them that were known otherwise before. */
  corrected: PhoneField[];
  amounts: AmountName[];
  errors: number;
  tried: string[];
  /** Questions answered before they were asked. */
  answers: string[];
  /** The message is about another phone of theirs than the one before. */
  isOtherPhone: boolean;
  /** They said before that they will not pay. */
  refusedBefore: boolean;
}

/** Takes everything into the evidence and the ledger that the message says in passing. */
export function absorb(frame: Frame, understanding: Understanding): Absorbed {
  // What keeps a copy, or is still in use, is no other phone that fails.
  const saysOfCopy = understanding.answer?.gate !== undefined;
  const isOtherPhone = !saysOfCopy && takeDevice(frame, understanding.text);
  const before = phoneOf(frame.device.evidence);
  const refusedBefore = frame.session.refusesCost;
  if (understanding.refusesCost) frame.session.refusesCost = true;
  const isLacking = (one: Understanding['mentions'][number]) => one.value === 'computer' && one.isNegated;
  if (understanding.mentions.some(isLacking)) frame.session.lacksComputer = true;
  const phone = saysOfCopy ? [] : absorbPhone(frame, understanding);
  return {
    phone,
    corrected: phone.filter((field) => before[field] !== undefined),
    amounts: absorbAmounts(frame, understanding),
    errors: absorbErrors(frame, understanding),
    tried: absorbTried(frame, understanding),
    answers: absorbAnswers(frame, understanding),
    isOtherPhone,
    refusedBefore,
  };
}

/** True where the name of a service is only a place: in the middle of a fix nobody changes the backup in passing. */
function isOnlyPlace({ session: { cursor }, device }: Frame, understanding: Understanding): boolean {
  if (cursor === undefined || !('fix' in cursor) || phoneOf(device.evidence).service === undefined)
    return false;
  return !isNames(understanding) && !understanding.mentions.some((one) => one.isCorrection || one.isNegated);
}

function absorbPhone(frame: Frame, understanding: Understanding): PhoneField[] {
  const { facts } = frame.device.evidence;
  const changed: PhoneField[] = [];
  const isPlace = isOnlyPlace(frame, understanding);
  for (const field of phoneFields) {
    if (field === 'service' && isPlace) continue;
    const value = phoneValue(frame, field, understanding);
    if (value === undefined || facts[field]?.answer === value) continue;
    if (field === 'platform') forgetPhone(frame.device.evidence, value);
    learn(frame, field, value, 'typed');
    changed.push(field);
  }
  if (changed.length > 0) forgetImpossible(frame);
  const version = understanding.entities.osVersion?.[0]?.match(/\d+/)?.[0];
  if (version !== undefined) facts.os = { answer: version, source: 'typed', at: frame.now };
  return changed;
}

/** Forgets what belonged to another platform. */
function forgetPhone(evidence: Evidence, platform: string): void {
  if (evidence.facts.platform?.answer === platform) return;
  for (const id of ['vendor', 'service', 'os']) {
    if (evidence.facts[id]?.at !== undefined && evidence.facts.platform !== undefined)
      delete evidence.facts[id];
  }
}

/** Forgets answers and quoted texts that the phone, as it is known now, cannot have: an Android has no full iCloud. */
function forgetImpossible({ device: { evidence }, brain: { knowledge } }: Frame): void {
  const phone = phoneOf(evidence);
  for (const [id, { answer }] of Object.entries(evidence.facts)) {
    const question = knowledge.questions.get(id);
    const given = question?.answers.find((one) => one.id === answer);
    const isPhone = phoneFields.some((field) => field === id);
    if (isPhone || question === undefined) continue;
    if (!suits(question.for, phone) || !suits(given?.for ?? {}, phone)) delete evidence.facts[id];
  }
  evidence.errors = evidence.errors.filter((one) => suits(knowledge.causes.get(one.cause)?.for ?? {}, phone));
}

function phoneValue(frame: Frame, field: PhoneField, understanding: Understanding): string | undefined {
  const isKnown = phoneOf(frame.device.evidence)[field] !== undefined;
  const mentions = understanding.mentions.filter(
    (one) =>
      one.entity === field &&
      !one.isNegated &&
      !(isKnown && isFormerPhone(understanding.text, one.span.start)),
  );
  if (field === 'service' && isOfWhatsapp(frame, understanding)) return 'whatsapp';
  const mention = mentions.findLast((one) => one.isCorrection) ?? mentions[0];
  const said = mention?.value;
  const value = said === undefined ? undefined : (serviceNames[said] ?? said);
  // "On the same Wi-Fi as my computer": beside a backup that is known, a computer is only named.
  const isOnlyNamed =
    value === 'computer' && mention?.isCorrection !== true && !isBackupProgram(understanding, mention);
  if (field === 'service' && isKnown && isOnlyNamed) return undefined;
  const isHost = hostsOfWhatsapp.includes(value ?? '') && mention?.isCorrection !== true;
  if (isHost && field === 'service' && phoneOf(frame.device.evidence).service === 'whatsapp')
    return undefined;
  const question = frame.brain.knowledge.questions.get(field);
  if (value !== undefined && question?.answers.some((one) => one.id === value)) return value;
  if (value !== undefined && field === 'vendor') return 'other';
  const denied = understanding.mentions.some((one) => one.entity === field && one.isNegated);
  if (field !== 'platform' || !denied) return undefined;
  const was = understanding.mentions.find((one) => one.entity === field)?.value;
  return was === 'iphone' || was === 'ipad' ? 'android' : was === 'android' ? 'iphone' : undefined;
}

/** True where the program is named by which a computer backs a phone up. */
function isBackupProgram(
  { text }: Understanding,
  mention: Understanding['mentions'][number] | undefined,
): boolean {
  return /^(?:itunes|finder|apple devices)/i.test(text.slice(mention?.span.start, mention?.span.end));
}

/** Where the name of the app that complains may begin at the latest: "my WhatsApp says", in characters. */
const subjectReach = 4;

/** True when WhatsApp is what fails, and not what is missing in the backup of the phone. */
function isOfWhatsapp({ brain }: Frame, { text, mentions }: Understanding): boolean {
  const app = mentions.find((one) => one.entity === 'content' && one.value === 'whatsapp' && !one.isNegated);
  if (app === undefined) return false;
  const isAlone = !mentions.some(
    (one) => one.entity === 'service' || (one.entity === 'content' && one !== app),
  );
  const isMissing = brain.findAnswers(text).some((one) => one.answer === 'missing');
  return (isAlone || app.span.start <= subjectReach) && !isMissing;
}

/** Time that is still to come. */
const remaining = /\b(?:min(?:ute)?s?|h(?:ou)?rs?|days?)\W{0,3}(?:is |are )?(?:remaining|left|to go)\b/i;

function absorbAmounts(frame: Frame, understanding: Understanding): AmountName[] {
  const { evidence } = frame.device;
  const known: AmountName[] = [];
  const store = (name: AmountName, value: number) => {
    evidence.amounts[name] = value;
    known.push(name);
  };
  const isPhone =
    evidence.facts['which-space']?.answer === 'phone' ||
    evidence.facts['which-space-android']?.answer === 'phone';
  const open = openStores(frame);
  const unnamed: number[] = [];
  for (const amount of understanding.amounts) {
    const name = amount.role === undefined ? undefined : nameOf(amount.role, isPhone);
    if (name !== undefined) store(name, amount.bytes);
    else unnamed.push(amount.bytes);
  }
  // "I have 5 GB and 4.8 are used": the greater one beside what is used is all there is.
  const used =
    known.includes('cloudUsed') && !known.includes('cloudTotal') ? evidence.amounts.cloudUsed : undefined;
  const total = unnamed.findIndex((bytes) => used !== undefined && bytes >= used);
  if (total >= 0) store('cloudTotal', unnamed.splice(total, 1)[0] ?? 0);
  // "3 GB free, the backup is 2.5": beside the free space, an amount without a name is what the backup needs; one that
  // is greater is rather all there is: "200 GB with 90 free".
  const free = evidence.amounts.cloudFree ?? 0;
  const isCompared =
    known.includes('cloudFree') && !known.includes('nextBackup') && unnamed.every((bytes) => bytes <= free);
  const asked = open.filter((name) => isBytes(name) && !known.includes(name));
  const wanted = isCompared && asked.length === 0 ? (['nextBackup'] as const) : asked;
  unnamed.slice(0, wanted.length).forEach((bytes, at) => {
    const name = wanted[at];
    if (name !== undefined) store(name, bytes);
  });
  const speed = understanding.speeds[0];
  if (speed !== undefined) store('uploadSpeed', speed.bitsPerSecond);
  // "How many times a week" asks, and tells of no time.
  const isAhead = remaining.test(understanding.text);
  const hours =
    understanding.intent.startsWith('learn.') || isAhead ? undefined : understanding.durationsHours[0];
  const isOnTime = isAboutTime(frame, understanding);
  if (hours !== undefined && (open.includes('elapsedHours') || isOnTime)) store('elapsedHours', hours);
  const size = unnamed[wanted.length];
  if (size !== undefined && (speed !== undefined || isOnTime)) store('backupSize', size);
  return known;
}

/** True where hours mean how long it runs, and gigabytes how much there is to send. */
function isAboutTime(frame: Frame, understanding: Understanding): boolean {
  const named = understanding.intents.map(({ intent }) => intent as string);
  return ['fix.stuck', 'fix.network'].some(
    (topic) => frame.device.evidence.topics.includes(topic) || named.includes(topic),
  );
}

function isBytes(name: AmountName): boolean {
  return name !== 'uploadSpeed' && name !== 'elapsedHours';
}

function nameOf(role: 'free' | 'used' | 'total' | 'needed', isPhone: boolean): AmountName | undefined {
  if (role === 'needed') return 'nextBackup';
  const names = isPhone
    ? ({ free: 'phoneFree', used: undefined, total: 'phoneTotal' } as const)
    : ({ free: 'cloudFree', used: 'cloudUsed', total: 'cloudTotal' } as const);
  return names[role];
}

/** Amounts that the open question asks for. */
export function openStores(frame: Frame): readonly AmountName[] {
  const { cursor } = frame.session;
  if (cursor?.kind !== 'question') return [];
  return frame.brain.knowledge.questions.get(cursor.question)?.stores ?? [];
}

function absorbErrors(frame: Frame, { text, tried }: Understanding): number {
  const { evidence } = frame.device;
  const done = tried.map((clause) => clause.text);
  // "I turned on backup" tells what was done, and quotes no button.
  const isTold = (one: { text: string }) =>
    done.some((clause) => frame.brain.findErrors(clause).some((other) => other.text === one.text)) &&
    one.text.split(' ').length <= 4;
  const found = frame.brain
    .findErrors(text)
    .filter((one) => !isTold(one))
    .slice(0, 1);
  for (const error of found) {
    if (evidence.errors.some((one) => one.cause === error.cause)) continue;
    evidence.errors.push(error);
    for (const [id, answer] of Object.entries(frame.brain.knowledge.causes.get(error.cause)?.implies ?? {})) {
      const known = evidence.facts[id];
      // "Turn on iCloud Drive to back up your chats" names iCloud, and is a text of WhatsApp's.
      const isNamedInIt = id === 'service' && known?.at === frame.now;
      if (isNamedInIt) delete evidence.facts[id];
      if ((known === undefined || isNamedInIt) && canBe(frame, id, answer))
        learn(frame, id, answer, 'inferred');
    }
  }
  return found.length;
}

/** True unless the phone is known to be one that cannot have this answer. */
function canBe(frame: Frame, question: string, answer: string): boolean {
  const given = frame.brain.knowledge.questions.get(question)?.answers.find((one) => one.id === answer);
  return suits(given?.for ?? {}, phoneOf(frame.device.evidence));
}

function absorbTried(frame: Frame, understanding: Understanding): string[] {
  const found = understanding.tried.flatMap((clause) => frame.brain.findTried(clause.text));
  const fresh = [...new Set(found)].filter((fix) => frame.device.ledger[fix] === undefined);
  for (const fix of fresh) record(frame, fix, 'failed', 'person');
  for (const topic of understanding.ruledOut) {
    if (!frame.device.evidence.ruledOut.includes(topic)) frame.device.evidence.ruledOut.push(topic);
  }
  return fresh;
}

/** Words from which an answer counts beside a question that is open: fewer may be meant for that one. */
const tellingWords = 3;

/** Takes answers that the message gives in so many words, for questions of the topics it names. */
function absorbAnswers(frame: Frame, understanding: Understanding): string[] {
  const { knowledge } = frame.brain;
  const { evidence } = frame.device;
  const topics = new Set<string>([...evidence.topics, ...understanding.intents.map((one) => one.intent)]);
  const isDenied = understanding.mentions.some((mention) => mention.isNegated);
  const phone = phoneOf(evidence);
  const { cursor } = frame.session;
  const open = cursor?.kind === 'question' ? cursor.question : undefined;
  const found = frame.brain.findAnswers(understanding.text).filter((one) => one.question !== open);
  return found.flatMap(({ question: id, answer, isQuote, words }) => {
    const question = knowledge.questions.get(id);
    const given = question?.answers.find((one) => one.id === answer);
    if (question === undefined || given === undefined || evidence.facts[id] !== undefined) return [];
    const isMeant =
      !isDenied &&
      (cursor === undefined || words >= tellingWords) &&
      [question.topic, ...question.alsoIn].some((topic) => topics.has(topic));
    if (Object.keys(question.if).length > 0 && !isQuote) return [];
    if (!(isMeant || isQuote) || !suits(question.for, phone) || !suits(given.for, phone)) return [];
    learn(frame, id, answer, 'typed');
    if (given.warns !== undefined) frame.leads.push(given.warns);
    return [id];
  });
}
