import type { Act, Seen } from './answers.js';
import type { Chance } from './chance.js';
import type { KnownFix } from './fixes.js';
import { fixIn } from './fixes.js';
import type { Person } from './person.js';

/** Deleting in the words of a step, where it is not what the step warns of. */
const deleting = /(^|[.,:;] |and |then |now )(delete|erase|reset|empty|clear) (?!cache)/i;

/** What a person keeps in mind of the fixes that were shown. */
export class Trials {
  /** Words of the steps of the fix in hand. */
  #steps = '';
  #warned = '';
  readonly #failed = new Set<string>();
  readonly shown: string[] = [];
  readonly tried = new Set<string>();
  readonly unknown: string[] = [];
  repeats = 0;
  unsafe = 0;
  isHelped = false;

  /** Takes in what a message shows of fixes: a warning, or a step. */
  look(seen: Seen): KnownFix | undefined {
    if (/please read this first/i.test(seen.text)) {
      this.#warned = seen.text;
      return this.#note(fixIn(seen.text.replaceAll(' > ', ' ')));
    }
    const step = /step (\d+) of (\d+)/i.exec(seen.last);
    if (step === null) return undefined;
    if (step[1] === '1') this.#steps = '';
    if (this.#failed.has(seen.last)) this.repeats += 1;
    this.#steps += ` ${seen.last}`;
    const fix = fixIn(this.#steps);
    const isHarmful = deleting.test(seen.last) || fix?.harms === true;
    if (isHarmful && this.#warned === '') this.unsafe += 1;
    return this.#note(fix);
  }

  /** Does the step in hand and says how it went. */
  act(person: Person, seen: Seen, chance: Chance): Act {
    const pick = (pattern: RegExp) => seen.labels.find((label) => pattern.test(label));
    const done = pick(/^done$/i);
    if (done !== undefined)
      return chance.happens(0.25)
        ? { kind: 'type', text: chance.pick(dones) }
        : { kind: 'press', label: done };
    const fix = fixIn(this.#steps);
    if (fix === undefined) this.unknown.push(this.#steps.slice(0, 160));
    if (fix !== undefined && /plan$|mobile data/.test(fix.name) && !person.isWillingToPay) {
      this.#failed.add(seen.last);
      this.#warned = '';
      return {
        kind: 'type',
        text: chance.pick(['i dont want to pay', 'no I would rather not pay', "i can't pay for that"]),
      };
    }
    if (fix !== undefined) this.tried.add(fix.name);
    this.isHelped = fix !== undefined && person.helps.has(fix.name);
    if (!this.isHelped) this.#failed.add(seen.last);
    this.#warned = '';
    const label = pick(this.isHelped ? /worked/i : /still failing/i);
    if (label !== undefined && !chance.happens(0.3)) return { kind: 'press', label };
    return { kind: 'type', text: chance.pick(this.isHelped ? successes : failures) };
  }

  #note(fix: KnownFix | undefined): KnownFix | undefined {
    if (fix !== undefined && this.shown.at(-1) !== fix.name) this.shown.push(fix.name);
    return fix;
  }
}

const dones = ['done', 'ok did that', 'ok done', 'yes'];
const successes = ['it worked', 'yes it finished, thank you', 'works now', 'yes!'];
const failures = ['still failing', 'no, still the same', 'did not help', 'nope'];
