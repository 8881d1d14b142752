import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Host } from '../../src/host.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { type Connector, startConnector } from '../channels/connector.js';
import { begin, call, type Opened, postJson } from '../direct-line/page-client.js';
import { chanceOf } from '../persons/chance.js';
import { brain, message, root, scratch, startBot } from './bot.js';
import { callPort } from './http-client.js';

const chance = chanceOf(11);
const canaries: string[] = [];

/** A word, or digits, that stands nowhere else; every one is looked for at the end. */
function canary(letters: string, length: number): string {
  const word = Array.from({ length }, () => chance.pick([...letters])).join('');
  canaries.push(word);
  return word;
}

const word = () => canary('bcdfghjklmnpqrstvwxz', 12);
const name = () => `${word()} ${word()}`;
const email = () => `${word()}@${word()}.example`;
const phone = () => `+49 ${canary('0123456789', 11)}`;
const secret = () => canary('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 40);

const settings = {
  SIGNING_SECRET: secret(),
  PORT: '0',
  LOG_LEVEL: 'debug',
  RATE_PER_PERSON: '0',
  RATE_PER_ADDRESS: '0',
};

/** What a person might write, each line with something of theirs in it. */
const lines = () => [
  `hi, I am ${name()}, my backup failed: not enough storage`,
  `iphone, icloud. write to ${email()} or call ${phone()}`,
  `my password is ${secret()} and my phone is called "${name()}"`,
  `it says "Backup ${word()} could not be completed"`,
  `${word()} ${word()} ${word()}`,
  `kaboom ${word()}\n    at ${word()}`,
  'send me my data',
  `my wife ${name()} has the same, android`,
  `I want to talk to a human, ${name()}, ${phone()}`,
];

/** An engine that breaks on one word, and says on which. */
const breaking: typeof brain = {
  ...brain,
  understand(text, options) {
    if (text.includes('kaboom')) throw new Error(`cannot read "${text}"`);
    return brain.understand(text, options);
  },
};

const storage = scratch();
const log: string[] = [];
/** Every answer that was a refusal, and all metrics. */
const told: string[] = [];
let host: Host;
let server: RunningServer;
let connector: Connector;
let opened: Opened;
let port: number;

/** One who writes through the connector of a channel: replies come in the response, or by call. */
const people = [
  { id: canary('0123456789abcdef', 24), deliveryMode: 'expectReplies' },
  { id: canary('0123456789abcdef', 24), deliveryMode: 'normal' },
];

async function write(person: (typeof people)[number], id: string, changes: object): Promise<void> {
  const activity = {
    ...message(id, '', person.id),
    channelId: 'emulator',
    serviceUrl: connector.url,
    from: { id: person.id, name: 'whoever' },
    deliveryMode: person.deliveryMode,
    ...changes,
  };
  const { status, text } = await callPort(port, { body: JSON.stringify(activity) });
  if (status >= 400) told.push(text);
  await host.outbox.settled();
}

async function post(activity: object): Promise<void> {
  const path = `/conversations/${opened.conversationId}/activities`;
  const answer = await postJson(server.url, path, activity, opened.token);
  if (answer.status >= 400) told.push(await answer.text());
}

async function talk(): Promise<void> {
  connector.refusals.push({ status: 403 }, { status: 500 });
  for (const person of people) {
    const value = { platform: 'iphone', errorText: `error ${word()}`, note: `${name()} ${email()}` };
    await write(person, 'o', { type: 'event', name: 'openingContext', value });
    for (const [at, text] of lines().entries()) await write(person, `${at}`, { text });
  }
  for (const text of lines()) await post({ type: 'message', text });
  const form = new FormData();
  form.append('file', new Blob(['x'], { type: 'image/png' }), `${word()}.png`);
  const { token, conversationId } = opened;
  await call(server.url, `/conversations/${conversationId}/upload`, { method: 'POST', body: form, token });
}

/** Requests that are refused, with something in them that must not come back. */
async function blunder(): Promise<void> {
  const [person] = people;
  const bad: Parameters<typeof callPort>[1][] = [
    { body: `{"text":"${word()}` },
    { body: JSON.stringify({ type: 'message', text: { [word()]: word() } }) },
    { path: `/${word()}?q=${word()}` },
    { method: 'PUT', path: `/api/messages?token=${secret()}` },
    { headers: { Authorization: `Bearer ${secret()}` }, body: '{}' },
    { headers: { Host: `${word()}.example` }, body: '{}' },
    { headers: { 'Content-Type': `text/${word()}` }, body: word() },
    { path: `/v3/directline/conversations/${word()}`, method: 'GET', headers: { Authorization: secret() } },
    { path: '/v3/directline/tokens/generate', body: JSON.stringify({ conversationId: word() }) },
  ];
  for (const one of bad) {
    const { status, text } = await callPort(port, one);
    expect(status).toBeGreaterThanOrEqual(400);
    told.push(text);
  }
  await host.db.schema.alterTable('messages').renameTo('away').execute();
  if (person !== undefined) await write(person, 'down', { text: `storage is full, ${name()}` });
  await post({ type: 'message', text: `storage is full, ${name()}` });
  await host.db.schema.alterTable('away').renameTo('messages').execute();
}

beforeAll(async () => {
  for (const level of ['log', 'error', 'warn', 'info', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation((...parts) => void log.push(parts.map(String).join(' ')));
  }
  const environment = { STORAGE_URL: storage.url, ...settings };
  host = await startBot({
    url: storage.url,
    brain: breaking,
    environment,
    onLog: (line) => log.push(line),
  });
  server = await startServer({ root, config: readConfig(environment), host });
  port = Number(new URL(server.url).port);
  connector = await startConnector();
  opened = await begin(server.url);
  canaries.push(opened.token, opened.conversationId);
  await talk();
  await blunder();
  told.push(await (await fetch(`${server.url}/metrics`)).text());
}, 60_000);
afterAll(async () => {
  await server.close();
  await connector.close();
  storage.remove();
  vi.restoreAllMocks();
});

/** Every canary that stands in `text`. */
const found = (text: string) => canaries.filter((one) => text.includes(one));

/** Every row of every table, and every byte of every file of the storage. */
async function everythingKept(): Promise<string> {
  const tables = await host.db.introspection.getTables();
  const rows: unknown[] = [];
  for (const table of tables) {
    rows.push((await sql`select * from ${sql.table(table.name)}`.execute(host.db)).rows);
  }
  const files = readdirSync(storage.path).map((file) => readFileSync(join(storage.path, file), 'latin1'));
  return [JSON.stringify(rows), ...files].join('\n');
}

describe('what people write, and what is secret', () => {
  test('stands in no log', () => {
    expect(found(log.join('\n'))).toEqual([]);
    // The faults themselves are there: a log that says nothing would prove nothing.
    expect(log.join('\n')).toContain('turn failed');
    expect(log.join('\n')).toContain('given up');
  });

  test('stands in no refusal and no metric', () => {
    expect(found(told.join('\n'))).toEqual([]);
    expect(told.join('\n')).toContain('medic_turns_total');
    expect(told.filter((one) => one.includes('Unavailable')).length).toBeGreaterThan(1);
  });
});

describe('after "delete my data"', () => {
  test('nothing of the person is left in any table or file', async () => {
    expect(found(await everythingKept()).length).toBeGreaterThan(60);
    for (const person of people) {
      await write(person, 'd1', { text: 'delete my data' });
      await write(person, 'd2', { text: 'yes' });
    }
    await post({ type: 'message', text: 'delete my data' });
    await post({ type: 'message', text: 'yes' });
    await host.outbox.settled();
    expect(found(await everythingKept())).toEqual([]);
  });
});
