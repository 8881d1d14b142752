import type { IncomingMessage } from 'node:http';
import { HttpError } from './direct-line/http-error.js';

/** Keys remembered at most; when there are more, those that have their whole allowance again are forgotten. */
const maxKeys = 50_000;

/** An allowance a minute for each key; what was not used adds up to one minute's worth. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #left = new Map<string, { tokens: number; at: number }>();

  /** `perMinute` of 0 limits nothing. */
  constructor(perMinute: number, now: () => number = Date.now) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Takes one from the key's allowance. @throws HttpError 429 with the seconds to wait when none is left. */
  take(key: string): void {
    if (this.#perMinute === 0) return;
    const now = this.#now();
    const before = this.#left.get(key) ?? { tokens: this.#perMinute, at: now };
    const tokens = this.#refilled(before, now);
    if (tokens < 1) {
      const seconds = Math.ceil(((1 - tokens) * 60) / this.#perMinute);
      throw new HttpError(429, 'TooManyRequests', 'Too many messages; please wait a moment.', {
        'Retry-After': String(seconds),
      });
    }
    this.#left.delete(key);
    this.#left.set(key, { tokens: tokens - 1, at: now });
    if (this.#left.size > maxKeys) this.#forget(now);
  }

  #refilled({ tokens, at }: { tokens: number; at: number }, now: number): number {
    return Math.min(this.#perMinute, tokens + (Math.max(0, now - at) * this.#perMinute) / 60_000);
  }

  /** Those used longest ago come first, so that a flood of new keys cannot reset the one that floods. */
  #forget(now: number): void {
    for (const [key, left] of this.#left) {
      const isFull = this.#refilled(left, now) >= this.#perMinute;
      if (!isFull && this.#left.size <= maxKeys) return;
      this.#left.delete(key);
    }
  }
}

/** What people and addresses may send; every process counts for itself. */
export interface Limits {
  /** @throws HttpError 429 when the person has sent too much. */
  takePerson(person: string): void;
  /** @throws HttpError 429 when too much came from the address of the request. */
  takeAddress(request: IncomingMessage): void;
}

/** The limits of the settings. */
export function createLimits(settings: {
  RATE_PER_PERSON: number;
  RATE_PER_ADDRESS: number;
  TRUSTED_PROXIES: number;
}): Limits {
  const people = new RateLimit(settings.RATE_PER_PERSON);
  const addresses = new RateLimit(settings.RATE_PER_ADDRESS);
  return {
    takePerson: (person) => people.take(person),
    takeAddress: (request) => addresses.take(addressOf(request, settings.TRUSTED_PROXIES)),
  };
}

/**
 * The address that a request came from: the socket's, or behind `trustedProxies` proxies of one's own the one
 * that the outermost of them wrote into X-Forwarded-For; what stands before it anybody could have written.
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const own = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return own;
  const header = request.headers['x-forwarded-for'];
  const chain = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((one) => one.trim());
  return chain.at(-trustedProxies) || own;
}
