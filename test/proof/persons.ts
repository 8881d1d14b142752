import { parseArgs } from 'node:util';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { createConverse, type Outcome } from '../persons/converse.js';
import { tableOf } from '../persons/figures.js';
import { personOf } from '../persons/person.js';

const usage = 'Usage: npm run proof -- persons [--count 2000] [--seed 1] [--worst 10] [--cause TEXT]';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      worst: { type: 'string', default: '0' },
      cause: { type: 'string' },
    },
  });
  if (positionals[0] !== 'persons') throw new Error(usage);
  const converse = createConverse(loadBrain(projectRoot()));
  const outcomes: Outcome[] = [];
  for (let at = 0; at < Number(values.count); at += 1) {
    const person = personOf(Number(values.seed) + at);
    if (values.cause === undefined || person.cause.name.includes(values.cause))
      outcomes.push(await converse(person));
  }
  for (const line of tableOf(outcomes)) console.log(line);
  const unknown = new Set(outcomes.flatMap((one) => one.unknown));
  for (const step of unknown) console.log(`not known: ${step}`);
  for (const one of worst(outcomes).slice(0, Number(values.worst))) {
    const { cause, world, temper, seed } = one.person;
    const phone = [world.platform, world.vendor, world.service].filter((part) => part !== undefined);
    console.log(
      `\n# seed ${seed}: ${cause.name}, ${phone.join(' ')}, ${temper}, ${one.person.opening}, ${one.end}, first right at ${one.toFirstRight ?? '-'}`,
    );
    console.log(`# helps: ${[...one.person.helps].join(', ')}`);
    for (const line of one.transcript) console.log(line);
  }
}

/** The worst first: wrong ends, then the longest ways. */
function worst(outcomes: readonly Outcome[]): Outcome[] {
  const badness = (one: Outcome) =>
    (one.unsafe + one.repeats) * 1000 + (one.isRight ? 0 : 100) + Math.min(one.toFirstRight ?? 60, 60);
  return outcomes.toSorted((a, b) => badness(b) - badness(a));
}

await main();
