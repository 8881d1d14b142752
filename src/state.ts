import { randomUUID } from 'node:crypto';
import type { DialogState } from 'botbuilder-dialogs';
import { z } from 'zod';
import type { Brain, Device, Frame } from '../dialogs/frame.js';
import type { Incoming } from '../dialogs/incoming.js';
import { sessionSchema } from '../dialogs/session.js';
import { evidenceSchema, ledgerSchema } from '../knowledge/evidence.js';
import { type Shown, shownSchema } from './shown.js';
import type { Stored } from './storage/store.js';

const holderSchema = z.enum(['bot', 'waiting', 'person']).catch('bot');

const stackSchema = z.object({
  dialogStack: z.array(
    z.object({
      id: z.string(),
      state: z.looseObject({
        options: z.looseObject({}),
        values: z.looseObject({}),
        stepIndex: z.number().int(),
      }),
    }),
  ),
});

const conversationSchema = z
  .object({
    session: sessionSchema.catch(() => sessionSchema.parse({})),
    stack: stackSchema.catch(() => ({ dialogStack: [] })),
  })
  .catch(() => ({ session: sessionSchema.parse({}), stack: { dialogStack: [] } }));

const shownInState = z
  .object({ shown: shownSchema.catch(() => shownSchema.parse({})) })
  .catch(() => ({ shown: shownSchema.parse({}) }));

const deviceSchema = z
  .object({
    nickname: z.string().optional().catch(undefined),
    evidence: evidenceSchema.catch(() => evidenceSchema.parse({})),
    ledger: ledgerSchema,
  })
  .catch(() => ({ nickname: undefined, evidence: evidenceSchema.parse({}), ledger: {} }));

/** The frame of a turn, made of what is stored; an old or broken shape is read as far as it goes. */
export function openFrame(options: {
  brain: Brain;
  stored: Stored;
  incoming: Incoming;
  now: number;
  locale: string;
}): Frame {
  const { stored, ...given } = options;
  const { session, stack } = conversationSchema.parse(fromJson(stored.conversation?.state_json));
  const devices = openDevices(stored);
  const device = devices.find((one) => one.id === session.deviceId) ?? devices[0];
  session.deviceId = device.id;
  return {
    ...given,
    session,
    stack: stack as DialogState,
    device,
    devices,
    holder: holderSchema.parse(stored.conversation?.holder),
    out: [],
    facts: [],
    phrases: [],
    leads: [],
  };
}

/** What the person had before them when the last turn ended. */
export function readShown(stored: Stored): Shown {
  return shownInState.parse(fromJson(stored.conversation?.state_json)).shown;
}

/** What the frame leaves behind, as JSON for the rows of the conversation and of the device. */
export function closeFrame(frame: Frame, shown: Shown): { stateJson: string; deviceJson: string } {
  const { nickname, evidence, ledger } = frame.device;
  return {
    stateJson: JSON.stringify({ session: frame.session, stack: frame.stack, shown }),
    deviceJson: JSON.stringify({ ...(nickname === undefined ? {} : { nickname }), evidence, ledger }),
  };
}

/** The person's phones; a new one where none is stored. */
function openDevices(stored: Stored): [Device, ...Device[]] {
  const [first, ...others] = stored.devices;
  return [openDevice(first ?? { id: randomUUID(), state_json: '{}' }), ...others.map(openDevice)];
}

function openDevice(row: { id: string; state_json: string }): Device {
  const { nickname, evidence, ledger } = deviceSchema.parse(fromJson(row.state_json));
  return { id: row.id, ...(nickname === undefined ? {} : { nickname }), evidence, ledger };
}

function fromJson(text: string | undefined): unknown {
  if (text === undefined) return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
