import type { Shown } from './talk.js';

/** Longest message, in words, beside a hand-off summary, an export and link texts. */
const maxWords = 60;

/** Messages that may be longer: the summary that people copy, and what is kept about them. */
const longOnes = /^(Summary|Here is what I keep about you:)/;

/** What is wrong with a reply whatever it answers; empty for one that keeps every rule. */
export function brokenRules({ activity, reply }: Shown): string[] {
  const text = activity.text ?? '';
  const faults: string[] = [];
  if (/undefined|NaN|\[object|\bnull\b/.test(text)) faults.push('shows a value that is none');
  if (/\{[a-zA-Z]+\}/.test(text)) faults.push('shows a slot that is not filled');
  if (reply === undefined) return faults;
  const words = [reply.lead, reply.say, reply.also, reply.ask].filter((part) => part !== undefined).join(' ');
  if (longOnes.test(reply.say)) return faults;
  const count = words.split(/\s+/).length;
  if (count > maxWords) faults.push(`has ${count} words`);
  if (words.split('?').length > 2) faults.push('asks more than one question');
  if (words.includes('!')) faults.push('has an exclamation mark');
  const choices = reply.choices ?? [];
  if (new Set(choices.map((choice) => choice.label)).size < choices.length) faults.push('repeats a label');
  for (const { id, label } of choices) {
    if (label.length > 20) faults.push(`has a label of ${label.length} characters: ${label}`);
    if (!/^[\x21-\x7e]{1,48}$/.test(id)) faults.push(`has a choice id that channels cannot carry: ${id}`);
  }
  return faults;
}
