import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import { type Config, listensOnLoopback } from './config.js';
import { mountHosted } from './direct-line/hosted.js';
import { HttpError } from './direct-line/http-error.js';
import { sendError } from './direct-line/respond.js';
import { Door } from './door.js';
import { mountHealth } from './health.js';
import type { Host } from './host.js';
import { mountMessages } from './messages.js';
import { createPage } from './web/page.js';

declare module 'restify' {
  interface Server {
    /** Runs before restify looks at a request; a request that gets false is left alone. */
    first(handler: (request: IncomingMessage, response: ServerResponse) => boolean): Server;
  }
}

/** A server that listens. */
export interface RunningServer {
  /** The address that a person opens. */
  url: string;
  /** Lets requests under way end and their replies out, while all others get 503, and closes the host. */
  close(): Promise<void>;
}

/** Longest time that a stop waits for requests under way; sending their replies comes after it. */
const lastRequestsMs = 3000;

/** Longest time for the headers of a request, and for the whole of it, and how often both are looked at. */
const usualPatience = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5000 };

/** Listens with every route of the product. @throws when the port is taken or not allowed, naming it. */
export async function startServer(options: {
  root: string;
  config: Config;
  host: Host;
  /** How long slow clients are waited for, in milliseconds. */
  patience?: typeof usualPatience;
}): Promise<RunningServer> {
  const { config, host, patience = usualPatience } = options;
  const server = createRoutes(options);
  const door = new Door();
  server.first((request, response) => door.admit(request, response));
  mountHealth(server, { isDraining: () => door.isClosed, check: host.check, metrics: host.metrics });
  const http: Server = Object.assign(server.server, patience);
  host.directLine.attachStreams(http);
  await listen(server, config);
  await host.outbox.resume();
  return { url: urlOf(http, config), close: () => close(server, door, host) };
}

function createRoutes({ root, config, host }: { root: string; config: Config; host: Host }): restify.Server {
  const server = restify.createServer({ name: 'backup-medic' });
  server.pre(admit(host));
  // Without an app id nothing proves who calls, and from elsewhere any Host header can be sent.
  if (config.MicrosoftAppId !== undefined || listensOnLoopback(config)) {
    mountMessages(server, {
      adapter: host.adapter,
      turn: host.turn,
      isOpen: config.MicrosoftAppId === undefined,
      maxBodyBytes: config.MAX_BODY_BYTES,
      limits: host.limits,
    });
  }
  const hosted = config.DIRECT_LINE_SECRET;
  if (hosted === undefined) host.directLine.mount(server);
  else {
    mountHosted(server, {
      secret: hosted,
      service: config.DIRECT_LINE_URL,
      signingSecret: host.signingSecret,
      publicUrl: config.PUBLIC_URL,
      isEmbedded: config.EMBED_ORIGINS.length > 0,
    });
  }
  createPage({
    root,
    publicUrl: config.PUBLIC_URL,
    embedOrigins: config.EMBED_ORIGINS,
    otherServers: hosted === undefined ? [] : reachable(config.DIRECT_LINE_URL),
  }).mount(server);
  // The listener's callback stays uncalled: after it restify would answer once more, and throw.
  server.on('restifyError', (_request, response: restify.Response, error: { statusCode?: number }) => {
    sendError(response, unserved(error.statusCode));
  });
  return server;
}

/** Channels and probes call for many people from one address; all others have the allowance of theirs. */
const unlimited = /^\/(api\/messages|health\/(live|ready)|metrics)$/;

/** Counts what fails here, and refuses an address that sends too much. */
function admit({ limits, metrics }: Host): restify.RequestHandler {
  return (request, response, next) => {
    response.once('finish', () => {
      if (response.statusCode >= 500) metrics.countError('request');
    });
    try {
      if (!unlimited.test(request.path())) limits.takeAddress(request);
      next();
    } catch (error) {
      sendError(response, error);
      next(false);
    }
  };
}

/** The service's origin, and the same for streams. */
function reachable(address: string): string[] {
  const { origin } = new URL(address);
  return [origin, origin.replace(/^http/, 'ws')];
}

/** What restify itself refuses, in our own short words. */
function unserved(status: number | undefined): HttpError | undefined {
  if (status === 404) return new HttpError(404, 'NotFound', 'There is nothing at this address.');
  if (status === 405)
    return new HttpError(405, 'MethodNotAllowed', 'This address does not take that method.');
  if (status !== undefined && status >= 400 && status < 500) {
    return new HttpError(status, 'BadRequest', 'The request cannot be read.');
  }
  return undefined;
}

async function listen(server: restify.Server, config: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    // restify passes on what its own server says, and ends the process when nobody listens.
    server.on('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'is taken: set PORT to another' : `cannot be used (${error.code})`;
      reject(new Error(`The address ${config.HOST}:${config.PORT} ${reason}.`));
    });
    server.listen(config.PORT, config.HOST, () => resolve());
  });
}

function urlOf(http: Server, config: Config): string {
  if (config.PUBLIC_URL !== undefined) return config.PUBLIC_URL;
  const { port } = http.address() as AddressInfo;
  return `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`;
}

/** While it drains it goes on to listen, so that callers get an answer that tells them to come again. */
async function close(server: restify.Server, door: Door, host: Host): Promise<void> {
  door.close();
  await door.empty(lastRequestsMs);
  await host.close();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.server.closeAllConnections();
  });
}
