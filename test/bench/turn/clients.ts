import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseLabelledLines } from '../../../intents/evaluation/examples-file.js';
import { projectRoot } from '../../../intents/model-cache.js';

/** How replies come: in the response, or by a call to the service URL. */
export type Mode = 'expectReplies' | 'callback';

/** What one run measured: messages a second, and milliseconds from a message to its reply. */
export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Problems as people tell them, which stand in no example that the bot was trained on. */
const openings = readOpenings(join(projectRoot(), 'test/intents/development.jsonl'));

function readOpenings(file: string): string[] {
  return parseLabelledLines(readFileSync(file, 'utf8'), file)
    .filter(({ intent }) => intent.startsWith('fix.'))
    .map(({ text }) => text);
}

/** What the person of that number writes, one message after the other: some as everybody does, some in their own words. */
function talkOf(person: number): string[] {
  return [
    openings[person % openings.length] ?? '',
    'iPhone',
    `it says not enough iCloud storage, and it has done so for ${person + 2} days`,
    'what does that mean?',
    `I have 5 GB and ${(4 + (person % 97) / 100).toFixed(2)} are used of it by now`,
    'why?',
    'skip',
    'go back',
  ];
}

/** Clients that each wait for the reply before they write again, and the service that takes replies. */
export class Clients {
  /** Gives up an idle connection before the server does, after 5 s, while other bots have their turn. */
  readonly #agent = new Agent({ keepAlive: true, timeout: 2500 });
  readonly #waiting = new Map<string, () => void>();
  #people = 0;
  readonly #service: Server;

  private constructor(service: Server) {
    this.#service = service;
  }

  /** Clients with their service listening. */
  static async open(): Promise<Clients> {
    const service = createServer((incoming, response) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => {
        response.setHeader('Content-Type', 'application/json');
        response.end('{"id":"1"}');
        clients.#arrived(incoming.url ?? '');
      });
    });
    const clients = new Clients(service);
    await new Promise<void>((resolve) => {
      service.listen(0, '127.0.0.1', resolve);
    });
    return clients;
  }

  /** Writes with `count` clients for `seconds`. @throws when a message is refused. */
  async run(
    url: string,
    mode: Mode,
    { count, seconds }: { count: number; seconds: number },
  ): Promise<Measured> {
    const times: number[] = [];
    const until = performance.now() + seconds * 1000;
    const started = performance.now();
    const client = async (): Promise<void> => {
      while (performance.now() < until) {
        this.#people += 1;
        const person = randomUUID();
        for (const text of talkOf(this.#people)) {
          const before = performance.now();
          await this.#say(url, mode, { person, text });
          times.push(performance.now() - before);
        }
      }
    };
    await Promise.all(Array.from({ length: count }, client));
    const elapsed = (performance.now() - started) / 1000;
    times.sort((one, other) => one - other);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
    return { perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99) };
  }

  /** Begins `conversations` of one message each, `count` at a time. @throws when a message is refused. */
  async begin(
    url: string,
    { count, conversations }: { count: number; conversations: number },
  ): Promise<void> {
    let left = conversations;
    const client = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await this.#say(url, 'expectReplies', {
          person: randomUUID(),
          text: openings[left % openings.length] ?? '',
        });
      }
    };
    await Promise.all(Array.from({ length: count }, client));
  }

  /** Stops listening, and closes what is open. */
  close(): void {
    this.#agent.destroy();
    this.#service.close();
    this.#service.closeAllConnections();
  }

  async #say(url: string, mode: Mode, said: { person: string; text: string }): Promise<void> {
    const { port } = this.#service.address() as AddressInfo;
    const replied =
      mode === 'expectReplies'
        ? undefined
        : new Promise<void>((resolve) => {
            this.#waiting.set(said.person, resolve);
          });
    const body = JSON.stringify({
      type: 'message',
      id: randomUUID(),
      text: said.text,
      channelId: 'emulator',
      serviceUrl: `http://127.0.0.1:${port}`,
      conversation: { id: said.person },
      from: { id: said.person, name: 'Ada' },
      recipient: { id: 'bot', name: 'Bot' },
      locale: 'en-US',
      ...(mode === 'expectReplies' ? { deliveryMode: mode } : {}),
    });
    await this.#post(`${url}/api/messages`, body);
    await replied;
  }

  #post(url: string, body: string): Promise<void> {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const call = request(url, { method: 'POST', agent: this.#agent, headers }, (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
        );
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  #arrived(path: string): void {
    const person = /\/v3\/conversations\/([^/]+)\//.exec(path)?.[1] ?? '';
    this.#waiting.get(person)?.();
    this.#waiting.delete(person);
  }
}
