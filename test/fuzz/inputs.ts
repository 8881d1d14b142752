import { type Chance, chanceOf } from '../persons/chance.js';
import { exampleActivity, examplePost } from './examples.js';
import { mutateText, mutateValue } from './mutate.js';

/** One thing to throw at the product. */
export interface Input {
  kind: 'activity' | 'directLine' | 'webhook' | 'page' | 'signed' | 'upgrade' | 'bytes';
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Which of the web conversations that are open it is about; it carries that one's token. */
  opened?: number;
}

/** People who write; few, so that most inputs arrive in the middle of a conversation. */
const people = 40;

/** The input of this place in the row that `seed` gives; the same whatever came before. */
export function inputOf(seed: number, place: number): Input {
  const chance = chanceOf(seed * 1_000_003 + place);
  const input = chance
    .weigh([
      { weight: 50, make: activity },
      { weight: 25, make: directLine },
      { weight: 8, make: signed },
      { weight: 5, make: webhook },
      { weight: 5, make: page },
      { weight: 3, make: upgrade },
      { weight: 4, make: bytes },
    ])
    .make(chance);
  return input.kind === 'bytes' || chance.happens(0.85) ? input : withOddRequest(input, chance);
}

const json = { 'Content-Type': 'application/json' };

function activity(chance: Chance): Input {
  const who = chance.happens(0.95)
    ? `p${Math.floor(chance.number() * people)}`
    : `new${Math.floor(chance.number() * 1e6)}`;
  const body = bodyOf(exampleActivity(chance, who), chance);
  return { kind: 'activity', method: 'POST', path: '/api/messages', headers: json, body };
}

/** The same at a bot with an app id; the runner adds a token that is right, unless one stands here. */
function signed(chance: Chance): Input {
  const input: Input = { ...activity(chance), kind: 'signed' };
  if (chance.happens(0.5)) return input;
  const forged = chance.pick([
    '',
    'Bearer ',
    'Bearer a.b.c',
    `Bearer ${base64('{}')}.${base64('[]')}.x`,
    'é',
  ]);
  return { ...input, headers: { ...json, Authorization: forged } };
}

/** The text of a body: as it should be at times, else with parts of it, or its very letters, changed. */
function bodyOf(value: unknown, chance: Chance): string {
  const draw = chance.number();
  if (draw < 0.3) return JSON.stringify(value);
  const mutated = JSON.stringify(mutateValue(value, chance)) ?? '';
  return draw < 0.9 ? mutated : mutateText(mutated, chance);
}

const upload = (text: string) =>
  `--b\r\nContent-Disposition: form-data; name="activity"; filename="blob"\r\n` +
  `Content-Type: application/vnd.microsoft.activity\r\n\r\n${text}\r\n--b\r\n` +
  `Content-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\u0001\u0002\r\n--b--\r\n`;

function directLine(chance: Chance): Input {
  const opened = Math.floor(chance.number() * people);
  const call = (method: string, path: string, body = '', headers = json): Input => ({
    kind: 'directLine',
    method,
    path: `/v3/directline${path}`,
    headers,
    body,
    opened,
  });
  const post = () => bodyOf(examplePost(chance), chance);
  const mark = chance.pick(['', '0', '3', '-1', 'x', '99999999999999999999', '%00']);
  const files = { 'Content-Type': `multipart/form-data; boundary=${chance.pick(['b', 'b', 'b', '', 'c'])}` };
  return chance
    .weigh([
      { weight: 10, make: () => call('POST', '/conversations/{id}/activities', post()) },
      { weight: 3, make: () => call('GET', `/conversations/{id}/activities?watermark=${mark}`) },
      { weight: 2, make: () => call('GET', `/conversations/{id}?watermark=${mark}`) },
      { weight: 1, make: () => call('POST', '/tokens/refresh') },
      { weight: 1, make: () => call('POST', '/tokens/generate', bodyOf({ conversationId: 'x' }, chance)) },
      { weight: 1, make: () => call('POST', '/conversations', bodyOf({ locale: 'de-DE' }, chance)) },
      { weight: 2, make: () => call('POST', '/conversations/{id}/upload', mutatedUpload(chance), files) },
    ])
    .make();
}

function mutatedUpload(chance: Chance): string {
  const text = upload(bodyOf(examplePost(chance), chance));
  return chance.happens(0.5) ? text : mutateText(text, chance);
}

function webhook(chance: Chance): Input {
  const path = `/webhooks/${chance.pick(['telegram', 'slack', 'whatsapp', 'x', '', '../api/messages'])}`;
  return { kind: 'webhook', method: 'POST', path, headers: json, body: bodyOf({ update_id: 1 }, chance) };
}

function page(chance: Chance): Input {
  const path = chance.pick([
    '/',
    '/embed',
    '/embed.js',
    '/web/chat.js',
    '/health/ready',
    '/metrics',
    '/desk',
  ]);
  return {
    kind: 'page',
    method: chance.pick(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH']),
    path: chance.happens(0.6) ? path : encodeURI(mutateText(path, chance).replace(/[^!-~]/g, '')),
    headers: { 'Accept-Encoding': chance.pick(['br', 'gzip;q=0', '*', ';;,']) },
    body: '',
  };
}

function upgrade(chance: Chance): Input {
  const path = chance.pick(['/v3/directline/conversations/{id}/stream?t={stream}', '/', '/x?t=%']);
  const headers = {
    Connection: 'Upgrade',
    Upgrade: chance.pick(['websocket', 'h2c', '']),
    'Sec-WebSocket-Version': chance.pick(['13', '7', 'x']),
    'Sec-WebSocket-Key': chance.pick(['dGhlIHNhbXBsZSBub25jZQ==', 'x', '']),
  };
  return { kind: 'upgrade', method: 'GET', path, headers, body: '', opened: 0 };
}

/** What is no request, or hardly one. */
function bytes(chance: Chance): Input {
  const good =
    'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Type: application/json\r\n\r\n{"a":';
  const body = chance.happens(0.8) ? mutateText(good, chance) : String.fromCharCode(...noise(chance));
  return { kind: 'bytes', method: '', path: '', headers: {}, body };
}

const noise = (chance: Chance) => Array.from({ length: 60 }, () => Math.floor(chance.number() * 256));

/** The same input in a request of another make. */
function withOddRequest(input: Input, chance: Chance): Input {
  const header = chance.pick<Record<string, string>>([
    { 'Content-Type': chance.pick(['text/plain', 'application/json; charset=utf-7', 'a/b/c', '']) },
    { Host: chance.pick(['evil.example', '127.0.0.1', '[::1', '']) },
    { Origin: chance.pick(['null', 'https://evil.example', 'http://127.0.0.1', '::']) },
    { Authorization: chance.pick(['Bearer', 'Bearer .', 'Basic eDp5', `Bearer ${'x'.repeat(3000)}`]) },
    { Cookie: chance.pick(['backup-medic-visitor=x.y.z', '=;;=', `a=${'x'.repeat(3000)}`]) },
    { 'X-Forwarded-For': '1.2.3.4', Forwarded: 'for=x' },
    { 'Content-Encoding': 'gzip' },
    { Expect: '100-continue' },
    { 'X-Long': 'x'.repeat(20_000) },
  ]);
  const method = chance.happens(0.2) ? chance.pick(['GET', 'PUT', 'DELETE', 'PROPFIND']) : input.method;
  const path = chance.happens(0.2)
    ? `${input.path}${chance.pick(['/', '//', '?a[]=b', '%00', '%', '/..;/'])}`
    : input.path;
  return { ...input, method, path, headers: { ...input.headers, ...header } };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64url');
}
