import type { IncomingMessage } from 'node:http';
import type restify from 'restify';
import { z } from 'zod';
import { checkOrigin } from './allowed-origins.js';
import { HttpError } from './http-error.js';
import { newUserId } from './identity.js';
import { basePath } from './options.js';
import { readJson } from './request-body.js';
import { sendError, sendJson } from './respond.js';
import { checkToken, signToken } from './tokens.js';

/** How long the service may take to answer. */
const serviceTimeoutMs = 10_000;
const maxBodyBytes = 10_000;
const cookieLifetimeMs = 180 * 24 * 3_600_000;
const cookieName = 'backup-medic-hosted';

/** What the exchange with a hosted Direct Line needs. */
export interface HostedOptions {
  /** Secret of the Direct Line channel; it never leaves the server. */
  secret: string;
  /** Address of the service, such as https://directline.botframework.com. */
  service: string;
  signingSecret: string;
  publicUrl?: string | undefined;
  /** True when pages of other sites show the chat in a frame. */
  isEmbedded: boolean;
}

const bodySchema = z.looseObject({ conversationId: z.string().max(200).optional() }).optional();
const grantSchema = z.object({
  conversationId: z.string(),
  token: z.string(),
  expires_in: z.number().default(1800),
  streamUrl: z.string().optional(),
});

/** Serves the token of a hosted Direct Line in place of our own: the page gets a token, never the secret. */
export function mountHosted(server: restify.Server, options: HostedOptions): void {
  server.post(`${basePath}/tokens/generate`, async (request: restify.Request, response: restify.Response) => {
    try {
      const { body, cookie } = await exchange(request, options);
      sendJson(response, 200, body, { 'Set-Cookie': cookie });
    } catch (error) {
      sendError(response, error);
    }
  });
}

async function exchange(request: IncomingMessage, options: HostedOptions) {
  const origin = checkOrigin(request, options.publicUrl);
  const parsed = bodySchema.safeParse(await readJson(request, maxBodyBytes));
  if (!parsed.success) throw new HttpError(400, 'BadArgument', 'conversationId must be text.');
  const known = visitorOf(request, options.signingSecret);
  const user = known?.user ?? newUserId();
  const conversation = parsed.data?.conversationId;
  if (conversation !== undefined && conversation !== known?.conversation) {
    throw new HttpError(403, 'NotYourConversation', 'This conversation was begun by another browser.');
  }
  const grant =
    conversation === undefined
      ? await callService(options, '/tokens/generate', { user: { id: user }, trustedOrigins: [origin] })
      : await callService(options, `/conversations/${encodeURIComponent(conversation)}`);
  const exp = Math.floor((Date.now() + cookieLifetimeMs) / 1000);
  const claims = { use: 'visitor' as const, user, conversation: grant.conversationId, origin, exp };
  return {
    body: { ...grant, domain: `${options.service}${basePath}` },
    cookie: cookieOf(signToken(claims, options.signingSecret), origin, options.isEmbedded),
  };
}

/** One call to the service. @throws HttpError 403 for a conversation that is over, 502 for any other refusal. */
async function callService({ service, secret }: HostedOptions, path: string, body?: object) {
  const response = await fetch(`${service}${basePath}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(serviceTimeoutMs),
  }).catch(() => undefined);
  const isOver = body === undefined && (response?.status === 403 || response?.status === 404);
  if (isOver) throw new HttpError(403, 'ConversationOver', 'This conversation is over.');
  const grant = grantSchema.safeParse(
    response?.ok ? await response.json().catch(() => undefined) : undefined,
  );
  if (!grant.success) throw new HttpError(502, 'DirectLineFailed', 'The Direct Line service gave no token.');
  return grant.data;
}

function visitorOf(request: IncomingMessage, secret: string) {
  const pair = (request.headers.cookie ?? '').split(/; */).find((one) => one.startsWith(`${cookieName}=`));
  const checked = checkToken(pair?.slice(cookieName.length + 1) ?? '', 'visitor', {
    secret,
    now: Date.now(),
  });
  return checked.status === 'valid' ? checked.claims : undefined;
}

function cookieOf(value: string, origin: string, isEmbedded: boolean): string {
  const isSecure = origin.startsWith('https:');
  const sameSite = isSecure && isEmbedded ? 'SameSite=None; Partitioned' : 'SameSite=Strict';
  const maxAge = cookieLifetimeMs / 1000;
  const secure = isSecure ? '; Secure' : '';
  return `${cookieName}=${value}; Path=${basePath}; Max-Age=${maxAge}; HttpOnly; ${sameSite}${secure}`;
}
