import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../storage/databases.js';
import { type BotName, type RunningBot, startBot } from './bots.js';
import { Clients, type Measured, type Mode } from './clients.js';

const usage = `Usage: npm run bench -- [--clients 1,16,64] [--modes expectReplies,callback] [--rounds 5] [--seconds 3] [--warm 15]
  [--bots echo,waterfall,sqlite,postgres] [--conversations 100000]
Beside those bots there is bare: this one with understanding remembered and nothing written.`;

interface Plan {
  bots: BotName[];
  modes: Mode[];
  clients: number[];
  rounds: number;
  seconds: number;
  /** Seconds of 16 clients that each bot has at the start, until what is run often is compiled. */
  warm: number;
  /** Conversations begun at the end, to see what memory they take; 0 for none. */
  conversations: number;
}

const usualBots: readonly BotName[] = ['echo', 'waterfall', 'sqlite', 'postgres'];
const allBots: readonly BotName[] = [...usualBots, 'bare'];
const allModes: readonly Mode[] = ['expectReplies', 'callback'];

function readPlan(): Plan {
  const { values } = parseArgs({
    options: {
      bots: { type: 'string', default: usualBots.join(',') },
      modes: { type: 'string', default: 'expectReplies,callback' },
      clients: { type: 'string', default: '1,16,64' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      warm: { type: 'string', default: '15' },
      conversations: { type: 'string', default: '100000' },
    },
  });
  const plan = {
    bots: allBots.filter((name) => values.bots.split(',').includes(name)),
    modes: allModes.filter((name) => values.modes.split(',').includes(name)),
    clients: values.clients.split(',').map(Number),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    warm: Number(values.warm),
    conversations: Number(values.conversations),
  };
  const numbers = [...plan.clients, plan.rounds, plan.seconds];
  if (plan.bots.length === 0 || plan.modes.length === 0 || !numbers.every((n) => n > 0) || !(plan.warm >= 0))
    throw new Error(usage);
  return plan;
}

async function main(): Promise<void> {
  const plan = readPlan();
  const folder = mkdtempSync(join(tmpdir(), 'backup-medic-bench-'));
  const running: RunningBot[] = [];
  const stops: (() => Promise<void>)[] = [];
  const clients = await Clients.open();
  try {
    const postgres = plan.bots.includes('postgres') ? await startPostgres() : undefined;
    if (postgres !== undefined) stops.push(() => postgres.stop());
    for (const name of plan.bots) {
      const isOnServer = postgres !== undefined && name === 'postgres';
      running.push(
        await startBot(name, isOnServer ? await postgres.fresh() : `file:${join(folder, `${name}.db`)}`),
      );
    }
    describeStart(running);
    for (const { url } of running) await clients.run(url, 'expectReplies', { count: 16, seconds: plan.warm });
    for (const mode of plan.modes) {
      for (const count of plan.clients) await compare(plan, { running, clients, mode, count });
    }
    describeMemory(running);
    for (const bot of running) await describeTurns(bot);
    await fill(plan, running, clients);
  } finally {
    clients.close();
    await Promise.all(running.map((bot) => bot.stop()));
    for (const stop of stops) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the bots in turn, round after round, so that a slow moment of the machine meets all alike. */
async function compare(
  plan: Plan,
  run: { running: RunningBot[]; clients: Clients; mode: Mode; count: number },
): Promise<void> {
  const { running, clients, mode, count } = run;
  const rounds = new Map<BotName, Measured[]>(running.map(({ name }) => [name, []]));
  for (const bot of running) await clients.run(bot.url, mode, { count, seconds: 1 });
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const { name, url } of running) {
      rounds.get(name)?.push(await clients.run(url, mode, { count, seconds: plan.seconds }));
    }
  }
  const speed = (name: BotName) => (rounds.get(name) ?? []).map((one) => one.perSecond);
  console.log(`\n${mode}, ${count} ${count === 1 ? 'client' : 'clients'}`);
  for (const [name, measured] of rounds) {
    const ratios = (['echo', 'waterfall'] as const)
      .filter((reference) => reference !== name && rounds.has(reference))
      .map((reference) => {
        const ratio = median(speed(name).map((value, at) => value / (speed(reference)[at] ?? Number.NaN)));
        return `${ratio.toFixed(2)} of ${reference}`;
      });
    const figures = [
      `${median(speed(name)).toFixed(0).padStart(5)} messages/s`,
      `p50 ${median(measured.map((one) => one.p50)).toFixed(1)} ms`,
      `p99 ${median(measured.map((one) => one.p99)).toFixed(1)} ms`,
    ];
    console.log([name.padEnd(9), ...figures, ...ratios].join('  '));
  }
}

function describeStart(running: readonly RunningBot[]): void {
  for (const { name, readySeconds, rssMb } of running) {
    console.log(`${name.padEnd(9)}  ready after ${readySeconds.toFixed(2)} s  ${rss(rssMb())} at rest`);
  }
}

function describeMemory(running: readonly RunningBot[]): void {
  console.log('');
  for (const { name, rssMb } of running) console.log(`${name.padEnd(9)}  ${rss(rssMb())} at the end`);
}

function rss(megabytes: number | undefined): string {
  return megabytes === undefined ? 'memory not known' : `${megabytes.toFixed(0)} MB`;
}

/** True for this bot as people run it. */
function isWhole(name: BotName): boolean {
  return name === 'sqlite' || name === 'postgres';
}

/** The share of our turns that went from their queue to their commit in time, as the bot itself counted them. */
async function describeTurns({ name, url }: RunningBot): Promise<void> {
  if (!isWhole(name)) return;
  const text = await (await fetch(`${url}/metrics`)).text();
  const count = (line: string) =>
    Number(new RegExp(`^medic_turn_seconds_${line} (\\d+)$`, 'm').exec(text)?.[1]);
  const within = (seconds: number) =>
    `${((100 * count(`bucket\\{le="${seconds}"\\}`)) / count('count')).toFixed(2)} %`;
  console.log(
    `${name.padEnd(9)}  turns from queue to commit: ${within(0.01)} within 10 ms, ${within(0.05)} within 50 ms`,
  );
}

/** Begins many conversations with our bots, and tells on the way what memory the process holds. */
async function fill(plan: Plan, running: readonly RunningBot[], clients: Clients): Promise<void> {
  const parts = 5;
  for (const { name, url, rssMb } of running) {
    if (plan.conversations === 0 || !isWhole(name)) continue;
    const held = [rss(rssMb())];
    for (let part = 0; part < parts; part += 1) {
      await clients.begin(url, { count: 16, conversations: Math.ceil(plan.conversations / parts) });
      held.push(rss(rssMb()));
    }
    console.log(`${name.padEnd(9)}  over ${plan.conversations} more conversations: ${held.join(', ')}`);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

await main();
