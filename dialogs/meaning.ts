import type { IntentName } from '../intents/names.js';
import type { Understanding } from '../intents/understanding.js';
import { phoneFields } from '../knowledge/phone.js';

/** Least confidence to act on an intent. */
export const leastSteer = 0.5;
/** Least confidence for a topic: while something is open, and while nothing is. */
export const leastTopic = { open: 0.5, idle: 0.3 } as const;

/** Steering that is meant as such wherever the conversation stands. */
export const steering: ReadonlySet<string> = new Set<IntentName>([
  'talk.help',
  'talk.repeat',
  'talk.back',
  'talk.skip',
  'talk.why',
  'talk.restart',
  'talk.cancel',
  'talk.bot',
  'talk.upset',
  'talk.bye',
  'talk.thanks',
  'talk.greet',
  'log.show',
  'data.export',
  'data.delete',
]);

/** Steering that leaves what is open, comes back to it or questions it; nobody says so who tells how a step went. */
export const leaving: ReadonlySet<string> = new Set<IntentName>([
  'talk.greet',
  'talk.repeat',
  'talk.back',
  'talk.skip',
  'talk.restart',
  'talk.why',
]);

/** Steering that ends the talk for now. */
export const stopping: ReadonlySet<string> = new Set<IntentName>(['talk.cancel', 'talk.bye']);

/** Topics that name no cause, so that a named one takes their place without ceremony. */
export const vague: ReadonlySet<string> = new Set<IntentName>(['fix.unknown', 'fix.stuck']);

/** How sure the intent is; of a question, how sure that it is one, whichever lesson answers it best. */
export function sureness({ intent, confidence, alternatives }: Understanding): number {
  if (!intent.startsWith('learn.')) return confidence;
  const others = alternatives.filter((one) => one.intent.startsWith('learn.'));
  return others.reduce((sum, one) => sum + one.confidence, confidence);
}

/** True for a question of the person's own, which answers nothing. */
export function isAside(said: Understanding): boolean {
  return said.intent.startsWith('learn.') || said.text.trimEnd().endsWith('?');
}

/** True for a message of hardly more than amounts, speeds or times, which complains of nothing. */
export function isFigures(said: Understanding): boolean {
  if (said.amounts.length + said.speeds.length + said.durationsHours.length === 0) return false;
  return said.text.replace(/[\d.,]+\s*[a-z]+/gi, '').trim().length <= 24;
}

/** Words of a backup that runs just now. */
const underWay = /\b(?:back|upload|check|load|prepar|estimat|runn|mov|count)ing\b/i;

/** True where the message says that the backup is on its way, and not that it has ended. */
export function isUnderWay({ text, percents }: Understanding): boolean {
  const isWhole =
    percents.some((percent) => percent >= 100) || /\b(?:finish|complet|done|success)/i.test(text);
  return !isWhole && (percents.length > 0 || underWay.test(text));
}

/** Words that stand about the name of a phone, and tell nothing of it. */
const besideNames = new Set(
  'its it is am im an my the this that one on for with phone telephone mobile device have ive got using use think guess gues reckon maybe probably believe suppose'.split(
    ' ',
  ),
);

/** Entities by which a message says which phone, backup or data it is about. */
const nameable: ReadonlySet<string> = new Set([...phoneFields, 'model', 'osVersion', 'content']);

/** True for a message that only names a phone, a backup or what is in it: "android 14", "the samsung one". */
export function isNames(said: Understanding): boolean {
  const names = said.mentions.filter((one) => nameable.has(one.entity) && !one.isNegated);
  if (names.length === 0) return false;
  return wordsBeside(said, names).every((word) => besideNames.has(word.replace("'", '')));
}

/** Words of a message that tells of one deed. */
const deedLength = 4;

/** True for a message that tells what was done, and names nothing: "turned it off". */
export function isDeed({ text, tried, mentions }: Understanding): boolean {
  const [only] = tried;
  const said = text.trim();
  return (
    only !== undefined &&
    only.text.length >= said.replace(/[.!]+$/, '').length &&
    mentions.length === 0 &&
    said.split(/\s+/).length <= deedLength
  );
}

/** Words of two letters and more, in lower case, that stand beside these mentions; of a part where one is given. */
export function wordsBeside(
  { text }: Understanding,
  mentions: Understanding['mentions'],
  span = { start: 0, end: text.length },
): string[] {
  let rest = text.slice(span.start, span.end);
  for (const one of mentions) rest = rest.replace(text.slice(one.span.start, one.span.end), ' ');
  return rest.toLowerCase().match(/\p{L}[\p{L}']+/gu) ?? [];
}

/** True for a label that is a problem or a lesson, and no steering. */
export function isTopic(label: string): boolean {
  return label.startsWith('fix.') || label.startsWith('learn.');
}
