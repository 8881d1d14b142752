import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { createSignIn } from '../../src/sign-in.js';
import { message, root, scratch, startBot } from './bot.js';
import { type Answer, callPort, expectRefusal } from './http-client.js';
import { type Key, type KeyServer, makeKey, signWith, startKeyServer } from './key-server.js';

const appId = '11111111-2222-4333-8444-555555555555';
const issuer = 'https://api.botframework.com';
const serviceUrl = 'https://smba.example.org/emea/';
const key = makeKey('ours');
const otherKey = makeKey('theirs');

let storage: ReturnType<typeof scratch>;
let keyServer: KeyServer;
let server: RunningServer;
let metadataUrl: string;

async function start(instead?: RequestListener): Promise<void> {
  keyServer = await startKeyServer([key], instead);
  metadataUrl = keyServer.metadataUrl;
  await startProduct();
}

async function startProduct(): Promise<void> {
  const environment = {
    PORT: '0',
    STORAGE_URL: storage.url,
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'secret',
    MicrosoftAppTenantId: appId,
    BotOpenIdMetadata: metadataUrl,
  };
  const host = await startBot({ url: storage.url, environment });
  server = await startServer({ root, config: readConfig(environment), host });
}

beforeEach(() => {
  storage = scratch();
  // The SDK writes refused tokens there.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  await server.close();
  await keyServer.close();
  storage.remove();
  vi.restoreAllMocks();
});

const nowS = () => Math.floor(Date.now() / 1000);

const rightClaims = () => ({
  iss: issuer,
  aud: appId,
  serviceurl: serviceUrl,
  nbf: nowS() - 60,
  exp: nowS() + 3600,
});

/** The token of a channel, right but for what is changed. */
function token(changed: Record<string, unknown> = {}, signer: Key = key, head: object = {}): string {
  return signWith(signer, { ...rightClaims(), ...changed }, head);
}

function post(authorization: string | undefined, changed: object = {}): Promise<Answer> {
  const activity = {
    ...message('1', 'not enough storage', 'teams'),
    channelId: 'msteams',
    serviceUrl,
    deliveryMode: 'expectReplies',
    ...changed,
  };
  return callPort(Number(new URL(server.url).port), {
    body: JSON.stringify(activity),
    headers: authorization === undefined ? {} : { Authorization: authorization },
  });
}

test('a right token passes', async () => {
  await start();
  const { status, text } = await post(`Bearer ${token()}`);
  expect(status).toBe(200);
  expect(JSON.stringify(JSON.parse(text).activities)).toContain('iPhone');
});

describe('a call is refused', () => {
  const unsigned = () => {
    const [, claims] = token().split('.');
    return `${Buffer.from('{"alg":"none","kid":"ours"}').toString('base64url')}.${claims}.`;
  };
  const byPublicKey = () => {
    const head = Buffer.from('{"alg":"HS256","kid":"ours"}').toString('base64url');
    return `${head}.${token().split('.')[1]}.${'A'.repeat(43)}`;
  };
  test.each<[string, () => string | undefined]>([
    ['without a token', () => undefined],
    ['with an empty one', () => 'Bearer '],
    ['with another scheme', () => `Basic ${token()}`],
    ['with garbage', () => 'Bearer garbage'],
    ['with three parts of garbage', () => 'Bearer a.b.c'],
    ['with claims that are no JSON', () => `Bearer ${token().replace(/\.\w+/, '.bm9wZQ')}`],
    ['for another bot', () => `Bearer ${token({ aud: '99999999-2222-4333-8444-555555555555' })}`],
    ['for several bots', () => `Bearer ${token({ aud: [appId, issuer] })}`],
    ['by another issuer', () => `Bearer ${token({ iss: 'https://evil.example' })}`],
    ['by an issuer of Emulators', () => `Bearer ${token({ iss: emulator, ver: '2.0', azp: appId })}`],
    ['by an issuer that it names itself', () => `Bearer ${token({ iss: ownIssuer, tid: ownTenant })}`],
    ['with a key of somebody else', () => `Bearer ${token({}, otherKey)}`],
    ['with that key under our name', () => `Bearer ${token({}, otherKey, { kid: 'ours' })}`],
    ['with no key', () => `Bearer ${token({}, key, { kid: undefined })}`],
    ['unsigned', () => `Bearer ${unsigned()}`],
    ['signed with what is public', () => `Bearer ${byPublicKey()}`],
    ['after its end', () => `Bearer ${token({ exp: nowS() - 3600 })}`],
    ['before its beginning', () => `Bearer ${token({ nbf: nowS() + 3600 })}`],
    ['with an end that is no time', () => `Bearer ${token({ exp: 'soon' })}`],
    ['for another serviceUrl', () => `Bearer ${token({ serviceurl: 'https://evil.example/' })}`],
    ['for no serviceUrl', () => `Bearer ${token({ serviceurl: undefined })}`],
    ['with more behind it', () => `Bearer ${token()} ${token()}`],
  ])('%s', async (_name, authorization) => {
    await start();
    expectRefusal(await post(authorization()), 401);
  });

  test('for a channel that the key may not speak for', async () => {
    await start();
    expectRefusal(await post(`Bearer ${token()}`, { channelId: 'slack' }), 401);
  });

  const emulator = 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0';
  const ownTenant = 'aaaaaaaa-2222-4333-8444-555555555555';
  const ownIssuer = `https://sts.windows.net/${ownTenant}/`;
});

describe('keys that cannot be read', () => {
  const fail = (response: ServerResponse, status: number): void => {
    response.statusCode = status;
    response.end('a stack at /src/x');
  };

  async function expectLater(): Promise<void> {
    const answer = await post(`Bearer ${token()}`);
    expectRefusal(answer, 503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }

  test.each<[string, RequestListener]>([
    ['a server that fails', (_request, response) => fail(response, 500)],
    ['a server that knows nothing', (_request, response) => fail(response, 404)],
    ['an answer that is no JSON', (_request, response) => response.end('<html>')],
    ['metadata that names no keys', (_request, response) => response.end('{}')],
    ['a connection that breaks', (request) => request.socket.destroy()],
  ])('%s: come again', async (_name, instead) => {
    await start(instead);
    await expectLater();
  });

  test('a server that is away: come again, and once it is back the token passes', async () => {
    await start();
    const { port } = new URL(metadataUrl);
    await keyServer.close();
    await expectLater();
    keyServer = await startKeyServer([key], undefined, Number(port));
    expect((await post(`Bearer ${token()}`)).status).toBe(200);
  });

  test('a server that never answers: come again', async () => {
    await start(() => undefined);
    const signIn = createSignIn({ appId, metadataUrl, timeoutMs: 20 });
    await expect(signIn(`Bearer ${token()}`, { channelId: 'msteams', serviceUrl })).rejects.toMatchObject({
      status: 503,
      headers: { 'Retry-After': expect.stringMatching(/^\d+$/) },
    });
  });

  test('nobody asks for them for a token that is not of the Bot Framework', async () => {
    await start();
    await post(`Bearer ${token({ iss: 'https://evil.example' })}`);
    expect(keyServer.requests).toEqual([]);
    await post(`Bearer ${token()}`);
    expect(keyServer.requests).toEqual(['/openid', '/keys']);
  });
});
