import type { Server } from 'node:http';
import type restify from 'restify';
import type { Channel } from '../channels/channel.js';
import type { Conversations } from './conversation.js';
import { Grants } from './grants.js';
import { basePath, type DirectLineOptions } from './options.js';
import { answer } from './routes.js';
import { Streams } from './streams.js';
import { createUpgrade } from './upgrade.js';
import { createWebChannel } from './web-channel.js';

/** The product's own Direct Line 3.0. */
export interface DirectLine {
  /** Serves /v3/directline/*; needs the raw body, so no body parser may stand before it. */
  mount(server: restify.Server): void;
  /** Serves the streams of /v3/directline over WebSocket, and refuses any other upgrade. */
  attachStreams(httpServer: Server): void;
  /** The way of replies to the pages. */
  channel: Channel;
  /** Ends every stream. */
  close(): Promise<void>;
}

/** A Direct Line 3.0 server over the tables of `options.db`, as the official browser client expects it. */
export function createDirectLine(options: DirectLineOptions): DirectLine {
  const streams = new Streams(options.db, options.notices);
  const conversations: Conversations = { options, streams, grants: new Grants(options) };
  return {
    mount(server) {
      for (const method of ['get', 'post', 'put', 'patch', 'del', 'head', 'opts'] as const)
        server[method](`${basePath}/*`, async (request: restify.Request, response: restify.Response) =>
          answer(conversations, request, response),
        );
    },
    attachStreams(httpServer) {
      httpServer.on('upgrade', createUpgrade(conversations));
    },
    channel: createWebChannel(conversations),
    close: () => streams.close(),
  };
}
