import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from 'botbuilder';
import pino from 'pino';
import type { Brain } from '../../dialogs/frame.js';
import { loadBrain } from '../../src/brain.js';
import type { Channel, SendResult } from '../../src/channels/channel.js';
import { readConfig } from '../../src/config.js';
import { createHost, type Host } from '../../src/host.js';
import { projectRoot } from '../../src/project-root.js';

export const root = projectRoot();

/** Guide and engine, read once for a test file. */
export const brain: Brain = loadBrain(root);

/** When every test begins: an ordinary Tuesday. */
const startMs = Date.UTC(2025, 5, 3, 9, 0, 0);

/** A folder for storage, gone when the test is. */
export function scratch(): { path: string; url: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'backup-medic-turn-'));
  return {
    path,
    url: `file:${join(path, 'turn.db')}`,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Replies that left by the terminal, and what the next attempts come to. */
export interface Wire extends Channel {
  sent: Partial<Activity>[];
  results: SendResult[];
}

/** A terminal that keeps what it is given; `results` are used up first, then everything is sent. */
export function wire(): Wire {
  const self: Wire = {
    sent: [],
    results: [],
    async send(_address, activity) {
      const result = self.results.shift() ?? { status: 'sent' };
      if (result.status === 'sent') self.sent.push(activity);
      return result;
    },
  };
  return self;
}

/** What of the product differs from test to test. */
export interface BotOptions {
  url: string;
  terminal?: Channel;
  brain?: Brain;
  now?: () => number;
  /** Gets the log, line by line. */
  onLog?: (line: string) => void;
  environment?: Record<string, string>;
  /** Milliseconds after which another process counts as gone. */
  quietMs?: number;
}

/** The whole product but for HTTP, over the storage at `url`. */
export function startBot(options: BotOptions): Promise<Host> {
  const { url, onLog, environment = {} } = options;
  return createHost({
    root,
    config: readConfig({ STORAGE_URL: url, ...environment }),
    log: onLog === undefined ? pino({ level: 'silent' }) : pino({ level: 'debug' }, { write: onLog }),
    now: options.now ?? (() => startMs),
    brain: options.brain ?? brain,
    terminal: options.terminal ?? wire(),
    ...(options.quietMs === undefined ? {} : { quietMs: options.quietMs }),
  });
}

/** A message of a person at the terminal. */
export function message(id: string, text: string, conversation = 'talk'): Partial<Activity> {
  return {
    type: 'message',
    id,
    text,
    channelId: 'terminal',
    serviceUrl: 'urn:backup-medic:terminal',
    conversation: { id: conversation, isGroup: false, conversationType: '', name: '' },
    from: { id: `person of ${conversation}`, name: '' },
    recipient: { id: 'backup-medic', name: '' },
  };
}

/** Texts of activities, a hand-off by its name. */
export function textsOf(activities: readonly Partial<Activity>[]): string[] {
  return activities.map((one) => one.text ?? one.name ?? '');
}

/** The stored conversation, with everything that a turn may change. */
export async function storedOf(host: Host, conversation = 'talk') {
  const row = await host.db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', `terminal|${conversation}`)
    .executeTakeFirstOrThrow();
  const devices = await host.db
    .selectFrom('devices')
    .selectAll()
    .where('person_id', '=', row.person_id)
    .execute();
  return { row, device: devices[0], state: JSON.parse(row.state_json) };
}
