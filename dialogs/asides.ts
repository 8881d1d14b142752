import type { AsideName } from '../intents/understanding.js';
import { phoneOf, suits } from '../knowledge/phone.js';
import type { Fix } from '../knowledge/schema.js';
import { isGated, largerPlan, lead, say, sayWords, showCursor, startFix } from './flow.js';
import type { Frame } from './frame.js';
import type { Judgement } from './judge.js';
import { leaveStop, startProblem } from './problem.js';
import { pathOf } from './wording.js';

/** Minutes of a usual fix. */
const usualMinutes = 5;

/** Answers what was asked beside the matter, from what the guide knows of the fix in hand. */
export function takeAside(frame: Frame, about: AsideName): Judgement {
  const { cursor } = frame.session;
  const { words, fixes } = frame.brain.knowledge;
  const fix = cursor !== undefined && 'fix' in cursor ? fixes.get(cursor.fix) : undefined;
  switch (about) {
    case 'noPerson':
      lead(frame, 'noPerson');
      return 'show';
    case 'otherMessage':
      sayWords(frame, 'ask.words');
      return 'wait';
    case 'pause':
      sayWords(frame, 'waiting');
      return 'wait';
    case 'turnOff':
      sayTurnOff(frame);
      return 'wait';
    case 'moreSpace': {
      const plan = largerPlan(frame);
      return plan === undefined ? 'unclear' : takeFix(frame, plan.id);
    }
    case 'cost':
      lead(frame, fix?.risk === 'costs' ? 'aside.costs' : 'aside.free');
      return 'show';
    case 'time':
      lead(frame, 'aside.time', { minutes: String(fix?.minutes ?? usualMinutes) });
      return 'show';
    case 'safety':
      if (cursor?.kind === 'gate') {
        showCursor(frame, { isRephrased: true });
        return 'wait';
      }
      frame.leads.push(fix === undefined ? words.say('aside.bin') : riskOf(frame, fix));
      return 'show';
    case 'howTo':
      return 'unclear';
  }
}

function riskOf({ brain }: Frame, fix: Fix): string {
  return isGated(fix)
    ? `${fix.loses} ${fix.undo}`
    : (fix.riskNote ?? brain.knowledge.words.say('aside.safe'));
}

/** Says where the backup is turned off, and what that takes away. */
function sayTurnOff(frame: Frame): void {
  const { service = '' } = phoneOf(frame.device.evidence);
  const { words, fixes } = frame.brain.knowledge;
  const id = `aside.turnOff.${service}`;
  const [step] = fixes.get('turn-on-backup')?.steps ?? [];
  say(frame, {
    say: words.say(words.ids().includes(id) ? id : 'aside.turnOff'),
    ...(step === undefined || service === '' ? {} : pathOf(frame, step.paths)),
  });
}

/** Begins the fix that the person asked for, and its problem where none is in hand. */
export function takeFix(frame: Frame, id: string): Judgement {
  const fix = frame.brain.knowledge.fixes.get(id);
  if (fix === undefined) return 'unclear';
  const { evidence } = frame.device;
  if (!suits(fix.for, phoneOf(evidence))) delete evidence.facts.service;
  if (frame.session.topic === undefined || frame.session.topic.startsWith('learn.')) {
    frame.session.topic = undefined;
    startProblem(frame, fix.topic);
  }
  leaveStop(frame);
  return startFix(frame, id) ? 'show' : 'unclear';
}

/** Says what a word means, and shows again what is open. */
export function explainTerm(frame: Frame, term: string): Judgement {
  lead(frame, `term.${term}`);
  return frame.session.cursor === undefined ? 'end' : 'show';
}
