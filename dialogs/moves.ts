import type { IntentName, OutcomeName } from '../intents/names.js';
import type { AsideName } from '../intents/understanding.js';
import type { PhoneField } from '../knowledge/phone.js';

/** What a pressed button or a typed label means; ids name the question and the answer and never change. */
export type Pick =
  | { kind: 'answer'; question: string; answer: string }
  | { kind: 'outcome'; fix: string; step: string; outcome: OutcomeName }
  | { kind: 'gate'; fix: string; answer: 'copy' | 'noCopy' | 'skip' }
  | { kind: 'offer'; offer: string; yes: boolean }
  | { kind: 'label'; label: string }
  | { kind: 'more'; lesson: string };

/** What the person means to do with this message. */
export type Move =
  | { do: 'steer'; intent: IntentName }
  | { do: 'pick'; pick: Pick }
  | { do: 'outcome'; outcome: OutcomeName }
  | { do: 'values' }
  | { do: 'yesNo'; yes: boolean }
  | { do: 'unsure' }
  | { do: 'close'; ids: string[] }
  | { do: 'problem'; topic: string; others: string[] }
  | { do: 'later'; topic: string }
  | { do: 'lesson'; topic: string }
  | { do: 'guess'; labels: string[] }
  | { do: 'replan'; phone: PhoneField[] }
  | { do: 'resume'; topic: string }
  | { do: 'aside'; about: AsideName }
  | { do: 'fix'; fix: string }
  | { do: 'term'; term: string }
  | { do: 'stay' }
  | { do: 'outOfScope' }
  | { do: 'unclear' };
