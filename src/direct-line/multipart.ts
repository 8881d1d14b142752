import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.js';
import { maxAttachments } from './incoming-activity.js';
import { mediaType, parseJson, readBytes } from './request-body.js';

/** Uploads held in memory at one time; more are asked to come again. */
const maxUploadsAtOnce = 4;
let uploadsUnderWay = 0;

/** An upload without its bytes: the activity as sent, and name, type and size of each file. */
export interface Upload {
  activity: unknown;
  files: { name: string; contentType: string; sizeBytes: number }[];
}

/**
 * Reads a multipart post, keeping of each file only what describes it.
 * @throws HttpError 400 malformed, 413 too large, 415 of another type, 429 when too many come at once.
 */
export async function readUpload(request: IncomingMessage, maxBytes: number): Promise<Upload> {
  if (mediaType(request) !== 'multipart/form-data')
    throw new HttpError(415, 'UnsupportedMediaType', 'Send the upload as multipart/form-data.');
  if (uploadsUnderWay >= maxUploadsAtOnce)
    throw new HttpError(429, 'TooManyUploads', 'Too many files are arriving; try again in a moment.', {
      'Retry-After': '2',
    });
  uploadsUnderWay += 1;
  try {
    return await describe(await readForm(request, maxBytes));
  } finally {
    uploadsUnderWay -= 1;
  }
}

async function readForm(request: IncomingMessage, maxBytes: number): Promise<FormData> {
  const bytes = await readBytes(request, maxBytes);
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  try {
    return await new Response(new Uint8Array(bytes), { headers }).formData();
  } catch {
    throw new HttpError(400, 'BadSyntax', 'The multipart body is malformed.');
  }
}

async function describe(form: FormData): Promise<Upload> {
  const activity = form.get('activity');
  const files = form.getAll('file').filter((part) => typeof part !== 'string');
  if (files.length === 0 || files.length > maxAttachments)
    throw new HttpError(400, 'BadArgument', `Send 1 to ${maxAttachments} files.`);
  return {
    activity: activity === null ? { type: 'message' } : parseJson(await textOf(activity)),
    files: files.map((file) => ({
      name: readable(file.name) || 'file',
      contentType: readable(file.type) || 'application/octet-stream',
      sizeBytes: file.size,
    })),
  };
}

async function textOf(part: string | Blob): Promise<string> {
  return typeof part === 'string' ? part : await part.text();
}

function readable(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 200);
}
