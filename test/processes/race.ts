import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { openDatabase } from '../../src/storage/database.js';
import { freePort } from '../free-port.js';
import { type StandBy, standBy } from './bot-process.js';
import { channelMessage, sendActivity } from './channel-person.js';
import { faultsInTables } from './tables.js';
import { talk } from './talk.js';
import { WebPerson } from './web-person.js';

/** Longest wait for the last reply. */
const settleMs = 30_000;

/** Without a reply for so long, nothing more is coming. */
const quietMs = 500;

/** Address of a channel that waits for the replies in the response, and so is never called. */
const nowhere = 'http://127.0.0.1:9';

const answerSchema = z.object({ activities: z.array(z.looseObject({ text: z.string().optional() })) });

interface RaceOptions {
  storageUrl: string;
  /** Processes that share the storage behind a round-robin. */
  processes: number;
  /** Messages sent at once into one conversation. */
  messages: number;
  /** Times that one activity is delivered at once. */
  repeats: number;
}

/** Sends much at once to every process in turn; resolves to everything that came out otherwise than one by one. */
export async function runRace(options: RaceOptions): Promise<string[]> {
  const bots: StandBy[] = [];
  const urls: string[] = [];
  try {
    for (let at = 0; at < options.processes; at += 1)
      bots.push(standBy(options.storageUrl, await freePort()));
    for (const bot of bots) urls.push((await bot.begin()) ?? '');
    let turn = 0;
    const server = (): string => urls[turn++ % urls.length] ?? '';
    return [
      ...(await raceMessages(server, options)),
      ...(await raceRepeats(server, options)),
      ...(await raceAnswers(server, options)),
    ];
  } finally {
    await Promise.all(bots.map((bot) => bot.kill()));
  }
}

/** Many messages at once: the replies are those of the same messages one after the other, in the order they took effect. */
async function raceMessages(server: () => string, options: RaceOptions): Promise<string[]> {
  const texts = Array.from({ length: options.messages }, (_, at) => talk[at % talk.length] ?? '');
  const person = new WebPerson(server);
  await person.begin();
  await Promise.all(texts.map((text, at) => person.say(`${at}`, text)));
  const atOnce = await settled(person);
  const { conversation, doubled } = await person.read();
  const order = await saidIn(options.storageUrl, conversation);
  const calm = new WebPerson(server);
  await calm.begin();
  for (const [at, text] of order.entries()) await calm.say(`${at}`, text);
  const oneByOne = await settled(calm);
  const faults = doubled.map((id) => `${id} came twice`);
  if (JSON.stringify([...order].sort()) !== JSON.stringify([...texts].sort()))
    faults.push(`${order.length} messages took effect, not the ${texts.length} that were sent`);
  if (JSON.stringify(atOnce) !== JSON.stringify(oneByOne))
    faults.push(`at once ${atOnce.length} replies came, one by one ${oneByOne.length}, and not the same`);
  const states = await Promise.all(
    [conversation, (await calm.read()).conversation].map((id) => stateOf(options.storageUrl, id)),
  );
  if (states[0] !== states[1])
    faults.push('at once the conversation is left in another state than one by one');
  return [...faults, ...(await inTables(options.storageUrl, conversation, order))];
}

/** One activity many times at once from a page: it takes effect once, and is answered once. */
async function raceRepeats(server: () => string, options: RaceOptions): Promise<string[]> {
  const person = new WebPerson(server);
  await person.begin();
  await Promise.all(Array.from({ length: options.repeats }, () => person.say('same', 'not enough storage')));
  await settled(person);
  const { conversation, replies } = await person.read();
  const once = new WebPerson(server);
  await once.begin();
  await once.say('same', 'not enough storage');
  const expected = await settled(once);
  const faults =
    JSON.stringify(replies) === JSON.stringify(expected)
      ? []
      : [
          `a message that came ${options.repeats} times got ${replies.length} replies, not ${expected.length}`,
        ];
  return [...faults, ...(await inTables(options.storageUrl, conversation, ['not enough storage']))];
}

/** The same from a channel that waits for the replies: each delivery gets the same ones. */
async function raceAnswers(server: () => string, options: RaceOptions): Promise<string[]> {
  const activity = {
    ...channelMessage(nowhere, 'repeated', 'same', 'not enough storage'),
    deliveryMode: 'expectReplies',
  };
  const answers = await Promise.all(
    Array.from({ length: options.repeats }, () => sendActivity(server(), activity)),
  );
  const texts = answers.map((one) =>
    JSON.stringify(answerSchema.parse(one).activities.map(({ text }) => text)),
  );
  const faults = new Set(texts).size === 1 && texts[0] !== '[]' ? [] : ['repeats got different answers'];
  return [...faults, ...(await inTables(options.storageUrl, 'emulator|repeated', ['not enough storage']))];
}

/** The replies, once no more come. */
async function settled(person: WebPerson): Promise<string[]> {
  const until = performance.now() + settleMs;
  for (let before = -1; performance.now() < until; await wait(quietMs)) {
    const { replies } = await person.read();
    if (replies.length === before) return replies;
    before = replies.length;
  }
  throw new Error('replies came without end');
}

async function saidIn(storageUrl: string, conversation: string): Promise<string[]> {
  const db = await openDatabase(storageUrl);
  const rows = await db
    .selectFrom('messages')
    .select('text')
    .where('conversation_id', '=', conversation)
    .where('side', '=', 'person')
    .orderBy('seq')
    .execute();
  await db.destroy();
  return rows.map((row) => row.text);
}

/** What the conversation remembers, without what is new each time: ids and times. */
async function stateOf(storageUrl: string, conversation: string): Promise<string> {
  const db = await openDatabase(storageUrl);
  const row = await db
    .selectFrom('conversations')
    .select(['version', 'state_json'])
    .where('id', '=', conversation)
    .executeTakeFirstOrThrow();
  await db.destroy();
  return `${row.version} ${row.state_json.replaceAll(/[\da-f]{8}-[\da-f-]{27}|\d{13}/g, '')}`;
}

async function inTables(
  storageUrl: string,
  conversation: string,
  said: readonly string[],
): Promise<string[]> {
  const db = await openDatabase(storageUrl);
  const faults = await faultsInTables(db, conversation, said);
  await db.destroy();
  return faults;
}
