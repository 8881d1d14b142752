import type { Understanding } from '../intents/understanding.js';
import type { Absorbed } from './absorb.js';
import type { Frame } from './frame.js';
import { isTopic, leastTopic, sureness } from './meaning.js';
import type { Move } from './moves.js';

/** From here on a part of the message is a second problem. */
const leastOther = 0.8;
/** Where a vendor's text is quoted, its parts are of one problem. */
const leastBesideQuote = 0.97;
/** Below this a problem is a guess. */
const leastCertain = 0.7;

/** The problem that a vendor's text names exactly; the words around it may fit several. */
export function quotedProblem(frame: Frame, said: Understanding, absorbed: Absorbed): Move | undefined {
  const quoted = absorbed.errors > 0 ? frame.device.evidence.errors.at(-1) : undefined;
  const topic = frame.brain.knowledge.causes.get(quoted?.cause ?? '')?.topic;
  if (topic === undefined || said.intent.startsWith('learn.')) return undefined;
  const isSure = isTopic(said.intent) && !said.isCloseCall;
  return isSure ? undefined : { do: 'problem', topic, others: [] };
}

/** The problem or lesson that the message names; undefined when it names none surely enough. */
export function topicMove(
  frame: Frame,
  said: Understanding,
  { answers, errors }: Absorbed,
): Move | undefined {
  const { intent } = said;
  const isSame = intent === frame.session.topic;
  const least = frame.session.cursor === undefined || isSame ? leastTopic.idle : leastTopic.open;
  if (said.isCloseCall && frame.session.cursor === undefined) {
    const labels = [intent, ...said.alternatives.map((one) => one.intent)].filter(isTopic).slice(0, 2);
    // What the message tells in so many words needs no guess.
    if (labels.length > 0 && answers.length > 0) return { do: 'problem', topic: 'fix.unknown', others: [] };
    // Whoever measures the speed asks how long it takes.
    const isMeasured = said.speeds.length > 0 && labels.includes('fix.network');
    if (isMeasured) return { do: 'problem', topic: 'fix.network', others: [] };
    if (labels.length === 2) return { do: 'guess', labels };
    if (intent === 'fix.unknown') return { do: 'problem', topic: intent, others: [] };
  }
  if (!isTopic(intent) || sureness(said) < least) return undefined;
  if (frame.session.cursor === undefined && isFarFetched(frame, said, answers))
    return { do: 'problem', topic: 'fix.unknown', others: [] };
  if (said.ruledOut.some((topic) => topic === intent) || hasRoomBesides(said))
    return { do: 'problem', topic: otherTopic(said), others: [] };
  if (intent.startsWith('learn.')) return { do: 'lesson', topic: intent };
  const others = said.intents
    .filter(
      (one) =>
        one.intent.startsWith('fix.') &&
        one.intent !== intent &&
        one.confidence >= (errors > 0 ? leastBesideQuote : leastOther) &&
        !said.ruledOut.some((topic) => topic === one.intent) &&
        isMoreThanNames(said, one.span),
    )
    .map((one) => one.intent as string);
  const named = [...new Set([...(intent === 'fix.unknown' ? [] : [intent]), ...others])];
  const [topic = intent, ...rest] = named;
  return { do: 'problem', topic, others: rest };
}

/** True for a guessed problem to which nothing belongs of what the message tells in so many words. */
function isFarFetched(
  frame: Frame,
  { intent, confidence }: Understanding,
  answers: readonly string[],
): boolean {
  if (confidence >= leastCertain || answers.length === 0 || !intent.startsWith('fix.')) return false;
  return answers.every((id) => {
    const question = frame.brain.knowledge.questions.get(id);
    return question !== undefined && ![question.topic, ...question.alsoIn].includes(intent);
  });
}

/** Free space that is plenty for most backups, in bytes. */
const plentyBytes = 15e9;

/** True when the message names plenty of free space, and another problem: "I have 60 GB left, so that can't be it". */
function hasRoomBesides({ intent, amounts, intents }: Understanding): boolean {
  const isPlenty = amounts.length === 1 && amounts[0]?.role === 'free' && amounts[0].bytes >= plentyBytes;
  return (
    intent === 'fix.storage' &&
    isPlenty &&
    intents.some((one) => isTopic(one.intent) && one.intent !== intent)
  );
}

/** False for a part of the message that only names things, such as "iPhone 13, iOS 17.5", and tells no problem. */
function isMoreThanNames(
  { text, mentions }: Understanding,
  span: Understanding['mentions'][number]['span'],
): boolean {
  let rest = text.slice(span.start, span.end);
  for (const one of mentions) rest = rest.replace(text.slice(one.span.start, one.span.end), ' ');
  return (rest.match(/\p{L}{2,}/gu) ?? []).length >= 2;
}

/** The problem of a message that says which one it is not. */
function otherTopic(said: Understanding): string {
  const others = [...said.intents, ...said.alternatives].map(({ intent }) => intent as string);
  return (
    others.find(
      (one) => one.startsWith('fix.') && one !== said.intent && !said.ruledOut.some((topic) => topic === one),
    ) ?? 'fix.unknown'
  );
}
