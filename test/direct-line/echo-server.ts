import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from 'botbuilder';
import restify from 'restify';
import type { Address } from '../../src/channels/channel.js';
import { createDirectLine, type DirectLine } from '../../src/direct-line/direct-line.js';
import { conversationOf } from '../../src/direct-line/incoming-activity.js';
import type { DirectLineOptions } from '../../src/direct-line/options.js';
import { type Db, openDatabase } from '../../src/storage/database.js';

/** A Direct Line server whose bot greets, and answers each message with its own text, each id once. */
export interface EchoServer {
  url: string;
  port: number;
  db: Db;
  directLine: DirectLine;
  /** Every activity that was handed in, repeats included. */
  received: Partial<Activity>[];
  stop(): Promise<void>;
}

/** What a test changes of the echo server. */
export interface EchoSettings extends Partial<DirectLineOptions> {
  /** Mounts more on the server, such as the page. */
  alsoMount?: (server: restify.Server) => void;
}

/** Starts the echo server on a free loopback port with an empty storage. */
export async function startEcho(settings: EchoSettings = {}): Promise<EchoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'direct-line-'));
  const db = await openDatabase(`file:${join(folder, 'test.db')}`);
  const received: Partial<Activity>[] = [];
  const seen = new Set<string>();
  const { alsoMount, ...changed } = settings;
  const directLine: DirectLine = createDirectLine({
    db,
    receive: async (activity) => {
      received.push(activity);
      if (seen.has(activity.id ?? '')) return;
      await remember(db, activity.conversation?.id ?? '');
      seen.add(activity.id ?? '');
      void reply(directLine, activity);
    },
    signingSecret: 'a secret of the test only',
    maxBodyBytes: 262_144,
    maxUploadBytes: 1_000_000,
    ...changed,
  });
  const server = restify.createServer();
  directLine.mount(server);
  alsoMount?.(server);
  directLine.attachStreams(server.server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    await directLine.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, port, db, directLine, received, stop };
}

/** Where replies of a web conversation go. */
export function addressOf(conversation: string): Address {
  return { via: 'web', reference: { channelId: 'webchat', conversation: conversationOf(conversation) } };
}

/** Replies go where the bot knows the conversation alone. */
async function remember(db: Db, conversation: string): Promise<void> {
  const row = { person_id: '', version: 1, holder: 'bot', state_json: '{}', address_json: '{}', locale: '' };
  await db
    .insertInto('conversations')
    .values({ ...row, id: `webchat|${conversation}`, time_zone: '', updated_at: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
}

async function reply({ channel }: DirectLine, activity: Partial<Activity>): Promise<void> {
  const address = addressOf(activity.conversation?.id ?? '');
  channel.showTyping?.(address);
  const text = activity.type === 'conversationUpdate' ? 'Hello' : `Echo: ${activity.text ?? activity.type}`;
  await channel.send(address, { type: 'message', text, textFormat: 'plain' }, `reply-to-${activity.id}`);
}
