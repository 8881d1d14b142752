import type { Activity } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../src/host.js';
import { message, scratch, startBot, storedOf, textsOf, type Wire, wire } from './bot.js';

let storage: ReturnType<typeof scratch>;
let terminal: Wire;
let host: Host;
beforeEach(async () => {
  storage = scratch();
  terminal = wire();
  host = await startBot({ url: storage.url, terminal });
});
afterEach(async () => {
  await host.close();
  storage.remove();
});

/** Sends as a channel does that waits for the replies in the response. */
async function ask(activity: Partial<Activity>): Promise<Partial<Activity>[]> {
  const response = await host.adapter.fromBotFramework(
    '',
    { ...activity, deliveryMode: 'expectReplies' } as Activity,
    host.turn,
  );
  return response?.body.activities;
}

describe('an activity that comes twice', () => {
  test('is answered once', async () => {
    await host.receive(message('1', 'not enough storage'));
    await host.outbox.settled();
    const [before, replies] = [await storedOf(host), textsOf(terminal.sent)];
    await host.receive(message('1', 'not enough storage'));
    await host.outbox.settled();
    expect(await storedOf(host)).toEqual(before);
    expect(textsOf(terminal.sent)).toEqual(replies);
    expect(replies.length).toBeGreaterThan(0);
  });

  test('does not answer the question that the first one led to', async () => {
    await host.receive(message('1', 'not enough storage'));
    await host.receive(message('2', '1'));
    const { state } = await storedOf(host);
    await host.receive(message('2', '1'));
    expect((await storedOf(host)).state).toEqual(state);
  });

  test('is one turn when both come at once', async () => {
    await Promise.all([1, 2, 3].map(() => host.receive(message('1', 'not enough storage'))));
    await host.outbox.settled();
    expect((await storedOf(host)).row.version).toBe(1);
    expect(terminal.sent).toHaveLength(1);
  });

  test('gets the same replies in the response', async () => {
    const first = await ask(message('1', 'not enough storage'));
    expect(textsOf(first).join()).toContain('iPhone');
    expect(textsOf(await ask(message('1', 'not enough storage')))).toEqual(textsOf(first));
    expect((await storedOf(host)).row.version).toBe(1);
    expect(terminal.sent).toEqual([]);
  });

  test('gets the same replies from the next process', async () => {
    const first = await ask(message('1', 'not enough storage'));
    await host.close();
    host = await startBot({ url: storage.url, terminal });
    expect(textsOf(await ask(message('1', 'not enough storage')))).toEqual(textsOf(first));
    expect((await storedOf(host)).row.version).toBe(1);
  });

  test('is another activity in another conversation', async () => {
    await host.receive(message('1', 'not enough storage', 'one'));
    await host.receive(message('1', 'not enough storage', 'two'));
    await host.outbox.settled();
    expect(terminal.sent).toHaveLength(2);
  });
});
