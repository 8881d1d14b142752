import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkOrigin } from './allowed-origins.js';
import type { Conversations } from './conversation.js';
import {
  generateToken,
  type Handler,
  pollActivities,
  postActivity,
  reconnect,
  refreshToken,
  startConversation,
  upload,
} from './handlers.js';
import { HttpError } from './http-error.js';
import { basePath } from './options.js';
import { sendError, sendJson } from './respond.js';

/** Every route of Direct Line 3.0 that a browser client uses, below /v3/directline. */
const routes: { path: RegExp; methods: Record<string, Handler> }[] = [
  { path: /^\/tokens\/generate$/, methods: { POST: generateToken } },
  { path: /^\/tokens\/refresh$/, methods: { POST: refreshToken } },
  { path: /^\/conversations$/, methods: { POST: startConversation } },
  { path: /^\/conversations\/([^/]+)$/, methods: { GET: reconnect } },
  { path: /^\/conversations\/([^/]+)\/activities$/, methods: { GET: pollActivities, POST: postActivity } },
  { path: /^\/conversations\/([^/]+)\/upload$/, methods: { POST: upload } },
];

const streamPath = /^\/conversations\/([^/]+)\/stream$/;

/** Answers one HTTP request below `basePath`; whatever goes wrong, the caller gets a status and a short JSON body. */
export async function answer(
  conversations: Conversations,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const origin = checkOrigin(request, conversations.options.publicUrl);
    const url = urlOf(request);
    const { handler, conversation } = findRoute(pathBelow(url), request.method ?? '');
    const call = { request, origin, conversation, watermark: watermarkOf(url) };
    const { status, body, headers } = await handler(conversations, call);
    sendJson(response, status, body, headers);
  } catch (error) {
    sendError(response, error);
  }
}

/** The address as a URL. @throws HttpError 400 when it is none. */
export function urlOf(request: IncomingMessage): URL {
  const base = 'http://localhost';
  if (!URL.canParse(request.url ?? '', base))
    throw new HttpError(400, 'BadArgument', 'The address is malformed.');
  return new URL(request.url ?? '', base);
}

/** The last frame seen; anything but a whole number means none. */
export function watermarkOf(url: URL): number {
  const text = url.searchParams.get('watermark') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** The conversation whose stream the address names; undefined for any other address. */
export function streamedConversation(url: URL): string | undefined {
  return streamPath.exec(pathBelow(url))?.[1];
}

function pathBelow(url: URL): string {
  return url.pathname.startsWith(`${basePath}/`) ? url.pathname.slice(basePath.length) : '';
}

function findRoute(path: string, method: string): { handler: Handler; conversation: string } {
  for (const { path: pattern, methods } of routes) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (handler !== undefined) return { handler, conversation: match[1] ?? '' };
    const allowed = Object.keys(methods).join(', ');
    throw new HttpError(405, 'MethodNotAllowed', `This address takes ${allowed}.`, { Allow: allowed });
  }
  throw new HttpError(404, 'NotFound', 'There is nothing at this address.');
}
