import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.js';

const loopbackName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin that `request` was addressed to ("http://127.0.0.1:3978", or the public address).
 * @throws HttpError 403 for a Host that is neither loopback on the listening port nor `publicUrl`'s (a rebound
 * name), and for a foreign Origin; a request without Origin comes from no other page and passes.
 */
export function checkOrigin(request: IncomingMessage, publicUrl?: string): string {
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  const addressed = originOfHost(request, publicOrigin);
  const { origin } = request.headers;
  if (origin === undefined) return addressed;
  if (origin !== publicOrigin && !isOwnLoopback(origin, request))
    throw new HttpError(403, 'ForbiddenOrigin', 'Pages of this origin may not use the chat.');
  return origin;
}

function originOfHost(request: IncomingMessage, publicOrigin: string | undefined): string {
  const host = (request.headers.host ?? '').toLowerCase();
  if (publicOrigin !== undefined && host === new URL(publicOrigin).host) return publicOrigin;
  const origin = `http://${host}`;
  if (isOwnLoopback(origin, request)) return origin;
  throw new HttpError(
    403,
    'ForbiddenHost',
    'This host name is not served here; PUBLIC_URL sets the public one.',
  );
}

/** A loopback origin on another port belongs to another program on this machine, and is as foreign as any. */
function isOwnLoopback(origin: string, request: IncomingMessage): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url === undefined || url.origin !== origin.replace(/:80$/, '') || url.protocol !== 'http:')
    return false;
  return loopbackName.test(url.hostname) && Number(url.port || 80) === request.socket.localPort;
}
