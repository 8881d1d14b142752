import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type restify from 'restify';
import { loadPage } from '../../knowledge/page.js';
import { checkOrigin } from '../direct-line/allowed-origins.js';
import { sendError } from '../direct-line/respond.js';
import { createEmbedScript } from './embed/embed-script.js';
import { createAssets } from './page-assets.js';
import { securityHeaders } from './security-headers.js';

/** Where the page's files lie, and the address people use when it is not loopback. */
export interface PageOptions {
  /** The project's folder: knowledge/, src/web/ and dist/web/ stand below it. */
  root: string;
  publicUrl?: string | undefined;
  /** Origins of the pages that may show the chat in a frame. */
  embedOrigins?: readonly string[];
  /** Addresses that the page may reach beside this server, such as a hosted Direct Line. */
  otherServers?: readonly string[];
}

/** The chat page at `/` and the files it loads from /web/. */
export interface Page {
  mount(server: restify.Server): void;
}

type Send = (request: IncomingMessage, response: ServerResponse, origin: string) => Promise<void>;

/** Makes the chat page. @throws ContentError for a fault in knowledge/page.yaml. */
export function createPage({ root, publicUrl, embedOrigins = [], otherServers = [] }: PageOptions): Page {
  const assets = createAssets(root);
  const template = readFileSync(join(root, 'src/web/page.html'), 'utf8');
  const words = loadPage(join(root, 'knowledge'));
  const sendScript = createEmbedScript(root, words);
  const embedded = template
    .replace('<body>', '<body data-embedded>')
    .replace('</head>', '<script src="/web/embedded.js" type="module"></script></head>');
  const sendPage = async (page: string, ...[request, response, origin]: Parameters<Send>) => {
    const nonce = randomBytes(16).toString('base64url');
    const webchatVersion = await assets['/web/webchat.js'].version();
    const cssVersion = await assets['/web/page.css'].version();
    const html = Buffer.from(fill(page, { ...words, nonce, webchatVersion, cssVersion }));
    response.writeHead(200, {
      ...securityHeaders({
        nonce,
        reachable: [origin.replace(/^http/, 'ws'), ...otherServers],
        framedBy: page === embedded ? embedOrigins : [],
      }),
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': html.length,
      'Cache-Control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : html);
  };
  return {
    mount(server) {
      serve(
        server,
        '/',
        guarded((...call) => sendPage(template, ...call), publicUrl),
      );
      serve(
        server,
        '/embed',
        guarded((...call) => sendPage(embedded, ...call), publicUrl),
      );
      serve(
        server,
        '/embed.js',
        guarded(async (_request, response) => sendScript(response), publicUrl),
      );
      for (const [path, asset] of Object.entries(assets))
        serve(
          server,
          path,
          guarded((request, response) => asset.send(request, response), publicUrl),
        );
    },
  };
}

function serve(server: restify.Server, path: string, send: ReturnType<typeof guarded>): void {
  for (const method of ['get', 'head'] as const)
    server[method](path, async (request: restify.Request, response: restify.Response) =>
      send(request, response),
    );
}

/** Answers for this server's own names only, and with JSON when something is wrong. */
function guarded(send: Send, publicUrl: string | undefined) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await send(request, response, checkOrigin(request, publicUrl));
    } catch (error) {
      sendError(response, error);
    }
  };
}

/** The template with its [[slots]] filled and escaped. @throws RangeError for a slot without a text. */
function fill(template: string, texts: Record<string, string>): string {
  return template.replace(/\[\[(\w+)\]\]/g, (_slot, name: string) => {
    const text = texts[name];
    if (text === undefined) throw new RangeError(`page.html: there is no text "${name}"`);
    return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  });
}
