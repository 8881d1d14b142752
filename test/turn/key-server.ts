import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A pair of RSA keys as the metadata names it. */
export interface Key {
  kid: string;
  privateKey: KeyObject;
  jwk: Record<string, unknown>;
}

/** A new pair; `endorsements` are the channels it may speak for. */
export function makeKey(kid: string, endorsements: readonly string[] = ['msteams']): Key {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', endorsements };
  return { kid, privateKey, jwk };
}

/** A JSON Web Token (RS256) of `claims`; `head` changes its header. */
export function signWith(key: Key, claims: object, head: object = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...head })}.${part(claims)}`;
  return `${body}.${createSign('RSA-SHA256').update(body).sign(key.privateKey, 'base64url')}`;
}

/** A server of OpenID metadata on loopback, with every request it got. */
export interface KeyServer {
  metadataUrl: string;
  requests: string[];
  close(): Promise<void>;
}

/** Starts one that publishes `keys`; `instead` answers in its place, for one that is broken. */
export async function startKeyServer(
  keys: readonly Key[],
  instead?: RequestListener,
  port = 0,
): Promise<KeyServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (instead !== undefined) return instead(request, response);
    response.setHeader('content-type', 'application/json');
    const body =
      request.url === '/keys' ? { keys: keys.map(({ jwk }) => jwk) } : { jwks_uri: `${origin()}/keys` };
    response.end(JSON.stringify(body));
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return {
    metadataUrl: `${origin()}/openid`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
