import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Activity, ActivityTypes, TurnContext } from 'botbuilder';
import type { Logger } from 'pino';
import type { RunDialogs } from '../dialogs/dialogs.js';
import type { Brain, Frame } from '../dialogs/frame.js';
import type { Incoming } from '../dialogs/incoming.js';
import { type Answer, giveAnswer, parseAnswer } from './answer.js';
import { type Entry, entryOf } from './entry.js';
import type { TurnDone } from './metrics.js';
import type { Outbox } from './outbox.js';
import { Queues } from './queues.js';
import { labelOf, type Shown } from './shown.js';
import { openFrame, readState } from './state.js';
import type { Recent } from './storage/recent.js';
import type { Store, Stored } from './storage/store.js';
import { createMessageExtension } from './teams/message-extension.js';
import { toWrite } from './turn-write.js';

/** Times a turn is run again when another process changed the same conversation meanwhile. */
const maxRuns = 40;

/** Wait before such a run, longer each time and by chance, so that two processes fall out of step. */
const conflictWaitMs = 2;

/** What a turn is made of. */
export interface TurnParts {
  brain: Brain;
  runDialogs: RunDialogs;
  store: Store;
  /** What was written last; undefined where other processes write as much, so that it would mostly be wrong. */
  recent: Recent | undefined;
  outbox: Outbox;
  log: Logger;
  now: () => number;
  /** Keys the pseudonyms in facts, so that they cannot be traced back without it. */
  secret: string;
  /** Whether redacted phrases may be kept, so that editors see what was not understood. */
  keepsPhrases: boolean;
  /** Turns that read and think at the same time, beside those that are being committed. */
  turnsAtOnce: number;
  /** Told of each turn once it is committed. */
  observe: (turn: TurnDone) => void;
}

/** Handles one activity: once, in order, and never half. */
export type Turn = (context: TurnContext) => Promise<void>;

/**
 * The turn: a repeat gets its stored answer, turns of a conversation run one after the other, dialogs change
 * nothing but the frame, one transaction writes it all, and only then is anything sent.
 */
export function createTurn(parts: TurnParts): Turn {
  const queues = new Queues(parts.turnsAtOnce);
  const answerQuery = createMessageExtension(parts.brain.knowledge);
  return async (context) => {
    const found = answerQuery(context.activity);
    if (found !== undefined) return giveAnswer(context, { invoke: found }, parts.brain.knowledge.words);
    const entry = entryOf(context.activity);
    if (entry === undefined) return;
    const answer = await queues.run(entry.conversationId, (rest) =>
      handle({ ...parts, rest }, context, entry),
    );
    await giveAnswer(context, answer, parts.brain.knowledge.words);
  };
}

/** Runs the turn until its commit holds; what the response says, of this run or of the one it repeats. */
async function handle(
  parts: TurnParts & { rest: () => void },
  context: TurnContext,
  entry: Entry,
): Promise<Answer | undefined> {
  const started = performance.now();
  for (let run = 1; run <= maxRuns; run += 1) {
    const stored = parts.recent?.find(entry) ?? (await parts.store.load(entry));
    if (stored.handled !== undefined) return parseAnswer(stored.handled.answerJson);
    const { write, answer, facts, hasFailed } = await think(parts, context, entry, stored);
    const committing = parts.store.commit(write);
    parts.rest();
    const result = await committing;
    parts.recent?.note(write, result, stored);
    if (result !== 'committed') {
      await wait(conflictWaitMs * Math.min(run, 10) * Math.random());
      continue;
    }
    parts.observe({
      channel: entry.activity.channelId,
      ms: performance.now() - started,
      conflicts: run - 1,
      hasFailed,
      facts,
    });
    parts.outbox.deliver(write.outbox);
    return answer;
  }
  throw new Error('turn: the conversation kept changing in other processes');
}

/** Runs the dialogs, and leaves nothing of them behind but what is to be written and told. */
async function think(parts: TurnParts, context: TurnContext, entry: Entry, stored: Stored) {
  const { frame, before, hasFailed } = await runOrApologise(parts, context, entry, stored);
  await carryOutExport(parts, entry, frame);
  const { write, answer } = await toWrite(parts, entry, stored, { frame, before });
  return { write, answer, facts: frame.facts, hasFailed };
}

/** A turn that fails leaves everything as it was, but for one calm sentence with an id to find the error by. */
async function runOrApologise(
  parts: TurnParts,
  context: TurnContext,
  entry: Entry,
  stored: Stored,
): Promise<{ frame: Frame; before: Shown; hasFailed: boolean }> {
  const { brain, log, now, runDialogs } = parts;
  const given = { brain, now: now(), locale: localeOf(entry.activity) };
  const state = readState(stored);
  const before = state.shown;
  const incoming = withLabel(entry.incoming, before);
  try {
    const frame = openFrame(state, { ...given, incoming });
    await runDialogs(forDialogs(context), frame);
    return { frame, before, hasFailed: false };
  } catch (error) {
    const errorId = randomUUID().slice(0, 8);
    const { name, stack, message } =
      error instanceof Error ? error : { name: 'unknown', stack: '', message: '' };
    // The message may hold what the person wrote, and stands in the stack as well.
    const at = stack?.replace(message, '').split('\n');
    log.error({ errorId, name, at: at?.filter((line) => /^\s+at /.test(line)) }, 'turn failed');
    const frame = openFrame(readState(stored), { ...given, incoming });
    const say = brain.knowledge.words.say('error.turn', { id: errorId });
    frame.out.push({ kind: 'reply', reply: { say } });
    return { frame, before, hasFailed: true };
  }
}

/**
 * A context for the dialogs alone, without the proxy that the SDK puts before each: they ask it often. Waterfalls pass
 * over whatever is no message, though a pressed card and an opening context are as good as one.
 */
function forDialogs({ adapter, activity }: TurnContext): TurnContext {
  const isMessage = activity.type === ActivityTypes.Message;
  return new TurnContext(adapter, isMessage ? activity : { ...activity, type: ActivityTypes.Message });
}

/** A press that came back as an id alone, with the label that the person saw. */
function withLabel(incoming: Incoming, shown: Shown): Incoming {
  if (incoming.kind !== 'message' || incoming.choiceId === undefined || incoming.text !== '') return incoming;
  return { ...incoming, text: labelOf(shown, incoming.choiceId) ?? '' };
}

/** Locales as activities spell them, and their usual spelling. */
const locales = new Map<string, string>();
const maxLocales = 100;

function localeOf({ locale = 'en' }: Activity): string {
  const known = locales.get(locale);
  if (known !== undefined) return known;
  const canonical = canonicalLocale(locale);
  if (locales.size < maxLocales) locales.set(locale, canonical);
  return canonical;
}

function canonicalLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Puts what is kept about the person into a reply, when they asked for it. */
async function carryOutExport(parts: TurnParts, entry: Entry, frame: Frame): Promise<void> {
  if (frame.dataRequest !== 'export') return;
  const data = await parts.store.exportPerson(entry.personId);
  const text = parts.brain.knowledge.words.say('data.export', { data: JSON.stringify(data) });
  frame.out.push({ kind: 'reply', reply: { say: text }, isExport: true });
}
