import type { Understanding } from '../intents/understanding.js';
import { phoneOf, suits } from '../knowledge/phone.js';
import { isGated, largerPlan } from './flow.js';
import type { Frame } from './frame.js';
import type { Move } from './moves.js';

/** From here on a question is one that a lesson answers. */
const leastLesson = 0.9;
/** From here on a message answers the question, whatever else it says. */
const leastAnswered = 0.85;

/** Longest remark or question beside the matter, in words. */
const asideWords = 14;

/** What is asked beside the fix in hand, or about a word; undefined where the message is about the matter itself. */
export function asideMove(frame: Frame, said: Understanding): Move | undefined {
  const { cursor } = frame.session;
  if (said.term !== undefined) return { do: 'term', term: said.term };
  if (said.asides.includes('turnOff') && said.tried.length === 0) return { do: 'aside', about: 'turnOff' };
  const isLesson = said.intent.startsWith('learn.') && said.confidence >= leastLesson;
  if (said.asides.includes('howTo') && !isLesson) {
    const way = howToMove(frame, said);
    if (way !== undefined) return way;
    // The way to what is open is shown once more, with where to look.
    if (isTried(cursor)) return { do: 'steer', intent: 'talk.repeat' };
  }
  const about = said.asides.find((one) => one !== 'howTo' && one !== 'turnOff');
  if (cursor === undefined || about === undefined || said.text.trim().split(/\s+/).length > asideWords)
    return undefined;
  if (said.answer?.gate !== undefined) return undefined;
  // What a failed backup takes is another question than what the step does.
  if (about === 'safety' && /\bfail/i.test(said.text)) return undefined;
  if (about === 'otherMessage' || about === 'noPerson') return { do: 'aside', about };
  // While a step is open, its outcome tells so.
  const isAnswered = (said.answer?.choice?.confidence ?? 0) >= leastAnswered;
  if (about === 'pause')
    return isTried(cursor) || isAnswered || isLesson ? undefined : { do: 'aside', about };
  if (about === 'moreSpace') {
    return largerPlan(frame) === undefined ? undefined : { do: 'aside', about };
  }
  // What is asked before a fix is open is answered by a lesson, but for what is at stake right now.
  const isAtStake = about === 'safety' && /\b(?:bins?|trash|empt\w*)\b/i.test(said.text);
  return 'fix' in cursor || isAtStake ? { do: 'aside', about } : undefined;
}

/** Words by which a way is asked for; what follows is the deed. */
const asksWay =
  /\b(?:how (?:do|can|should|would|could) (?:i|you|we)|how to|show me how(?: to)?|tell me how(?: to)?)\s+(.*)/i;
/** Most words of the deed. */
const deedWords = 7;
const backsUp = /^(?:make a )?back ?up\b/i;
const deletes = /\b(?:delete|remove|clear|empty|erase|get rid|switch off|leave out)/i;

/** The fix whose way is asked for: "how do I delete old backups"; undefined where it is none, or the one in hand. */
function howToMove(frame: Frame, said: Understanding): Move | undefined {
  const { platform } = phoneOf(frame.device.evidence);
  const { cursor } = frame.session;
  const { fixes } = frame.brain.knowledge;
  const deed = (asksWay.exec(said.text)?.[1] ?? '').split(/\s+/).slice(0, deedWords).join(' ');
  const fix = [...frame.brain.findTried(deed), ...(backsUp.test(deed) ? ['turn-on-backup'] : [])]
    .map((id) => fixes.get(id))
    .find((one) => one !== undefined && suits(one.for, platform === undefined ? {} : { platform }));
  const isInHand = cursor !== undefined && 'fix' in cursor && cursor.fix === fix?.id;
  // Nothing is deleted for somebody who asks for another thing: "how do I get my old backup onto the new phone".
  const isUnasked = fix !== undefined && isGated(fix) && !deletes.test(deed);
  const isOther =
    said.intent.startsWith('fix.') && fix?.topic !== said.intent && fix?.id !== 'turn-on-backup';
  return fix === undefined || isInHand || isUnasked || isOther ? undefined : { do: 'fix', fix: fix.id };
}

/** True while a fix is being carried out, and can be told of. */
export function isTried(cursor: Frame['session']['cursor']): boolean {
  return cursor?.kind === 'step' || cursor?.kind === 'check';
}
