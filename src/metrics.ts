import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Fact } from '../dialogs/frame.js';
import type { Db } from './storage/database.js';

/** A turn that was committed. */
export interface TurnDone {
  channel: string;
  /** From leaving its queue to its commit. */
  ms: number;
  /** Times it was run again because another process had changed the conversation. */
  conflicts: number;
  hasFailed: boolean;
  facts: readonly Fact[];
}

/** Figures about the running process, for Prometheus. */
export interface Metrics {
  observe(turn: TurnDone): void;
  countError(kind: 'turn' | 'request' | 'outbox'): void;
  /** Everything as text, and its content type. @throws when the storage cannot be asked for the outbox. */
  read(): Promise<{ type: string; text: string }>;
}

/** Channels told apart by name; any other is counted as "other", so that callers cannot make names up. */
const knownChannels: readonly string[] = [
  'msteams',
  'directline',
  'webchat',
  'emulator',
  'terminal',
  'slack',
  'telegram',
];

/** Seconds; the bars of the turn are 10 ms and 50 ms. */
const turnBuckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];

/** Metrics of the product with those of the process. Labels are ids of the guide alone, never of people. */
export function createMetrics(db: Db): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: `medic_${name}_total`, help, labelNames, registers });
  const turns = counter('turns', 'Turns committed.', ['channel']);
  const conflicts = counter('turn_conflicts', 'Turns run again after another process came first.', []);
  const errors = counter('errors', 'Turns, requests and sendings that failed.', ['kind']);
  const intents = counter('intents', 'Messages by what they were understood as.', ['intent']);
  const unclear = counter('fallbacks', 'Messages that were not understood.', []);
  const offered = counter('fixes_offered', 'Fixes offered.', ['fix']);
  const outcomes = counter('fix_outcomes', 'What people said of a fix.', ['fix', 'outcome']);
  const handoffs = counter('handoffs', 'Conversations handed to a person.', []);
  const latency = new Histogram({
    name: 'medic_turn_seconds',
    help: 'From leaving its queue to its commit.',
    buckets: turnBuckets,
    registers,
  });
  new Gauge({
    name: 'medic_outbox_depth',
    help: 'Replies that wait to be sent.',
    registers,
    async collect() {
      this.set(await depthOf(db));
    },
  });
  const countFact = ({ kind, detail }: Fact): void => {
    const text = (name: string) => String(detail[name] ?? '');
    if (kind === 'understood') intents.inc({ intent: text('intent') });
    if (kind === 'unclear') unclear.inc();
    if (kind === 'offered') offered.inc({ fix: text('fix') });
    if (kind === 'outcome') outcomes.inc({ fix: text('fix'), outcome: text('outcome') });
    if (kind === 'handoff') handoffs.inc();
  };
  return {
    observe(turn) {
      turns.inc({ channel: knownChannels.includes(turn.channel) ? turn.channel : 'other' });
      latency.observe(turn.ms / 1000);
      if (turn.conflicts > 0) conflicts.inc(turn.conflicts);
      if (turn.hasFailed) errors.inc({ kind: 'turn' });
      for (const fact of turn.facts) countFact(fact);
    },
    countError: (kind) => errors.inc({ kind }),
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

async function depthOf(db: Db): Promise<number> {
  const { depth } = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('depth'))
    .where('status', '=', 'pending')
    .executeTakeFirstOrThrow();
  return Number(depth);
}
