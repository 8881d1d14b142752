import type { Activity } from 'botbuilder';
import WebSocket from 'ws';
import type { Db } from '../storage/database.js';
import type { Notices } from '../storage/notices.js';
import { readAfter } from './stream-log.js';

/** Open streams of one conversation; a page needs one a tab, and the oldest gives way. */
const maxStreams = 12;
/** Unread bytes after which a reader is dropped; it reconnects with its watermark and misses nothing. */
const maxUnreadBytes = 1_000_000;
const pingEveryMs = 30_000;
/** Close codes of RFC 6455: going away, try again later. */
const goingAway = 1001;
const tryAgainLater = 1013;

interface Stream {
  socket: WebSocket;
  watermark: number;
  isAlive: boolean;
}

interface Readers {
  streams: Set<Stream>;
  /** Frames leave one after the other, so that watermarks only grow. */
  queue: Promise<void>;
}

/** The WebSockets that follow conversations, each from the watermark it has reached. */
export class Streams {
  private readonly readers = new Map<string, Readers>();
  private readonly pings = setInterval(() => this.ping(), pingEveryMs).unref();

  private readonly db: Db;
  private readonly notices: Notices | undefined;

  /** Follows the log in `db`; `notices` tell of what other processes put there. */
  constructor(db: Db, notices?: Notices) {
    this.db = db;
    this.notices = notices;
    notices?.listen({
      grown: (conversation) => this.wakeHere(conversation),
      shown: (conversation, activity) => this.show(conversation, activity),
      missed: () => {
        for (const conversation of this.readers.keys()) this.wakeHere(conversation);
      },
    });
  }

  /** Follows the conversation with `socket`: first what it has not seen, then whatever comes. */
  add(conversation: string, socket: WebSocket, watermark: number): void {
    const readers = this.readers.get(conversation) ?? { streams: new Set(), queue: Promise.resolve() };
    this.readers.set(conversation, readers);
    const stream: Stream = { socket, watermark, isAlive: true };
    readers.streams.add(stream);
    if (readers.streams.size > maxStreams) oldest(readers)?.socket.close(tryAgainLater);
    socket.on('pong', () => {
      stream.isAlive = true;
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      readers.streams.delete(stream);
      if (readers.streams.size === 0) this.readers.delete(conversation);
    });
    this.wakeHere(conversation);
  }

  /** Sends what was appended to the conversation's log to everybody who follows it, in any process. */
  wake(conversation: string): void {
    this.wakeHere(conversation);
    this.notices?.tell(conversation);
  }

  /** Shows `activity` to those who follow now, in any process, outside the log. */
  showEverywhere(conversation: string, activity: Partial<Activity>): void {
    this.show(conversation, activity);
    this.notices?.tell(conversation, activity);
  }

  private wakeHere(conversation: string): void {
    const readers = this.readers.get(conversation);
    if (readers === undefined) return;
    readers.queue = readers.queue.then(async () => {
      await Promise.all([...readers.streams].map((stream) => this.catchUp(conversation, stream)));
    });
  }

  /** Shows `activity` to those who follow now, outside the log: it leaves the watermark as it is. */
  show(conversation: string, activity: Partial<Activity>): void {
    for (const { socket } of this.readers.get(conversation)?.streams ?? [])
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ activities: [activity] }));
  }

  /** Says goodbye to everybody; pages reconnect by themselves. */
  async close(): Promise<void> {
    clearInterval(this.pings);
    const all = [...this.readers.values()];
    for (const { streams } of all) for (const { socket } of streams) socket.close(goingAway);
    await Promise.all(all.map(({ queue }) => queue));
    for (const { streams } of all) for (const { socket } of streams) socket.terminate();
  }

  private async catchUp(conversation: string, stream: Stream): Promise<void> {
    try {
      while (stream.socket.readyState === WebSocket.OPEN) {
        const { activities, watermark } = await readAfter(this.db, conversation, stream.watermark);
        if (watermark === stream.watermark) return;
        stream.watermark = watermark;
        stream.socket.send(JSON.stringify({ activities, watermark: String(watermark) }));
        if (stream.socket.bufferedAmount > maxUnreadBytes) stream.socket.terminate();
      }
    } catch {
      // Without the log nothing can be sent: the page reconnects and asks again.
      stream.socket.terminate();
    }
  }

  private ping(): void {
    for (const { streams } of this.readers.values())
      for (const stream of streams) {
        if (!stream.isAlive) stream.socket.terminate();
        stream.isAlive = false;
        if (stream.socket.readyState === WebSocket.OPEN) stream.socket.ping();
      }
  }
}

function oldest(readers: Readers): Stream | undefined {
  const [first] = readers.streams;
  return first;
}
