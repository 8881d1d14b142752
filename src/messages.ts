import type { IncomingMessage } from 'node:http';
import type { Activity } from 'botbuilder';
import type restify from 'restify';
import { z } from 'zod';
import type { Adapter } from './adapter.js';
import { checkOrigin } from './direct-line/allowed-origins.js';
import { HttpError } from './direct-line/http-error.js';
import { mediaType, readJson } from './direct-line/request-body.js';
import { sendError, sendJson } from './direct-line/respond.js';
import type { Limits } from './rate-limit.js';
import type { Turn } from './turn.js';

/** What every activity must have to be handled at all; the rest is read with care later. */
const activitySchema = z.looseObject({
  type: z.string().min(1).max(100),
  id: z.string().max(1000).optional(),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.string().min(1).max(1000),
  conversation: z.looseObject({ id: z.string().min(1).max(1000) }),
  from: z.looseObject({ id: z.string().min(1).max(1000) }),
  recipient: z.looseObject({ id: z.string().min(1).max(1000) }),
  text: z.string().optional(),
  locale: z.string().max(100).optional(),
  localTimezone: z.string().max(100).optional(),
  name: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  replyToId: z.string().max(1000).optional(),
  deliveryMode: z.string().max(40).optional(),
  membersAdded: z
    .array(z.looseObject({ id: z.string().max(1000) }))
    .max(1000)
    .optional(),
});

const loopbackName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Headers by which a proxy tells that the caller is another than the socket shows. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

interface MessagesOptions {
  adapter: Adapter;
  turn: Turn;
  /** True when there is no app id, so that nothing proves who calls. */
  isOpen: boolean;
  maxBodyBytes: number;
  limits: Limits;
}

/** Serves POST /api/messages, the endpoint of the Bot Framework. */
export function mountMessages(server: restify.Server, options: MessagesOptions): void {
  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    try {
      const { status, body } = await answer(request, options);
      sendJson(response, status, body ?? {});
    } catch (error) {
      sendError(response, error);
    }
  });
}

async function answer(
  request: IncomingMessage,
  options: MessagesOptions,
): Promise<{ status: number; body?: unknown }> {
  if (options.isOpen) checkCaller(request);
  if (mediaType(request) !== 'application/json') {
    throw new HttpError(415, 'UnsupportedMediaType', 'Send the activity as application/json.');
  }
  const parsed = activitySchema.safeParse(await readJson(request, options.maxBodyBytes));
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new HttpError(
      400,
      'BadArgument',
      `The body is no Activity${path === '' ? '' : `: see "${path}"`}.`,
    );
  }
  if (options.isOpen) checkServiceUrl(parsed.data.serviceUrl);
  const activity = { ...parsed.data, timestamp: new Date() } as unknown as Activity;
  const { authorization = '' } = request.headers;
  const result = await options.adapter.fromBotFramework(authorization, activity, async (context) => {
    // Only now is it known that the caller may speak for this person.
    options.limits.takePerson(`${activity.channelId}|${activity.from.id}`);
    await options.turn(context);
  });
  // The SDK says "not implemented", which asks nobody to stop sending it.
  if (result?.status === 501) throw new HttpError(404, 'UnknownInvoke', 'This bot knows no such invoke.');
  return result === undefined ? { status: 200 } : { status: result.status, body: result.body };
}

/** Without an app id any page in the person's browser, or any caller behind a proxy, could pose as a channel. */
function checkCaller(request: IncomingMessage): void {
  checkOrigin(request);
  if (request.headers.origin !== undefined) {
    throw new HttpError(403, 'ForbiddenOrigin', 'Web pages may not call this address.');
  }
  if (forwardingHeaders.some((name) => request.headers[name] !== undefined)) {
    throw new HttpError(403, 'ForbiddenProxy', 'Behind a proxy this address needs MicrosoftAppId to be set.');
  }
}

function checkServiceUrl(serviceUrl: string): void {
  const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : undefined;
  if (url === undefined || !loopbackName.test(url.hostname)) {
    throw new HttpError(
      403,
      'ForbiddenServiceUrl',
      'Without MicrosoftAppId the serviceUrl must be loopback.',
    );
  }
}
