import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { checkOrigin } from './allowed-origins.js';
import type { Conversations } from './conversation.js';
import { asHttpError, HttpError } from './http-error.js';
import { streamedConversation, urlOf, watermarkOf } from './routes.js';

/** Pages send nothing but empty frames to keep the line open. */
const maxFrameBytes = 1024;

/** Turns upgrade requests for a conversation's stream into sockets that follow it, and refuses all others. */
export function createUpgrade(conversations: Conversations) {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false });
  server.on('wsClientError', (_error, socket) =>
    refuse(socket, new HttpError(400, 'BadUpgrade', 'The stream needs a WebSocket, version 13.')),
  );
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // A reader that goes away during the handshake is no error of ours.
    socket.on('error', () => socket.destroy());
    try {
      const { conversation, watermark } = admit(conversations, request);
      server.handleUpgrade(request, socket, head, (opened) =>
        conversations.streams.add(conversation, opened, watermark),
      );
    } catch (error) {
      refuse(socket, error);
    }
  };
}

function admit({ grants, options }: Conversations, request: IncomingMessage) {
  checkOrigin(request, options.publicUrl);
  const url = urlOf(request);
  const conversation = streamedConversation(url);
  if (conversation === undefined) throw new HttpError(404, 'NotFound', 'There is nothing at this address.');
  grants.fromStreamToken(url.searchParams.get('t') ?? '', conversation);
  return { conversation, watermark: watermarkOf(url) };
}

function refuse(socket: Duplex, reason: unknown): void {
  const { status, code, message } = asHttpError(reason);
  const body = JSON.stringify({ error: { code, message } });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
