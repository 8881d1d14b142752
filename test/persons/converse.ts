import type { Brain } from '../../dialogs/frame.js';
import type { Reply } from '../../knowledge/reply.js';
import type { TakeTurn } from '../../src/walk/talk.js';
import { createTurns, emptyMemory, pressed, typed } from '../../src/walk/talk.js';
import type { Act, Seen } from './answers.js';
import { answerTo, say, subjectOf } from './answers.js';
import type { Chance } from './chance.js';
import { chanceOf } from './chance.js';
import { openingOf, serviceNames } from './openings.js';
import type { Person } from './person.js';
import type { Subject } from './questions.js';
import { Trials } from './trial.js';

/** Longest conversation, in the person's messages. */
const longest = 60;

/** How a conversation went. */
export interface Outcome {
  person: Person;
  end: 'fixed' | 'person' | 'lost';
  /** True for a conversation that ended as it should. */
  isRight: boolean;
  isConfirmed: boolean;
  messages: number;
  /** The person's messages up to the first fix that the guide has for the cause; undefined when none came. */
  toFirstRight: number | undefined;
  repeats: number;
  unsafe: number;
  /** Steps of which the person knew nothing. */
  unknown: string[];
  transcript: string[];
}

/** A person who talks with the bot over what is shown alone. */
export function createConverse(brain: Brain): (person: Person) => Promise<Outcome> {
  const turns = createTurns(brain);
  return (person) => new Conversation(turns, person).run();
}

class Conversation {
  readonly #turns: TakeTurn;
  readonly #person: Person;
  readonly #chance: Chance;
  readonly #trials = new Trials();
  readonly #transcript: string[] = [];
  #memory = emptyMemory();
  #buttons: { id: string; label: string }[] = [];
  #messages = 0;
  #toFirstRight: number | undefined;
  #hasInterrupted = false;
  #correction: string | undefined;
  #hasCorrected = false;
  #asked = false;

  constructor(turns: TakeTurn, person: Person) {
    this.#turns = turns;
    this.#person = person;
    this.#chance = chanceOf(person.seed ^ 0x5bd1e995);
  }

  async run(): Promise<Outcome> {
    let seen = await this.#send({ kind: 'type', text: openingOf(this.#person, this.#chance) });
    while (this.#messages < longest) {
      const end = endOf(seen);
      if (end !== undefined) return this.#outcome(end);
      seen = await this.#send(this.#act(seen));
    }
    return this.#outcome('lost');
  }

  async #send(act: Act): Promise<Seen> {
    this.#messages += 1;
    this.#transcript.push(act.kind === 'press' ? `> [${act.label}]` : `> ${act.text}`);
    const button = act.kind === 'press' ? this.#buttons.find(({ label }) => label === act.label) : undefined;
    const incoming =
      act.kind === 'press' && button !== undefined
        ? pressed(button.id, button.label)
        : typed(act.kind === 'press' ? act.label : act.text);
    const taken = await this.#turns(this.#memory, incoming);
    this.#memory = taken.memory;
    this.#buttons = taken.replies.at(-1)?.choices ?? [];
    const texts = taken.replies.map(wordsOf);
    const labels = this.#buttons.map(({ label }) => label);
    for (const text of texts) this.#transcript.push(`< ${text}`);
    if (labels.length > 0) this.#transcript.push(`  ${labels.map((label) => `[${label}]`).join(' ')}`);
    const seen = { text: texts.join('\n'), last: texts.at(-1) ?? '', labels };
    const fix = this.#trials.look(seen);
    if (
      fix !== undefined &&
      this.#person.cause.mends[fix.name] !== undefined &&
      this.#helpsOrCould(fix.name)
    ) {
      this.#toFirstRight ??= this.#messages;
    }
    return seen;
  }

  #helpsOrCould(fix: string): boolean {
    return this.#person.helps.has(fix) || this.#person.worthTrying.includes(fix);
  }

  #act(seen: Seen): Act {
    const chance = this.#chance;
    const { temper, asksHumanAt } = this.#person;
    if (this.#messages >= asksHumanAt && !this.#asked) {
      this.#asked = true;
      return {
        kind: 'type',
        text: chance.pick(['can I talk to a person', 'I want a human', 'get me a real person please']),
      };
    }
    const isOpen = seen.labels.length > 0;
    if (this.#correction !== undefined) {
      const text = this.#correction;
      this.#correction = undefined;
      return { kind: 'type', text };
    }
    if (
      temper === 'interrupts' &&
      !this.#hasInterrupted &&
      this.#messages >= 2 &&
      isOpen &&
      chance.happens(0.4)
    ) {
      this.#hasInterrupted = true;
      return { kind: 'type', text: chance.pick(sideQuestions) };
    }
    if (isFixShown(seen)) return this.#trials.act(this.#person, seen, chance);
    return this.#answer(seen);
  }

  #answer(seen: Seen): Act {
    const chance = this.#chance;
    const pick = (pattern: RegExp) => seen.labels.find((label) => pattern.test(label));
    const press = (label: string): Act => ({ kind: 'press', label });
    const copy = pick(/copy$|have it now/i);
    if (copy !== undefined) {
      const now = pick(/have it now/i);
      const gate = now ?? (this.#person.hasCopy ? pick(/i have a copy/i) : pick(/no copy/i));
      return press(gate ?? copy);
    }
    const person = pick(/yes, a person/i);
    if (person !== undefined) return press(pick(/go on/i) ?? person);
    const go = pick(/^yes, (please|go on|help me|start)/i);
    if (go !== undefined) return press(go);
    if (/comes closest/i.test(seen.last)) {
      const label = seen.labels.find((one) => this.#person.cause.topic.test(one));
      return press(label ?? pick(/something else/i) ?? seen.labels[0] ?? '');
    }
    if (seen.labels.length === 0 || pick(/that's all/i))
      return { kind: 'type', text: chance.pick(this.#person.cause.symptoms) };
    return this.#slip(seen) ?? answerTo(this.#person, seen, chance);
  }

  /** Once, a person who corrects himself says something wrong and takes it back in the next message. */
  #slip(seen: Seen): Act | undefined {
    const subject = subjectOf(seen);
    const { temper, world } = this.#person;
    if (temper !== 'corrects' || this.#hasCorrected || subject === undefined) return undefined;
    const truth = world[subject.fact];
    const others = Object.keys(subject.says).filter((value) => value !== truth);
    const words =
      truth === undefined ? undefined : (typedFor(subject, truth) ?? labelFor(subject.says[truth], seen));
    if (others.length === 0 || words === undefined || !this.#chance.happens(0.4)) return undefined;
    const act = say(
      this.#person,
      { subject, value: this.#chance.pick(others), labels: seen.labels },
      this.#chance,
    );
    if (act === undefined) return undefined;
    this.#hasCorrected = true;
    const isPhone = ['platform', 'vendor', 'service'].includes(subject.fact);
    this.#correction = isPhone
      ? `sorry, I meant ${words.toLowerCase()}`
      : this.#chance.pick(['go back, that was wrong', 'wait, back please']);
    return act;
  }

  #outcome(end: Outcome['end']): Outcome {
    const { person } = { person: this.#person };
    const hasTriedAll = person.worthTrying.every((fix) => this.#trials.shown.includes(fix));
    const isHandedRightly =
      end === 'person' && (person.cause.hopeless === true || hasTriedAll || this.#asked);
    const isConfirmed = end === 'fixed' && this.#trials.isHelped;
    return {
      person,
      end,
      isConfirmed,
      isRight: isConfirmed || isHandedRightly,
      messages: this.#messages,
      toFirstRight: this.#toFirstRight,
      repeats: this.#trials.repeats,
      unsafe: this.#trials.unsafe,
      unknown: this.#trials.unknown,
      transcript: this.#transcript,
    };
  }
}

const sideQuestions = [
  'by the way, how often should I back up?',
  'quick question, can I lose my photos when a backup fails?',
  'what is actually in a backup?',
  'wait, why do backups fail at all?',
];

function typedFor({ types }: Subject, value: string): string | undefined {
  return types === 'phone and backup' ? serviceNames[value] : types?.[value];
}

function labelFor(pattern: RegExp | undefined, { labels }: Seen): string | undefined {
  return pattern === undefined ? undefined : labels.find((label) => pattern.test(label));
}

function isFixShown({ labels }: Seen): boolean {
  return labels.some((label) => /^(done|it worked)$/i.test(label));
}

function endOf({ text }: Seen): 'fixed' | 'person' | undefined {
  if (/pass you on to a person/i.test(text)) return 'person';
  return /your backup works/i.test(text) ? 'fixed' : undefined;
}

/** All words of a message as the person reads them, in their order. */
function wordsOf(reply: Reply): string {
  const step = reply.step === undefined ? undefined : `Step ${reply.step.number} of ${reply.step.of}.`;
  const path = reply.path?.join(' > ');
  return [reply.lead, step, reply.say, path, reply.also, reply.ask]
    .filter((part) => part !== undefined)
    .join(' ');
}
