import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import { createDialogs } from '../dialogs/dialogs.js';
import type { Brain } from '../dialogs/frame.js';
import { Adapter, createAuthentication } from './adapter.js';
import { loadBrain } from './brain.js';
import { createBotFrameworkChannel } from './channels/bot-framework.js';
import type { Channel } from './channels/channel.js';
import type { Config } from './config.js';
import type { DirectLine } from './direct-line/direct-line.js';
import { createDirectLine } from './direct-line/direct-line.js';
import type { Outbox } from './outbox.js';
import { createOutbox } from './outbox.js';
import { type Db, openDatabase } from './storage/database.js';
import { createStore } from './storage/store.js';
import type { Turn } from './turn.js';
import { createTurn } from './turn.js';

/** Everything the product is made of, put together once. */
export interface Host {
  adapter: Adapter;
  turn: Turn;
  directLine: DirectLine;
  outbox: Outbox;
  db: Db;
  /** Signs what browsers hold. */
  signingSecret: string;
  /** Runs a turn on an activity of our own channels; resolves when it is committed. */
  receive(activity: Partial<Activity>): Promise<void>;
  /** Reads the guide again for the turns to come. @throws ContentError and keeps the old one. */
  reloadContent(): void;
  /** Ends sending and closes the storage; what is unsent waits for the next start. */
  close(): Promise<void>;
}

interface HostOptions {
  /** The project's folder. */
  root: string;
  config: Config;
  log: Logger;
  now?: () => number;
  /** Guide and engine; read from `root` when absent. */
  brain?: Brain;
  /** The way to the terminal, for `npm run chat`. */
  terminal?: Channel;
}

/** Longest time that a stop waits for replies being sent. */
const drainMs = 5000;

/** Puts the product together. @throws ContentError, or when the storage cannot be opened. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { root, config, log, now = Date.now } = options;
  const { brain = loadBrain(root) } = options;
  const secret = config.SIGNING_SECRET ?? ownSecret(config, root);
  const db = await openDatabase(storageUrl(config, root));
  const store = createStore(db);
  const auth = createAuthentication(config);
  const adapter = new Adapter(auth);
  // The Direct Line server and the turn need each other: what comes in runs a turn, what goes out is streamed.
  const receive = (activity: Partial<Activity>) => adapter.fromOwnChannel(activity as Activity, turn);
  const directLine = createDirectLine({
    db,
    receive,
    signingSecret: secret,
    publicUrl: config.PUBLIC_URL,
    isEmbedded: config.EMBED_ORIGINS.length > 0,
    maxBodyBytes: config.MAX_BODY_BYTES,
    maxUploadBytes: config.MAX_UPLOAD_BYTES,
    now,
  });
  const sending = {
    db,
    store,
    words: brain.knowledge.words,
    log,
    now,
    channels: {
      web: directLine.channel,
      terminal: options.terminal,
      botFramework: createBotFrameworkChannel(auth, config.MicrosoftAppId ?? ''),
    },
  };
  const outbox = createOutbox(sending);
  const runDialogs = createDialogs(brain.knowledge);
  const keepsPhrases = config.KEEP_PHRASES === 'yes';
  const parts = { brain, runDialogs, store, outbox, log, now, secret, keepsPhrases };
  const turn = createTurn(parts);
  return {
    adapter,
    turn,
    directLine,
    outbox,
    db,
    signingSecret: secret,
    receive,
    reloadContent() {
      parts.brain = loadBrain(root, brain.understand);
      parts.runDialogs = createDialogs(parts.brain.knowledge);
      sending.words = parts.brain.knowledge.words;
    },
    async close() {
      await directLine.close();
      await outbox.drain(drainMs);
      await db.destroy();
    },
  };
}

/** The storage's address with its file below the project's folder, wherever the process was started. */
export function storageUrl(config: Config, root: string): string {
  const path = config.STORAGE_URL.slice('file:'.length);
  return path === ':memory:' ? config.STORAGE_URL : `file:${resolve(root, path)}`;
}

/** The signing secret of an installation that was given none, made once and kept beside the storage. */
function ownSecret(config: Config, root: string): string {
  const path = storageUrl(config, root).slice('file:'.length);
  if (path === ':memory:') return randomBytes(32).toString('base64url');
  const file = join(dirname(path), 'signing.key');
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
  }
  return readFileSync(file, 'utf8').trim();
}
