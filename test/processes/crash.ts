import { setTimeout as wait } from 'node:timers/promises';
import { randomNumbers } from '../../intents/text/random.js';
import { openDatabase } from '../../src/storage/database.js';
import { freePort } from '../free-port.js';
import { type StandBy, standBy } from './bot-process.js';
import { talkByChannel } from './channel-person.js';
import { type Connector, startConnector } from './connector.js';
import { faultsInTables } from './tables.js';
import { talk } from './talk.js';
import { type Seen, WebPerson } from './web-person.js';

/** Longest time that a process serves before it is killed. */
const longestLifeMs = 500;

/** Every so many kills hit a process while it starts. */
const startsCutEvery = 5;

/** Without a reply for so long, nothing more is coming. */
const settledMs = 500;

/** Longest wait for replies once nobody is killed any more. */
const settleMs = 30_000;

interface CrashOptions {
  storageUrl: string;
  kills: number;
  /** Draws the moments. */
  seed: number;
  /** People who write at the same time at the web chat, and as many through a channel. */
  people: number;
}

/** What came of a crash test. */
export interface CrashFigures {
  kills: number;
  conversations: number;
  messages: number;
  /** Replies that a channel without ids took twice. */
  twice: number;
  /** Everything that was lost, doubled or wrong; empty when all held. */
  faults: string[];
}

/** Kills the bot at random moments while people write who send again what was not taken, and looks what is left. */
export async function runCrash(options: CrashOptions): Promise<CrashFigures> {
  const connector = await startConnector();
  const test = new CrashTest(options, await freePort(), connector);
  try {
    return await test.run();
  } finally {
    await test.end();
    await connector.stop();
  }
}

class CrashTest {
  readonly #options: CrashOptions;
  readonly #port: number;
  readonly #connector: Connector;
  readonly #kills: number[] = [];
  readonly #faults: string[] = [];
  #current: StandBy;
  #next: StandBy;
  #isOver = false;
  #twice = 0;

  constructor(options: CrashOptions, port: number, connector: Connector) {
    this.#options = options;
    this.#port = port;
    this.#connector = connector;
    this.#current = standBy(options.storageUrl, port);
    this.#next = standBy(options.storageUrl, port);
  }

  async run(): Promise<CrashFigures> {
    await this.#current.begin();
    const expected = await this.#undisturbed();
    const talks = this.#talks();
    await this.#killAtRandom();
    this.#isOver = true;
    const { web, channel } = await talks;
    for (const person of web) await this.#checkWeb(person, expected.web);
    for (const conversation of channel) await this.#checkChannel(conversation, expected.channel);
    await this.#current.stop();
    const conversations = [...web.map((one) => one.conversation), ...channel.map((id) => `emulator|${id}`)];
    await this.#checkTables(conversations);
    return {
      kills: this.#kills.length,
      conversations: conversations.length,
      messages: conversations.length * talk.length,
      twice: this.#twice,
      faults: this.#faults,
    };
  }

  async end(): Promise<void> {
    await Promise.all([this.#current.kill(), this.#next.kill()]);
  }

  /** What each kind of person reads when nothing happens. */
  async #undisturbed(): Promise<{ web: string[]; channel: string[] }> {
    const person = new WebPerson(this.#server);
    const replies = () => this.#connector.taken('undisturbed').map((one) => one.text);
    await Promise.all([person.talk(), talkByChannel(this.#server, this.#connector.url, 'undisturbed')]);
    // Replies follow their message within moments; the last ones have come when no more do.
    for (let before = -1; before < replies().length; await wait(settledMs)) before = replies().length;
    return { web: (await person.read()).replies, channel: replies() };
  }

  /** People talk one conversation after the other until the killing is over, and end the last one in peace. */
  async #talks(): Promise<{ web: (Seen & { person: WebPerson })[]; channel: string[] }> {
    const web: (Seen & { person: WebPerson })[] = [];
    const channel: string[] = [];
    const atWeb = async (): Promise<void> => {
      while (!this.#isOver) {
        const person = new WebPerson(this.#server);
        await person.talk();
        web.push({ ...(await person.read()), person });
      }
    };
    const byChannel = async (name: string): Promise<void> => {
      for (let at = 0; !this.#isOver; at += 1) {
        await talkByChannel(this.#server, this.#connector.url, `${name}-${at}`);
        channel.push(`${name}-${at}`);
      }
    };
    const people = Array.from({ length: this.#options.people }, (_, at) => [
      atWeb(),
      byChannel(`channel ${at}`),
    ]);
    await Promise.all(people.flat());
    return { web, channel };
  }

  async #killAtRandom(): Promise<void> {
    const { kills, seed, storageUrl } = this.#options;
    const random = randomNumbers(seed);
    let serving: Promise<unknown> = Promise.resolve();
    for (let at = 1; at <= kills; at += 1) {
      if (at % startsCutEvery !== 0) await serving;
      await wait(random() * longestLifeMs);
      await this.#current.kill();
      this.#kills.push(performance.now());
      this.#current = this.#next;
      serving = this.#current.begin();
      if (at < kills) this.#next = standBy(storageUrl, this.#port);
    }
  }

  async #checkWeb({ person }: { person: WebPerson }, expected: readonly string[]): Promise<void> {
    const until = performance.now() + settleMs;
    let seen = await person.read();
    while (seen.replies.length < expected.length && performance.now() < until) {
      await wait(100);
      seen = await person.read();
    }
    for (const id of seen.doubled) this.#faults.push(`${seen.conversation}: ${id} came twice`);
    this.#compare(seen.conversation, seen.replies, expected);
  }

  async #checkChannel(conversation: string, expected: readonly string[]): Promise<void> {
    const until = performance.now() + settleMs;
    const ids = () => new Set(this.#connector.taken(conversation).map((one) => one.id));
    while (ids().size < expected.length && performance.now() < until) await wait(100);
    const first = new Map<string, { text: string; at: number }>();
    for (const { id, text, at } of this.#connector.taken(conversation)) {
      const before = first.get(id);
      if (before === undefined) first.set(id, { text, at });
      else {
        this.#twice += 1;
        // Only a process that ended between the channel's taking it and our knowing may send it again.
        if (!this.#kills.some((kill) => kill > before.at && kill < at))
          this.#faults.push(`${conversation}: ${id} was sent twice without a kill between`);
      }
    }
    this.#compare(
      conversation,
      [...first.values()].map((one) => one.text),
      expected,
    );
  }

  #compare(conversation: string, replies: readonly string[], expected: readonly string[]): void {
    const at = expected.findIndex((text, index) => text !== replies[index]);
    if (at >= 0)
      this.#faults.push(`${conversation}: reply ${at + 1} of ${expected.length} is lost or another`);
    else if (replies.length > expected.length)
      this.#faults.push(`${conversation}: ${replies.length - expected.length} replies too many`);
  }

  async #checkTables(conversations: readonly string[]): Promise<void> {
    const db = await openDatabase(this.#options.storageUrl);
    for (const id of conversations) this.#faults.push(...(await faultsInTables(db, id, talk)));
    await db.destroy();
  }

  readonly #server = (): string => `http://127.0.0.1:${this.#port}`;
}
