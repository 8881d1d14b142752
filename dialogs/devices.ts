import { randomUUID } from 'node:crypto';
import { ownerIn } from '../intents/owner.js';
import { emptyEvidence } from '../knowledge/evidence.js';
import { phoneFields } from '../knowledge/phone.js';
import type { Device, Frame } from './frame.js';

/** Takes the phone that the message is about, a new one when it was never spoken of; true when it changed. */
export function takeDevice(frame: Frame, text: string): boolean {
  const owner = ownerIn(text);
  if (owner === undefined) return false;
  const nickname = owner === 'me' ? undefined : owner;
  const { device, devices } = frame;
  if (device.nickname === nickname) return false;
  if (isBlank(device) && nickname !== undefined) {
    device.nickname = nickname;
    return false;
  }
  const known = devices.find((one) => one.id !== device.id && one.nickname === nickname);
  const next = known ?? newDevice(nickname);
  if (frame.session.topic !== undefined) carryProblem(device, next);
  frame.device = next;
  frame.session.deviceId = next.id;
  return true;
}

/** A phone that nothing is known of yet is the one that the first message is about. */
function isBlank({ evidence, ledger }: Device): boolean {
  return Object.keys(evidence.facts).length === 0 && Object.keys(ledger).length === 0;
}

function newDevice(nickname: string | undefined): Device {
  return {
    id: randomUUID(),
    ...(nickname === undefined ? {} : { nickname }),
    evidence: emptyEvidence(),
    ledger: {},
  };
}

/** What was told of the problem in hand was told of this phone; what was tried on the other stays there. */
function carryProblem(from: Device, to: Device): void {
  const isOfPhone = (id: string) => id === 'os' || phoneFields.some((field) => field === id);
  const facts = Object.entries(from.evidence.facts).filter(([id]) => !isOfPhone(id));
  to.evidence = {
    ...from.evidence,
    facts: { ...to.evidence.facts, ...Object.fromEntries(facts) },
    topics: [...from.evidence.topics],
  };
}
