import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError } from './direct-line/http-error.js';
import { sendError } from './direct-line/respond.js';

/** Addresses that answer while the process drains: they tell of it themselves. */
const alwaysOpen = /^\/(health\/(live|ready)|metrics)$/;

/** How soon a caller may come again that finds the door closed. */
const retrySeconds = '5';

/** Lets requests in until the process drains, and knows when the last of them has its answer. */
export class Door {
  #isClosed = false;
  #inside = 0;
  #onEmpty: (() => void) | undefined;

  /** True once nothing more is let in. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether the request may go on; when not, it has its answer: 503 while draining, 400 for what has no address. */
  admit(request: IncomingMessage, response: ServerResponse): boolean {
    const refusal = this.#refusalOf(request);
    if (refusal !== undefined) {
      sendError(response, refusal);
      return false;
    }
    this.#inside += 1;
    response.once('close', () => {
      this.#inside -= 1;
      if (this.#inside === 0) this.#onEmpty?.();
    });
    return true;
  }

  /** Lets nobody in from now on. */
  close(): void {
    this.#isClosed = true;
  }

  /** Settles once every request that was let in has its answer, or after `timeoutMs`. */
  async empty(timeoutMs: number): Promise<void> {
    if (this.#inside === 0) return;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, timeoutMs).unref();
      this.#onEmpty = resolve;
    });
  }

  #refusalOf(request: IncomingMessage): HttpError | undefined {
    // restify throws outside of every handler on an address like this one, which would end the process.
    if (!hasAddress(request)) return new HttpError(400, 'BadAddress', 'The address or Host is malformed.');
    if (!this.#isClosed || alwaysOpen.test(request.url ?? '')) return undefined;
    return new HttpError(503, 'Draining', 'This server is stopping; please try again.', {
      'Retry-After': retrySeconds,
      Connection: 'close',
    });
  }
}

/** Whether Host and path are a URL together, put together as restify does. */
function hasAddress({ url = '', headers }: IncomingMessage): boolean {
  const base = `http://${headers.host || 'localhost'}`;
  return url.startsWith('/') ? URL.canParse(base + url) : URL.canParse(url, base);
}
