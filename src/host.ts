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
import { startForgetting } from './forgetting.js';
import { signingSecret, storageUrl } from './installation.js';
import { createMetrics, type Metrics } from './metrics.js';
import type { Outbox } from './outbox.js';
import { createOutbox } from './outbox.js';
import { createLimits, type Limits } from './rate-limit.js';
import { type Db, isPostgres, openDatabase } from './storage/database.js';
import { createNotices, type Notices } from './storage/notices.js';
import { Recent } from './storage/recent.js';
import { createStore, type Store } from './storage/store.js';
import type { Turn } from './turn.js';
import { createTurn } from './turn.js';

/** Everything the product is made of, put together once. */
export interface Host {
  adapter: Adapter;
  turn: Turn;
  directLine: DirectLine;
  outbox: Outbox;
  db: Db;
  store: Store;
  metrics: Metrics;
  limits: Limits;
  /** Asks storage and engine for something small. @throws when one of them does not answer. */
  check(): Promise<void>;
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
  /** Milliseconds after which a process that sends no more counts as gone; the outbox's own when absent. */
  quietMs?: number;
  /** The way to the terminal, for `npm run chat`. */
  terminal?: Channel;
}

/** Longest time that a stop waits for replies being sent. */
const drainMs = 5000;

/** Turns that read and think at the same time: one that waits to read leaves room for others. */
const atOnce = { file: 2, postgres: 8 } as const;

/** Puts the product together. @throws ContentError, or when the storage cannot be opened. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { root, config, log, now = Date.now } = options;
  const { brain = loadBrain(root) } = options;
  const secret = signingSecret(config, root);
  const { db, notices } = await openStorage(config, root);
  const store = createStore(db);
  const metrics = createMetrics(db);
  const limits = createLimits(config);
  const forgetting = startForgetting({ db, config, log, now });
  const auth = createAuthentication(config);
  const adapter = new Adapter(auth);
  // The Direct Line server and the turn need each other: what comes in runs a turn, what goes out is streamed.
  const receive = (activity: Partial<Activity>) => adapter.fromOwnChannel(activity as Activity, turn);
  const directLine = createDirectLine({
    db,
    notices,
    receive,
    signingSecret: secret,
    ...webSettings(config),
    limits,
    now,
  });
  const sending = {
    db,
    store,
    words: brain.knowledge.words,
    log,
    now,
    metrics,
    isShared: isPostgres(config.STORAGE_URL),
    quietMs: options.quietMs,
    channels: {
      web: directLine.channel,
      terminal: options.terminal,
      botFramework: createBotFrameworkChannel(auth, config.MicrosoftAppId ?? ''),
    },
  };
  const outbox = createOutbox(sending);
  const runDialogs = createDialogs(brain.knowledge);
  const { observe } = metrics;
  const parts = { brain, runDialogs, store, outbox, log, now, secret, observe, ...turnSettings(config) };
  const turn = createTurn(parts);
  return {
    adapter,
    turn,
    directLine,
    outbox,
    db,
    store,
    metrics,
    limits,
    check: () => check(db, parts.brain),
    signingSecret: secret,
    receive,
    reloadContent() {
      parts.brain = loadBrain(root, brain.understand);
      parts.runDialogs = createDialogs(parts.brain.knowledge);
      sending.words = parts.brain.knowledge.words;
    },
    async close() {
      await outbox.drain(drainMs);
      await directLine.close();
      await Promise.all([forgetting.stop(), notices?.close()]);
      await db.destroy();
    },
  };
}

async function openStorage(config: Config, root: string): Promise<{ db: Db; notices: Notices | undefined }> {
  const db = await openDatabase(storageUrl(config, root), config.STORAGE_SYNC);
  return { db, notices: isPostgres(config.STORAGE_URL) ? createNotices(config.STORAGE_URL) : undefined };
}

function turnSettings({ STORAGE_URL, KEEP_PHRASES }: Config) {
  const isServer = isPostgres(STORAGE_URL);
  return {
    keepsPhrases: KEEP_PHRASES === 'yes',
    turnsAtOnce: isServer ? atOnce.postgres : atOnce.file,
    recent: isServer ? undefined : new Recent(),
  };
}

function webSettings(config: Config) {
  return {
    publicUrl: config.PUBLIC_URL,
    isEmbedded: config.EMBED_ORIGINS.length > 0,
    maxBodyBytes: config.MAX_BODY_BYTES,
    maxUploadBytes: config.MAX_UPLOAD_BYTES,
  };
}

/** Fails when the storage cannot be read or the engine finds nothing in a plain message. */
async function check(db: Db, brain: Brain): Promise<void> {
  await db.selectFrom('people').select('id').limit(1).execute();
  const { intents } = brain.understand('backup failed');
  if (intents.length === 0) throw new Error('the engine understands nothing');
}
