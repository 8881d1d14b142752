/** A refused request: the status and the short JSON body that the caller gets; the message never holds what was sent. */
export class HttpError extends Error {
  override name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** What a caller is told of `error`: itself when it is an HttpError, else a 503 without its text: each request may come again. */
export function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  return new HttpError(503, 'Unavailable', 'This cannot be taken now; please try again.', {
    'Retry-After': '5',
  });
}
