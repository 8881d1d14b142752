import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.js';

/** Deepest nesting taken from outside: recursion over anything deeper could exhaust the stack. */
const maxDepth = 32;

/** The request's body, at most `maxBytes`. @throws HttpError 413 when it is longer. */
export function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const refuse = (): void => {
      request.off('data', take);
      const close = { Connection: 'close' };
      reject(new HttpError(413, 'BodyTooLarge', `The body may have ${maxBytes} bytes at most.`, close));
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > maxBytes) refuse();
      else chunks.push(chunk);
    };
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse();
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => {
      if (!request.complete) reject(new HttpError(400, 'BadRequest', 'The body broke off.'));
    });
  });
}

/** The body as JSON of moderate depth; undefined when it is empty. @throws HttpError 400, 413 or 415. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes.length === 0) return undefined;
  if (mediaType(request) !== 'application/json')
    throw new HttpError(415, 'UnsupportedMediaType', 'Send the body as application/json.');
  return parseJson(bytes.toString('utf8'));
}

/** The value of JSON text that came from outside. @throws HttpError 400 when it is malformed or too deep. */
export function parseJson(text: string): unknown {
  const value = parsed(text);
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= maxDepth) throw new HttpError(400, 'BadArgument', 'The JSON is nested too deeply.');
    // An own property of this name would become a prototype wherever the object is copied.
    Reflect.deleteProperty(next.value, '__proto__');
    for (const [key, inner] of Object.entries(next.value)) {
      // PostgreSQL keeps no text with this character in it.
      if (typeof inner === 'string' && inner.includes('\0')) {
        Reflect.set(next.value, key, inner.replaceAll('\0', ''));
      } else open.push({ value: inner, depth: next.depth + 1 });
    }
  }
  return value;
}

/** The media type of the body, in lower case and without parameters; empty when none is named. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'BadSyntax', 'The body is not valid JSON.');
  }
}
