import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { HttpError } from '../direct-line/http-error.js';

type Encoding = 'br' | 'gzip' | 'identity';

/** Good enough after 0.2 s for the largest file, 3.9 MB; the best would take 8 s. */
const brotliQuality = 5;

interface Content {
  bytes: Buffer;
  /** Changes with the bytes. */
  version: string;
}

/** A file that pages load: read and compressed once, when it is first asked for. */
export class Asset {
  private readonly file: string;
  private readonly type: string;
  private content: Promise<Content> | undefined;
  private readonly encoded = new Map<Encoding, Promise<Buffer>>();

  constructor(file: string, type: string) {
    this.file = file;
    this.type = type;
  }

  /** What the page's address of this file carries, so that browsers keep it until it changes. @throws HttpError 503. */
  async version(): Promise<string> {
    return (await this.read()).version;
  }

  /** Sends the file, or 304 when the browser has it; kept for a year where the address names the version. */
  async send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const encoding = bestEncoding(request.headers['accept-encoding'] ?? '');
    const { version } = await this.read();
    const etag = `"${version}-${encoding}"`;
    const isVersioned = (request.url ?? '').endsWith(`?v=${version}`);
    const headers = {
      'Content-Type': this.type,
      'Cache-Control': isVersioned ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: etag,
      Vary: 'Accept-Encoding',
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
    };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers);
      response.end();
      return;
    }
    const bytes = await this.encode(encoding);
    const compressed = encoding === 'identity' ? {} : { 'Content-Encoding': encoding };
    response.writeHead(200, { ...headers, ...compressed, 'Content-Length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  private encode(encoding: Encoding): Promise<Buffer> {
    const known = this.encoded.get(encoding) ?? this.read().then(({ bytes }) => compress(bytes, encoding));
    this.encoded.set(encoding, known);
    return known;
  }

  private async read(): Promise<Content> {
    this.content ??= readContent(this.file);
    try {
      return await this.content;
    } catch {
      this.content = undefined;
      throw new HttpError(503, 'NotInstalled', 'A file of the page is missing; npm start installs it.');
    }
  }
}

async function readContent(file: string): Promise<Content> {
  const bytes = await readFile(file);
  return { bytes, version: createHash('sha256').update(bytes).digest('base64url').slice(0, 16) };
}

function bestEncoding(accepted: string): Encoding {
  for (const encoding of ['br', 'gzip'] as const)
    if (new RegExp(`(^|[, ])${encoding}(?! *; *q=0(\\.0*)? *(,|$)) *(;|,|$)`).test(accepted)) return encoding;
  return 'identity';
}

async function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return bytes;
  if (encoding === 'gzip') return await promisify(gzip)(bytes);
  return await promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality },
  });
}
