import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { begin, type Opened } from '../direct-line/page-client.js';
import { callbackUrl, shownChoice } from './examples.js';
import { type Input, inputOf } from './inputs.js';
import { faultOf } from './judge.js';
import { throwAt } from './throw.js';

/** The product under test. */
export interface Target {
  /** Port of one that runs without an app id. */
  open: number;
  /** Port of one with an app id, and a token for calls from `serviceUrl`. */
  signed: number;
  tokenFor(serviceUrl: string): string;
}

/** What is to be thrown. */
export interface Row {
  seed: number;
  from: number;
  count: number;
  /** Inputs under way at one time. */
  atOnce: number;
  /** Told after each thousand. */
  onProgress?: (done: number) => Promise<void> | void;
}

/** An answer that should not have been. */
export interface Fault {
  place: number;
  fault: string;
  input: Input;
  text: string;
}

/** Web conversations that are open during the run. */
const openCount = 20;

/** Throws the row at the target; every fault found, and how often each status came back. */
export async function throwRow(target: Target, row: Row) {
  const callback = await startCallback();
  const web = `http://127.0.0.1:${target.open}`;
  const opened: Opened[] = [];
  for (let at = 0; at < openCount; at += 1) opened.push(await begin(web));
  const faults: Fault[] = [];
  const statuses = new Map<string, number>();
  let shown = 'q:platform:iphone';
  let next = row.from;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < row.from + row.count) {
      const place = next++;
      const input = filledIn(inputOf(row.seed, place), { opened, shown, callback: callback.url, target });
      const outcome = await throwAt(input.kind === 'signed' ? target.signed : target.open, input);
      shown = /"choiceId\\*":\\*"([^"\\]+)/.exec(outcome.text)?.[1] ?? shown;
      const name = `${input.kind} ${outcome.status ?? 'none'}`;
      statuses.set(name, (statuses.get(name) ?? 0) + 1);
      const fault = faultOf(input, outcome);
      if (fault !== undefined) faults.push({ place, fault, input, text: outcome.text.slice(0, 500) });
      done += 1;
      if (done % 1000 === 0) await row.onProgress?.(done);
    }
  };
  try {
    await Promise.all(Array.from({ length: row.atOnce }, work));
  } finally {
    await callback.close();
  }
  return { faults, statuses };
}

/** The input with addresses, ids and tokens of this run in the places kept for them. */
function filledIn(
  input: Input,
  now: { opened: readonly Opened[]; shown: string; callback: string; target: Target },
): Input {
  const body = input.body.replaceAll(callbackUrl, now.callback).replaceAll(shownChoice, now.shown);
  const headers = { ...input.headers };
  if (input.kind === 'signed') headers.Authorization ??= `Bearer ${now.target.tokenFor(now.callback)}`;
  const grant = input.opened === undefined ? undefined : now.opened[input.opened % now.opened.length];
  if (grant === undefined) return { ...input, body, headers };
  if (input.kind === 'directLine') headers.Authorization ??= `Bearer ${grant.token}`;
  const stream = new URL(grant.streamUrl).searchParams.get('t') ?? '';
  const path = input.path.replace('{id}', grant.conversationId).replace('{stream}', stream);
  return { ...input, path, headers, body };
}

/** A channel's service that takes most of what the bot sends, and refuses the rest for good. */
async function startCallback() {
  let calls = 0;
  const server = createServer((request, response) => {
    request.resume();
    calls += 1;
    response.statusCode = calls % 50 === 0 ? 403 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(`{"id":"${calls}"}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
