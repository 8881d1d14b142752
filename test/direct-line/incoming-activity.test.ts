import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HttpError } from '../../src/direct-line/http-error.js';
import { parseActivity, toStreamActivity } from '../../src/direct-line/incoming-activity.js';
import { parseJson } from '../../src/direct-line/request-body.js';

const sender = { user: 'dl_me', conversation: 'c', now: 0 };

/** Objects that look like activities, with anything in any place. */
const nearly = fc.record(
  {
    type: fc.oneof(fc.constantFrom('message', 'event', 'typing'), fc.anything()),
    text: fc.anything(),
    name: fc.anything(),
    value: fc.jsonValue(),
    locale: fc.anything(),
    from: fc.anything(),
    id: fc.anything(),
    channelData: fc.anything(),
    attachments: fc.anything(),
  },
  { requiredKeys: [] },
);

test('whatever comes in is an activity of known shape or a refusal', () => {
  fc.assert(
    fc.property(fc.oneof(nearly, fc.anything()), (body) => {
      try {
        const shown = toStreamActivity(parseActivity(body), 'u_1', sender);
        expect(shown).toMatchObject({ id: 'u_1', channelId: 'webchat', from: { id: 'dl_me', role: 'user' } });
        JSON.stringify(shown);
      } catch (error) {
        expect(error).toBeInstanceOf(HttpError);
        expect((error as HttpError).status).toBe(400);
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('any text is JSON or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 40 })), (text) => {
      try {
        parseJson(text);
      } catch (error) {
        expect(error).toBeInstanceOf(HttpError);
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});
