import { randomUUID } from 'node:crypto';
import type { DialogState } from 'botbuilder-dialogs';
import { z } from 'zod';
import type { Brain, Device, Frame, Holder } from '../dialogs/frame.js';
import type { Incoming } from '../dialogs/incoming.js';
import { type Session, sessionSchema } from '../dialogs/session.js';
import { emptyEvidence, evidenceSchema, ledgerSchema } from '../knowledge/evidence.js';
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

const emptyConversation = () => ({
  session: sessionSchema.parse({}),
  stack: { dialogStack: [] },
  shown: shownSchema.parse({}),
});

const conversationSchema = z
  .object({
    session: sessionSchema.catch(() => sessionSchema.parse({})),
    stack: stackSchema.catch(() => ({ dialogStack: [] })),
    shown: shownSchema.catch(() => shownSchema.parse({})),
  })
  .catch(emptyConversation);

const deviceSchema = z
  .object({
    nickname: z.string().optional().catch(undefined),
    evidence: evidenceSchema.catch(() => evidenceSchema.parse({})),
    ledger: ledgerSchema,
  })
  .catch(() => ({ nickname: undefined, evidence: evidenceSchema.parse({}), ledger: {} }));

/** What a conversation that begins has, as JSON: reading it costs less than filling in every default. */
const beginning = JSON.stringify(emptyConversation());

/** What a conversation and its person left behind, ready for a turn to change. */
export interface State {
  session: Session;
  stack: DialogState;
  /** What the person had before them when the last turn ended. */
  shown: Shown;
  holder: Holder;
  devices: [Device, ...Device[]];
}

/** Reads what is stored; an old or broken shape is read as far as it goes. */
export function readState(stored: Stored): State {
  const { conversation, devices } = stored;
  // This very process wrote its own shapes; checking them again would cost as much as the dialogs do.
  const isOwn = stored.isOwn === true || conversation === undefined;
  const { session, stack, shown } = isOwn
    ? (JSON.parse(conversation?.state_json ?? beginning) as z.infer<typeof conversationSchema>)
    : conversationSchema.parse(fromJson(conversation.state_json));
  const read = devices.map(({ id, state_json }) => {
    const device = stored.isOwn
      ? (JSON.parse(state_json) as z.infer<typeof deviceSchema>)
      : deviceSchema.parse(fromJson(state_json));
    return openDevice(id, device);
  });
  return {
    session,
    stack: stack as DialogState,
    shown,
    holder: holderSchema.parse(conversation?.holder),
    devices: hasOne(read) ? read : [openDevice(randomUUID(), { evidence: emptyEvidence(), ledger: {} })],
  };
}

/** The frame of a turn over this state, which it changes. */
export function openFrame(
  { session, stack, holder, devices }: State,
  given: { brain: Brain; incoming: Incoming; now: number; locale: string },
): Frame {
  const device = devices.find((one) => one.id === session.deviceId) ?? devices[0];
  session.deviceId = device.id;
  return { ...given, session, stack, device, devices, holder, out: [], facts: [], phrases: [], leads: [] };
}

/** What the frame leaves behind, as JSON for the rows of the conversation and of the device. */
export function closeFrame(frame: Frame, shown: Shown): { stateJson: string; deviceJson: string } {
  const { nickname, evidence, ledger } = frame.device;
  return {
    stateJson: JSON.stringify({ session: frame.session, stack: frame.stack, shown }),
    deviceJson: JSON.stringify({ ...(nickname === undefined ? {} : { nickname }), evidence, ledger }),
  };
}

function openDevice(id: string, { nickname, evidence, ledger }: z.infer<typeof deviceSchema>): Device {
  return { id, ...(nickname === undefined ? {} : { nickname }), evidence, ledger };
}

function hasOne(devices: readonly Device[]): devices is [Device, ...Device[]] {
  return devices.length > 0;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
