import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePick } from '../../dialogs/choices.js';
import type { Host } from '../../src/host.js';
import { brain, message, scratch, startBot, storedOf, textsOf, type Wire, wire } from '../turn/bot.js';

const { knowledge } = brain;

let storage: ReturnType<typeof scratch>;
let terminal: Wire;
let host: Host;
beforeAll(async () => {
  storage = scratch();
  terminal = wire();
  host = await startBot({ url: storage.url, terminal });
});
afterAll(async () => {
  await host.close();
  storage.remove();
});

let count = 0;

async function press(choiceId: string, conversation: string): Promise<string> {
  const before = terminal.sent.length;
  count += 1;
  await host.receive({ ...message(`${count}`, 'Yes', conversation), value: { choiceId } });
  await host.outbox.settled();
  return textsOf(terminal.sent.slice(before)).join('\n');
}

async function say(text: string, conversation: string): Promise<void> {
  count += 1;
  await host.receive(message(`${count}`, text, conversation));
}

const fixIds = [...knowledge.fixes.keys()];
const gated = [...knowledge.fixes.values()].filter((one) => ['deletes', 'switchesOff'].includes(one.risk));

/** Ids of buttons of any place, real and made up. */
const anyChoiceId = fc.oneof(
  fc.string({ maxLength: 48 }),
  fc
    .constantFrom(...knowledge.questions.values())
    .chain((question) =>
      fc
        .constantFrom('gone', 'unsure', ...question.answers.map((one) => one.id))
        .map((answer) => `q:${question.id}:${answer}`),
    ),
  fc
    .tuple(
      fc.constantFrom('gone', ...fixIds),
      fc.constantFrom('gone', 'delete', 'open'),
      fc.constantFrom('done', 'worked', 'failed', 'notThere', 'cannot', 'nonsense'),
    )
    .map(([fix, step, outcome]) => `s:${fix}:${step}:${outcome}`),
  fc
    .tuple(fc.constantFrom('gone', ...fixIds), fc.constantFrom('copy', 'noCopy', 'skip', 'nonsense'))
    .map(([fix, answer]) => `g:${fix}:${answer}`),
  fc
    .tuple(
      fc.constantFrom('next', 'resume', 'problem', 'human', 'dataDelete', 'gone'),
      fc.constantFrom('yes', 'no'),
    )
    .map(([offer, answer]) => `o:${offer}:${answer}`),
  fc.constantFrom('gone', 'none', ...knowledge.topics.keys()).map((label) => `d:${label}`),
  fc.constantFrom('gone', 'end', ...knowledge.lessons.keys()).map((lesson) => `l:${lesson}`),
);

describe('a button', () => {
  test('whatever its id, is answered and breaks nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyChoiceId, { minLength: 1, maxLength: 6 }),
        fc.uuid(),
        async (ids, conversation) => {
          await say('my iphone says not enough icloud storage', conversation);
          for (const id of ids) {
            const replies = await press(id, conversation);
            expect(replies).not.toBe('');
            expect(replies).not.toContain('Something went wrong');
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of a dangerous fix does not lead past its warning', async () => {
    for (const fix of gated) {
      const conversation = `forged ${fix.id}`;
      await say('my iphone says not enough icloud storage', conversation);
      for (const id of [`g:${fix.id}:copy`, `s:${fix.id}:${fix.steps[0]?.id}:done`])
        await press(id, conversation);
      const { state } = await storedOf(host, conversation);
      expect(state.session.gatePassed, fix.id).toBeUndefined();
      expect(state.session.cursor, fix.id).not.toMatchObject({ kind: 'step', fix: fix.id });
    }
  });

  test('of a lesson or question that is gone is shown to be old', async () => {
    await say('my iphone says not enough icloud storage', 'old');
    expect(await press('q:gone:yes', 'old')).toContain('That button belongs to an earlier message.');
    expect(await press('l:gone', 'old')).toContain('That button belongs to an earlier message.');
  });
});

describe('a choice id', () => {
  test('of every answer, step and lesson fits every channel and is read back', () => {
    const outcomes = ['done', 'worked', 'failed', 'notThere', 'paused'];
    const ids = [
      ...[...knowledge.questions.values()].flatMap((question) =>
        ['unsure', ...question.answers.map((one) => one.id)].map((answer) => `q:${question.id}:${answer}`),
      ),
      ...[...knowledge.fixes.values()].flatMap((fix) =>
        fix.steps.flatMap((step) => outcomes.map((outcome) => `s:${fix.id}:${step.id}:${outcome}`)),
      ),
      ...fixIds.flatMap((fix) => ['copy', 'noCopy', 'skip'].map((answer) => `g:${fix}:${answer}`)),
      ...[...knowledge.lessons.keys()].map((lesson) => `l:${lesson}`),
      ...[...knowledge.topics.keys()].map((topic) => `d:${topic}`),
    ];
    for (const id of ids) {
      expect(id).toMatch(/^[\x21-\x7e]{1,48}$/);
      expect(parsePick(id), id).toBeDefined();
    }
  });

  test('that is none of ours is read as nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!/^[qsgodl]:./.test(text)) expect(parsePick(text)).toBeUndefined();
      }),
    );
  });
});
