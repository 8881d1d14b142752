import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../src/host.js';
import { brain, message, scratch, startBot, storedOf, textsOf, type Wire, wire } from './bot.js';

let storage: ReturnType<typeof scratch>;
let terminal: Wire;
let host: Host;
let log: string[];

/** An engine that breaks on one word, as a fault of ours would. */
const breaking: typeof brain = {
  ...brain,
  understand(text, options) {
    if (text.includes('kaboom')) throw new Error(`cannot read "${text}"`);
    return brain.understand(text, options);
  },
};

beforeEach(async () => {
  storage = scratch();
  terminal = wire();
  log = [];
  host = await startBot({ url: storage.url, terminal, brain: breaking, onLog: (line) => log.push(line) });
});
afterEach(async () => {
  await host.close();
  storage.remove();
});

async function say(id: string, text: string): Promise<string[]> {
  const before = terminal.sent.length;
  await host.receive(message(id, text));
  await host.outbox.settled();
  return textsOf(terminal.sent.slice(before));
}

describe('a turn that fails', () => {
  test('leaves everything as it was, and says so in one sentence with an id', async () => {
    await say('1', 'not enough storage');
    const before = await storedOf(host);
    const replies = await say('2', 'kaboom my password is hunter2');
    const after = await storedOf(host);
    expect(after.state).toEqual(before.state);
    expect(after.device?.state_json).toBe(before.device?.state_json);
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatch(/^Something went wrong on my side\. .*\(Error [0-9a-f]{8}\)$/);
    expect(replies[0]).not.toMatch(/kaboom|hunter2|cannot read/);
    expect((await say('3', 'iphone')).join()).toContain('iCloud');
  });

  test('is found in the log by its id, without what the person wrote', async () => {
    const [reply = ''] = await say('1', 'kaboom my password is hunter2\n    at hunter2');
    const id = /Error ([0-9a-f]{8})/.exec(reply)?.[1] ?? 'none';
    expect(log.filter((line) => line.includes(id))).toHaveLength(1);
    expect(log.join()).not.toMatch(/kaboom|hunter2/);
  });

  test('is not run again by a repeat', async () => {
    await say('1', 'kaboom');
    expect(await say('1', 'kaboom')).toEqual([]);
  });
});

describe('stored state of another shape', () => {
  async function store(state: string, device: string): Promise<void> {
    await host.db.updateTable('conversations').set({ state_json: state }).execute();
    await host.db.updateTable('devices').set({ state_json: device }).execute();
  }

  test.each([
    ['text that is no JSON', '{"session":', 'nonsense'],
    ['nothing', 'null', 'null'],
    ['a list', '[]', '[1,2]'],
    ['an older version', '{"session":{"topic":"fix.storage"}}', '{"evidence":{}}'],
    [
      'a topic that is gone',
      '{"session":{"topic":"fix.gone","cursor":{"kind":"question","question":"gone"}}}',
      '{}',
    ],
    [
      'a fix that is gone',
      '{"session":{"topic":"fix.storage","cursor":{"kind":"step","fix":"gone","step":"x"}}}',
      '{}',
    ],
    ['a dialog that is gone', '{"session":{},"stack":{"dialogStack":[{"id":"gone","state":{}}]}}', '{}'],
    ['a stack of another make', '{"session":{},"stack":{"dialogStack":"deep"}}', '{}'],
    [
      'a ledger of another make',
      '{"session":{"topic":"fix.storage"}}',
      '{"evidence":{"facts":{"platform":"iphone"}},"ledger":{"a":1}}',
    ],
  ])('%s breaks no turn', async (_name, state, device) => {
    await say('1', 'not enough storage');
    await store(state, device);
    const replies = await say('2', 'not enough storage on my iphone');
    expect(replies.join()).not.toContain('Something went wrong');
    expect(replies.length).toBeGreaterThan(0);
    expect((await say('3', 'icloud')).join()).not.toContain('Something went wrong');
  });

  test('whatever stands there, the person gets an answer', async () => {
    await say('1', 'not enough storage');
    const { state, device } = await storedOf(host);
    let at = 1;
    await fc.assert(
      fc.asyncProperty(mutations(state), mutations(JSON.parse(device?.state_json ?? '{}')), async (a, b) => {
        await store(JSON.stringify(a), JSON.stringify(b));
        at += 1;
        const replies = await say(`${at}`, 'iphone');
        expect(replies.join()).not.toContain('Something went wrong');
        expect(replies.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});

/** The value with one part of it, at any depth, replaced by something else. */
function mutations(value: unknown): fc.Arbitrary<unknown> {
  return fc.tuple(fc.array(fc.nat(), { maxLength: 4 }), fc.jsonValue({ maxDepth: 2 })).map(([way, other]) => {
    const copy = structuredClone({ value });
    let inside: Record<string, unknown> = copy;
    let key = 'value';
    for (const turn of way) {
      const next = inside[key];
      if (typeof next !== 'object' || next === null || Object.keys(next).length === 0) break;
      inside = next as Record<string, unknown>;
      key = Object.keys(inside)[turn % Object.keys(inside).length] ?? key;
    }
    inside[key] = other;
    return copy.value;
  });
}
