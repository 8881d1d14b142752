import { misspell } from '../../intents/text/misspell.js';
import type { Chance } from './chance.js';
import { phoneName, serviceNames } from './openings.js';
import type { Person } from './person.js';
import { type Subject, subjects } from './questions.js';

/** What the person does next: types words, or presses the button that reads so. */
export type Act = { kind: 'type'; text: string } | { kind: 'press'; label: string };

/** What the person sees: the words of all new messages, the last message, and its buttons. */
export interface Seen {
  text: string;
  last: string;
  labels: readonly string[];
}

/** Share of answers that are simply wrong, by temper; and of those that the person does not know. */
const wrongShare = 0.03;
const unsureShare: Partial<Record<Person['temper'], number>> = { unsure: 0.22 };
const usualUnsureShare = 0.05;

/** Share of answers that are typed although there is a button. */
const typedShare: Partial<Record<Person['temper'], number>> = { terse: 0.5, rambling: 0.6, plain: 0.25 };

/** The subject of a question by its words; undefined when the person does not understand it. */
export function subjectOf(seen: Seen): Subject | undefined {
  return subjects.find((subject) => subject.about.test(seen.last));
}

/** The answer to a question, with the noise of real people. */
export function answerTo(person: Person, seen: Seen, chance: Chance): Act {
  const subject = subjectOf(seen);
  const isPhone = subject !== undefined && ['platform', 'vendor', 'service'].includes(subject.fact);
  const unsure = isPhone ? 0.01 : (unsureShare[person.temper] ?? usualUnsureShare);
  const notSure = seen.labels.find((label) => /not sure/i.test(label));
  if (subject === undefined || chance.happens(unsure)) return sayUnsure(notSure, chance);
  const truth = person.world[subject.fact];
  const isWrong = !isPhone && chance.happens(wrongShare);
  const values = Object.keys(subject.says);
  const value = isWrong ? chance.pick(values) : truth;
  if (value === undefined) return sayUnsure(notSure, chance);
  return say(person, { subject, value, labels: seen.labels }, chance) ?? sayUnsure(notSure, chance);
}

/** Says the value: by its button, in the person's own words, or not at all when there are neither. */
export function say(
  person: Person,
  { subject, value, labels }: { subject: Subject; value: string; labels: readonly string[] },
  chance: Chance,
): Act | undefined {
  const pattern = subject.says[value];
  const label = pattern === undefined ? undefined : labels.find((one) => pattern.test(one));
  const own = ownWords(person, subject, value, chance);
  if (label === undefined && own === undefined) return undefined;
  const isTyped = label === undefined || chance.happens(typedShare[person.temper] ?? 0.3);
  if (!isTyped && label !== undefined) return { kind: 'press', label };
  const words = own ?? label?.toLowerCase() ?? '';
  const text = chance.happens(0.2) ? misspell(words, () => chance.number(), 12) : words;
  const isLong = person.temper === 'rambling' && chance.happens(0.6);
  return { kind: 'type', text: isLong ? `${chance.pick(fillers)} ${text}` : text };
}

/** What the person types; asked for the phone and the backup, many name only one of them. */
function ownWords(person: Person, { types }: Subject, value: string, chance: Chance): string | undefined {
  if (types !== 'phone and backup') return types?.[value];
  const phone = phoneName(person.world);
  const service = serviceNames[value] ?? '';
  return chance.pick([phone, service, `${service} on my ${phone}`, `${phone}, ${service}`]);
}

const fillers = [
  'well I had to look but I think',
  'hm let me see,',
  'ok so I went there and',
  'as far as I can tell',
];

function sayUnsure(label: string | undefined, chance: Chance): Act {
  if (label !== undefined && chance.happens(0.7)) return { kind: 'press', label };
  return { kind: 'type', text: chance.pick(['not sure', "i don't know", 'no idea', 'not sure sorry']) };
}
