import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type Conversations, ensureReceived, post } from './conversation.js';
import { HttpError } from './http-error.js';
import { parseActivity } from './incoming-activity.js';
import { readUpload } from './multipart.js';
import { readJson } from './request-body.js';
import { readAfter } from './stream-log.js';

/** One request, taken apart. */
export interface Call {
  request: IncomingMessage;
  /** The conversation id in the path; empty where the route has none. */
  conversation: string;
  /** Last frame that the caller has seen; 0 for none. */
  watermark: number;
  /** The origin that the request came to, already checked. */
  origin: string;
}

/** What a route answers. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Answers one route. @throws HttpError for what it refuses. */
export type Handler = (conversations: Conversations, call: Call) => Promise<Answer>;

const generateSchema = z.looseObject({ conversationId: z.string().max(100).optional() }).optional();
const startSchema = z.looseObject({ locale: z.string().max(35).optional().catch(undefined) }).optional();

/** POST /tokens/generate: a token for a new conversation, or for one of the browser's own after its token's end. */
export const generateToken: Handler = async ({ grants, options }, { request, origin }) => {
  const body = generateSchema.safeParse(await readJson(request, options.maxBodyBytes));
  if (!body.success) throw new HttpError(400, 'BadArgument', 'conversationId must be text.');
  const grant = grants.forVisitor(request, origin, body.data?.conversationId);
  const headers = { 'Set-Cookie': grants.cookieFor(grant) };
  return { status: 200, body: grants.describe(grant), headers };
};

/** POST /tokens/refresh: a new token in place of one that is still good. */
export const refreshToken: Handler = async ({ grants }, { request }) => {
  const { conversationId, token, expires_in } = grants.describe(grants.fromBearer(request));
  return { status: 200, body: { conversationId, token, expires_in } };
};

/** POST /conversations: begins the token's conversation, for the bot once only. */
export const startConversation: Handler = async (conversations, { request }) => {
  const { grants, options } = conversations;
  const grant = grants.fromBearer(request);
  const body = startSchema.safeParse(await readJson(request, options.maxBodyBytes));
  if (!body.success) throw new HttpError(400, 'BadArgument', 'The body must be a JSON object.');
  await ensureReceived(conversations, grant, body.data?.locale);
  return { status: 201, body: grants.describe(grant) };
};

/** GET /conversations/:id: goes on after a lost stream or a reload, from the watermark. */
export const reconnect: Handler = async (conversations, { request, conversation, watermark }) => {
  const { grants } = conversations;
  const grant = grants.forConversation(request, conversation);
  await ensureReceived(conversations, grant);
  return { status: 200, body: grants.describe(grant, watermark === 0 ? '' : String(watermark)) };
};

/** POST /conversations/:id/activities: what the person says or presses. */
export const postActivity: Handler = async (conversations, { request, conversation }) => {
  const { grants, options } = conversations;
  const grant = grants.forConversation(request, conversation);
  const sent = parseActivity(await readJson(request, options.maxBodyBytes));
  return { status: 200, body: { id: await post(conversations, grant, sent) } };
};

/** POST /conversations/:id/upload: a message with files, of which name, type and size are kept. */
export const upload: Handler = async (conversations, { request, conversation }) => {
  const { grants, options } = conversations;
  const grant = grants.forConversation(request, conversation);
  const { activity, files } = await readUpload(request, options.maxUploadBytes);
  const sent = parseActivity(activity);
  const attachments = files.map(({ name, contentType }) => ({ name, contentType }));
  const channelData = { ...sent.channelData, attachmentSizes: files.map(({ sizeBytes }) => sizeBytes) };
  const id = await post(conversations, grant, { ...sent, type: 'message', attachments, channelData });
  return { status: 200, body: { id } };
};

/** GET /conversations/:id/activities: what came after the watermark, for pages without a stream. */
export const pollActivities: Handler = async ({ grants, options }, call) => {
  const grant = grants.forConversation(call.request, call.conversation);
  const { activities, watermark } = await readAfter(options.db, grant.conversation, call.watermark);
  return { status: 200, body: { activities, watermark: watermark === 0 ? '' : String(watermark) } };
};
