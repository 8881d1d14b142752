import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity, CardAction } from 'botbuilder';
import pino from 'pino';
import type { Brain } from '../../dialogs/frame.js';
import type { Reply } from '../../knowledge/reply.js';
import type { Channel } from '../../src/channels/channel.js';
import { readConfig } from '../../src/config.js';
import { createHost, type Host } from '../../src/host.js';
import { parseOutgoing } from '../../src/outgoing.js';

/** A reply as it was sent, and as data. */
export interface Shown {
  activity: Partial<Activity>;
  /** Text without the marks of the channel's markup and with single blanks. */
  text: string;
  /** Absent for a hand-off. */
  reply?: Reply;
}

/** The channels that stand for each rendering. */
export const renderings = { buttons: 'directline', plain: 'terminal' } as const;
export type Rendering = keyof typeof renderings;

/** Where the clock of every talk starts: an ordinary Tuesday. */
const startMs = Date.UTC(2025, 5, 3, 9, 0, 0);

/** Milliseconds a person takes to answer. */
const answerMs = 20_000;

/** One person in one conversation with the whole product, over a storage file of its own. */
export class Talk {
  readonly #brain: Brain;
  readonly #root: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'backup-medic-talk-'));
  readonly #rendering: Rendering;
  readonly #sent: Partial<Activity>[] = [];
  #host: Host | undefined;
  #now = startMs;
  #activities = 0;
  /** Every reply so far, oldest first. */
  readonly shown: Shown[] = [];

  constructor(options: { brain: Brain; root: string; rendering: Rendering }) {
    this.#brain = options.brain;
    this.#root = options.root;
    this.#rendering = options.rendering;
  }

  /** The running product; started when it is not. */
  async host(): Promise<Host> {
    const terminal: Channel = {
      send: async (_address, activity) => {
        this.#sent.push(activity);
        return { status: 'sent' };
      },
    };
    this.#host ??= await createHost({
      root: this.#root,
      config: readConfig({ STORAGE_URL: `file:${join(this.#folder, 'talk.db')}`, LOG_LEVEL: 'silent' }),
      log: pino({ level: 'silent' }),
      now: () => this.#now,
      brain: this.#brain,
      terminal,
    });
    return this.#host;
  }

  join(): Promise<Shown[]> {
    return this.#receive({ type: 'conversationUpdate', membersAdded: [{ id: 'person', name: '' }] });
  }

  type(text: string): Promise<Shown[]> {
    return this.#receive({ type: 'message', text });
  }

  attach(name: string, contentType: string): Promise<Shown[]> {
    return this.#receive({ type: 'message', text: '', attachments: [{ name, contentType }] });
  }

  open(context: unknown): Promise<Shown[]> {
    return this.#receive({ type: 'event', name: 'openingContext', value: context });
  }

  /** Presses a button of the last message that has any, or of one before it; plain text takes its number. */
  press(label: string, isOld: boolean): Promise<Shown[]> {
    const choices = this.shown.map((one) => one.reply?.choices ?? []).filter((one) => one.length > 0);
    const offered = (isOld ? choices.slice(0, -1).reverse() : choices.slice(-1)).flat();
    const at = offered.findIndex((choice) => choice.label === label);
    const choice = offered[at];
    if (choice === undefined) {
      throw new Error(`no button "${label}" among: ${offered.map((one) => one.label).join(', ')}`);
    }
    if (this.#rendering === 'plain') return this.type(String(at + 1));
    const action = this.#actions().find((one) => one.value?.choiceId === choice.id);
    return this.#receive({ type: 'message', text: action?.text ?? '', value: action?.value });
  }

  #actions(): CardAction[] {
    return this.shown.toReversed().flatMap((one) => one.activity.suggestedActions?.actions ?? []);
  }

  /** The process ends; the next message starts another over the same storage. */
  async restart(): Promise<void> {
    await this.#host?.close();
    this.#host = undefined;
  }

  wait(ms: number): void {
    this.#now += ms;
  }

  async end(): Promise<void> {
    await this.restart();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #receive(activity: Partial<Activity>): Promise<Shown[]> {
    const host = await this.host();
    this.#now += answerMs;
    this.#activities += 1;
    const before = this.#sent.length;
    await host.receive({
      ...activity,
      id: `activity-${this.#activities}`,
      channelId: renderings[this.#rendering],
      serviceUrl: 'urn:backup-medic:terminal',
      conversation: { id: 'talk', isGroup: false, conversationType: '', name: '' },
      from: { id: 'person', name: '' },
      recipient: { id: 'backup-medic', name: '' },
    });
    await host.outbox.settled();
    const shown: Shown[] = [];
    for (const sent of this.#sent.slice(before)) {
      const reply = await replyOf(host, sent.id ?? '');
      shown.push({
        activity: sent,
        text: plainText(sent.text ?? ''),
        ...(reply === undefined ? {} : { reply }),
      });
    }
    this.shown.push(...shown);
    return shown;
  }
}

/** The reply as data, from the row that was sent. */
async function replyOf(host: Host, id: string): Promise<Reply | undefined> {
  const row = await host.db.selectFrom('outbox').select('reply_json').where('id', '=', id).executeTakeFirst();
  const outgoing = row === undefined ? undefined : parseOutgoing(JSON.parse(row.reply_json));
  return outgoing?.kind === 'reply' ? outgoing.reply : undefined;
}

function plainText(text: string): string {
  return text
    .replaceAll('**', '')
    .replace(/\\([\\`*_[\]<>#|~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
