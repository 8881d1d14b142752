import type { Activity } from 'botbuilder';
import type { Db } from '../storage/database.js';
import type { Notices } from '../storage/notices.js';

/** Where the routes begin. */
export const basePath = '/v3/directline';

/** What the Direct Line server is given. */
export interface DirectLineOptions {
  db: Db;
  /** Tells of what other processes put on the streams; absent where there is one process. */
  notices?: Notices | undefined;
  /** Hands an activity to the bot; resolves when its turn is committed. The same id runs once only. */
  receive: (activity: Partial<Activity>) => Promise<void>;
  /** Signs tokens, cookies and conversation ids: whoever knows it can read every web conversation. */
  signingSecret: string;
  /** The address people use when it is not loopback, such as https://chat.example.org. */
  publicUrl?: string | undefined;
  /** True when pages of other sites show the chat in a frame, so that the cookie must reach it there. */
  isEmbedded?: boolean | undefined;
  /** How much one person may send; without it as much as they like. */
  limits?: { takePerson(person: string): void } | undefined;
  maxBodyBytes: number;
  /** Longest multipart post; the bytes of files are counted and dropped. */
  maxUploadBytes: number;
  now?: (() => number) | undefined;
  /** How long a conversation's token opens it; 30 minutes unless given, which the page's client counts on. */
  tokenLifetimeMs?: number | undefined;
}
