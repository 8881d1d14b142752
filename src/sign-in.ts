import { CallerIdConstants } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';
import {
  AuthenticationConstants,
  AuthenticationError,
  ChannelValidation,
  SimpleCredentialProvider,
} from 'botframework-connector';
import { z } from 'zod';
import { HttpError } from './direct-line/http-error.js';

/** Longest time for fetching the keys: channels give a call up after some 15 seconds. */
const usualTimeoutMs = 5000;

/** How soon a channel may try again that could not be checked. */
const retrySeconds = '5';

/** What jsonwebtoken calls its refusals. */
const refusals: readonly string[] = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'];

const headSchema = z.object({ kid: z.string() });
const claimsSchema = z.object({ iss: z.literal(AuthenticationConstants.ToBotFromChannelTokenIssuer) });

/** What a caller says of itself. */
interface Caller {
  serviceUrl: string;
  channelId: string;
}

/** Checks the token that a channel's call carries. */
export type SignIn = (
  authorization: string,
  caller: Caller,
) => Promise<Omit<AuthenticateRequestResult, 'connectorFactory'>>;

/** Whose tokens count. */
interface SignInOptions {
  appId: string;
  /** Where the keys of channels are described; Microsoft's own address unless given. */
  metadataUrl?: string | undefined;
  timeoutMs?: number;
}

/**
 * The sign-in of channels at the bot.
 * It throws HttpError 401 for a token that is not the Bot Framework's for this bot and this serviceUrl, and 503
 * while the keys cannot be read.
 */
export function createSignIn(options: SignInOptions): SignIn {
  const { appId, metadataUrl, timeoutMs = usualTimeoutMs } = options;
  // The newer way of the SDK also takes tokens of Emulators and skills, which vouch for no serviceUrl, and
  // remembers the tenant that any token names before it is checked.
  const credentials = new SimpleCredentialProvider(appId, '');
  if (metadataUrl !== undefined) ChannelValidation.OpenIdMetadataEndpoint = metadataUrl;
  return async (authorization, { serviceUrl, channelId }) => {
    if (!isChannelToken(authorization)) throw refused();
    const checking = ChannelValidation.authenticateChannelTokenWithServiceUrl(
      authorization,
      credentials,
      serviceUrl,
      channelId,
    );
    try {
      return {
        audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
        callerId: CallerIdConstants.PublicAzureChannel,
        claimsIdentity: await inTime(checking, timeoutMs),
      };
    } catch (error) {
      throw isRefusal(error) ? refused() : unchecked();
    }
  };
}

/** Whether it looks like a token of a channel at all: nothing else is worth fetching keys for. */
function isChannelToken(authorization: string): boolean {
  const [, head, claims] = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization) ?? [];
  return headSchema.safeParse(decoded(head)).success && claimsSchema.safeParse(decoded(claims)).success;
}

function decoded(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the keys did not come in time')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The token's own fault, as against keys that could not be read. */
function isRefusal(error: unknown): boolean {
  if (error instanceof AuthenticationError) return error.statusCode === 401;
  return error instanceof Error && refusals.includes(error.name);
}

function refused(): HttpError {
  return new HttpError(401, 'Unauthorized', 'A token of the Bot Framework for this bot is needed.');
}

function unchecked(): HttpError {
  const headers = { 'Retry-After': retrySeconds };
  return new HttpError(
    503,
    'SignInUnavailable',
    'The token cannot be checked now; please try again.',
    headers,
  );
}
