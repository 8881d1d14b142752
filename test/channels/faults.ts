import type { Activity } from 'botbuilder';
import type { Reply } from '../../knowledge/reply.js';
import { buttonsOf, cardOf, textOf, wordsOfBody } from './anatomy.js';
import { numbers, teamsSuggestedActions, whatsappBodyChars } from './numbers.js';

/** What is wrong with a rendered reply for this channel; empty when it keeps every number and says everything. */
export function faultsOf(reply: Reply, activities: readonly Partial<Activity>[], channel: string): string[] {
  const faults = activities.flatMap((activity) => faultsOfOne(activity, channel));
  if (activities.length === 0) faults.push('nothing is sent');
  const { choices = [] } = reply;
  const isTold = activities.map((activity) => wordsOf(activity, channel)).join('\n');
  for (const part of partsOf(reply)) {
    if (!bare(isTold).includes(bare(part))) faults.push(`does not say "${part}"`);
  }
  const pressed = activities.slice(0, -1).flatMap((activity) => buttonsOf(activity, channel));
  if (pressed.length > 0) faults.push('has buttons before its last message');
  const buttons = activities.slice(-1).flatMap((activity) => buttonsOf(activity, channel));
  if (buttons.length === 0) {
    choices.forEach(({ label }, at) => {
      if (!bare(isTold).includes(bare(`${at + 1}. ${label}`)))
        faults.push(`does not offer ${at + 1}. ${label}`);
    });
  } else if (buttons.map(({ label }) => label).join() !== choices.map(({ label }) => label).join()) {
    faults.push('has other buttons than choices');
  }
  return faults;
}

function faultsOfOne(activity: Partial<Activity>, channel: string): string[] {
  const faults: string[] = [];
  const limit = numbers[channel] ?? numbers['a-channel-of-tomorrow']!;
  const buttons = buttonsOf(activity, channel);
  const text = textOf(activity, channel);
  const check = (what: string, found: number, most: number) => {
    if (found > most) faults.push(`has ${what} ${found}, more than ${most}`);
  };
  check('characters', text?.length ?? 0, limit.textChars);
  check('bytes', Buffer.byteLength(JSON.stringify(activity)), limit.payloadBytes);
  check('buttons', buttons.length, limit.buttons);
  for (const { label, value } of buttons) {
    check('characters in a label', label.length, limit.labelChars);
    check('bytes in a value', Buffer.byteLength(value), limit.valueBytes);
  }
  if (channel === 'whatsapp' && buttons.length > 0) check('characters', text?.length ?? 0, whatsappBodyChars);
  if (channel === 'telegram') faults.push(...htmlFaults(text ?? ''));
  if (text === '') faults.push('has an empty text');
  if (text === undefined && activity.attachments === undefined) faults.push('says nothing');
  faults.push(...cardFaults(activity, channel));
  return faults;
}

function cardFaults(activity: Partial<Activity>, channel: string): string[] {
  const faults: string[] = [];
  const card = cardOf(activity);
  const suggested = activity.suggestedActions?.actions ?? [];
  if (channel === 'msteams') {
    if (suggested.length > teamsSuggestedActions) faults.push('has too many suggested actions');
    if (suggested.length > 0 && card !== undefined) faults.push('has suggested actions beside a card');
  }
  if (card === undefined) return faults;
  if (activity.text !== undefined) faults.push('has text beside a card');
  if (!['msteams', 'webchat'].includes(channel)) faults.push('has a card where none is shown');
  if (card.version !== '1.5') faults.push(`has a card of version ${card.version}`);
  if (card.speak !== card.fallbackText) faults.push('speaks other words than it falls back to');
  for (const line of wordsOfBody(card.body)
    .split('\n')
    .filter((one) => !one.startsWith('['))) {
    if (!bare(card.speak).includes(bare(line))) faults.push(`shows but does not speak "${line}"`);
  }
  for (const action of card.actions ?? []) {
    if (action.type !== 'Action.Execute' || action.fallback?.type !== 'Action.Submit') {
      faults.push(`has an action ${action.type} without a fallback`);
    }
  }
  return faults;
}

/** Telegram refuses a message with any tag that it does not know, and one that is not closed. */
function htmlFaults(text: string): string[] {
  const rest = text.replace(/<b>[^<>]*<\/b>|<a href="[^"<>]*">[^<>]*<\/a>/g, '');
  const hasStray = /[<>]/.test(rest) || /&(?!(?:amp|lt|gt|quot);)/.test(text);
  return hasStray ? ['has HTML that Telegram refuses'] : [];
}

/** All words of an activity: its text, or what its card shows and speaks, and its buttons. */
function wordsOf(activity: Partial<Activity>, channel: string): string {
  const card = cardOf(activity);
  if (card === undefined) return textOf(activity, channel) ?? '';
  const isWhole = wordsOfBody(card.body);
  return `${card.speak}\n${isWhole}`;
}

function partsOf(reply: Reply): string[] {
  const { say, path = [], also, ask, links = [], step } = reply;
  const words = [say, also, ask].filter((part) => part !== undefined).flatMap((part) => part.split('\n'));
  const urls = links.flatMap(({ title, url }) => [title, url]);
  return [
    ...words,
    ...path,
    ...urls,
    ...(step === undefined || step.of < 2 ? [] : [`Step ${step.number} of ${step.of}`]),
    ...(reply.tone === 'warning' ? ['Warning'] : []),
  ];
}

/** Letters and digits alone, so that marks, blanks and breaks between messages do not count. */
function bare(text: string): string {
  return text
    .replace(/&(amp|lt|gt|quot);/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
