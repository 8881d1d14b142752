import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.js';
import { isConversationId, isOwner, newConversationId, newUserId } from './identity.js';
import { basePath, type DirectLineOptions } from './options.js';
import { type Claims, checkToken, signToken } from './tokens.js';

const chatLifetimeMs = 30 * 60_000;
/** A stream is opened at once after its address was given out. */
const streamLifetimeMs = 60_000;
/** How long a browser is known again: people come back to a backup after months. */
const visitorLifetimeMs = 180 * 24 * 3_600_000;
const cookieName = 'backup-medic-visitor';

/** Whose conversation it is, and the page's origin. */
export interface Grant {
  user: string;
  conversation: string;
  origin: string;
}

/** Gives out and checks everything that opens a conversation. */
export class Grants {
  private readonly options: DirectLineOptions;

  constructor(options: DirectLineOptions) {
    this.options = options;
  }

  /** The time by the server's clock, in milliseconds. */
  now(): number {
    return this.options.now?.() ?? Date.now();
  }

  /** What the page is told to go on with: token, seconds it lives, and the address of the stream. */
  describe(grant: Grant, watermark = '') {
    const lifetimeMs = this.options.tokenLifetimeMs ?? chatLifetimeMs;
    const stream = this.sign('stream', grant, streamLifetimeMs);
    const path = `${basePath}/conversations/${grant.conversation}/stream`;
    return {
      conversationId: grant.conversation,
      token: this.sign('chat', grant, lifetimeMs),
      expires_in: Math.floor(lifetimeMs / 1000),
      streamUrl: `${grant.origin.replace(/^http/, 'ws')}${path}?watermark=${watermark}&t=${stream}`,
    };
  }

  /** The grant of the request's bearer token. @throws HttpError 401 without a genuine one, 403 when it is expired. */
  fromBearer(request: IncomingMessage): Grant {
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return this.check(token, 'chat');
  }

  /** The same, and it must be for `conversation`. @throws HttpError 404 for no id of ours, 403 for another's. */
  forConversation(request: IncomingMessage, conversation: string): Grant {
    return this.mustBeFor(conversation, this.fromBearer(request));
  }

  /** The grant of a stream's address. @throws HttpError as `forConversation`. */
  fromStreamToken(token: string, conversation: string): Grant {
    return this.mustBeFor(conversation, this.check(token, 'stream'));
  }

  /**
   * A grant for the browser's own visitor, known by its cookie, else a new one; of a new conversation unless
   * `conversation` is named. @throws HttpError 403 when that one is not the visitor's.
   */
  forVisitor(request: IncomingMessage, origin: string, conversation?: string): Grant {
    const { signingSecret } = this.options;
    const user = this.visitor(request) ?? newUserId();
    if (conversation !== undefined && !isOwner(user, conversation, signingSecret))
      throw new HttpError(403, 'NotYourConversation', 'This conversation was begun by another browser.');
    return { user, origin, conversation: conversation ?? newConversationId(user, signingSecret) };
  }

  /** The cookie by which the browser is known again; scripts cannot read it, other sites' pages cannot send it. */
  cookieFor(grant: Grant): string {
    const value = this.sign('visitor', { ...grant, conversation: '' }, visitorLifetimeMs);
    const isSecure = grant.origin.startsWith('https:');
    // In a frame of another site only a partitioned cookie arrives: each site that shows the chat has its own.
    const isFramed = isSecure && this.options.isEmbedded === true;
    const sameSite = isFramed ? 'SameSite=None; Partitioned' : 'SameSite=Strict';
    const maxAge = visitorLifetimeMs / 1000;
    return `${cookieName}=${value}; Path=${basePath}; Max-Age=${maxAge}; HttpOnly; ${sameSite}${isSecure ? '; Secure' : ''}`;
  }

  private visitor(request: IncomingMessage): string | undefined {
    const pair = (request.headers.cookie ?? '')
      .split(/; */)
      .find((each) => each.startsWith(`${cookieName}=`));
    const checked = this.verify(pair?.slice(cookieName.length + 1) ?? '', 'visitor');
    return checked.status === 'valid' ? checked.claims.user : undefined;
  }

  private check(token: string, use: Claims['use']): Grant {
    const checked = this.verify(token, use);
    if (checked.status === 'valid') return checked.claims;
    if (checked.status === 'expired') throw new HttpError(403, 'TokenExpired', 'The token has expired.');
    throw new HttpError(401, 'Unauthorized', 'A token of this server is needed.');
  }

  private mustBeFor(conversation: string, grant: Grant): Grant {
    if (grant.conversation === conversation) return grant;
    if (!isConversationId(conversation))
      throw new HttpError(404, 'NotFound', 'There is no such conversation.');
    throw new HttpError(403, 'ForbiddenConversation', 'The token is for another conversation.');
  }

  private verify(token: string, use: Claims['use']) {
    return checkToken(token, use, { secret: this.options.signingSecret, now: this.now() });
  }

  private sign(use: Claims['use'], { user, conversation, origin }: Grant, lifetimeMs: number): string {
    const exp = Math.floor((this.now() + lifetimeMs) / 1000);
    return signToken({ use, user, conversation, origin, exp }, this.options.signingSecret);
  }
}
