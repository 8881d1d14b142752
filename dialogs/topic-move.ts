import { isBesides, isSame } from '../intents/besides.js';
import type { Amount, Understanding } from '../intents/understanding.js';
import { phoneFields, phoneOf } from '../knowledge/phone.js';
import type { Absorbed } from './absorb.js';
import type { Frame } from './frame.js';
import { isAside, isTopic, leastTopic, sureness, wordsBeside } from './meaning.js';
import type { Move } from './moves.js';

/** From here on a part of the message is a second problem. */
const leastOther = 0.8;
/** Where a vendor's text is quoted, its parts are of one problem. */
const leastBesideQuote = 0.97;
/** Least confidence in a problem that is put as a question while another is in hand. */
const leastAsked = 0.95;
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
  // "But are his pictures in there?" asks about what is open, and names no other problem surely enough.
  const isDoubt = frame.session.cursor !== undefined && !isSame && intent.startsWith('fix.') && isAside(said);
  if (isDoubt && said.confidence < leastAsked) return undefined;
  if (frame.session.cursor === undefined && isFarFetched(frame, said, answers))
    return { do: 'problem', topic: 'fix.unknown', others: [] };
  if (said.ruledOut.some((topic) => topic === intent) || hasRoomBesides(frame.device, said))
    return { do: 'problem', topic: otherTopic(said), others: [] };
  if (intent.startsWith('learn.')) return { do: 'lesson', topic: intent };
  const others = said.intents
    .filter(
      (one) =>
        one.intent.startsWith('fix.') &&
        one.intent !== intent &&
        !(one.intent === 'fix.restore' && !restoring.test(said.text)) &&
        one.confidence >= (errors > 0 ? leastBesideQuote : leastOther) &&
        !said.ruledOut.some((topic) => topic === one.intent) &&
        isMoreThanNames(said, one.span),
    )
    .map((one) => one.intent as string);
  const named = [...new Set([...(intent === 'fix.unknown' ? [] : [intent]), ...others])];
  const [topic = intent, ...rest] = named;
  return { do: 'problem', topic, others: rest };
}

/**
 * The topic of a second problem, of another phone or backup, told while one is in hand: "also my wife's Samsung fails".
 * It waits for its turn; nothing of it is taken into what is known of this phone.
 */
export function secondProblem({ session, device }: Frame, said: Understanding): string | undefined {
  const isInHand = session.topic?.startsWith('fix.') === true && session.cursor !== undefined;
  const isProblem = said.intent.startsWith('fix.') && said.confidence >= leastTopic.idle;
  const isLike = isSame(said.text);
  if (!isInHand || !(isProblem || isLike) || !(isBesides(said.text) || isLike)) return undefined;
  if (said.mentions.some((one) => one.isCorrection)) return undefined;
  const phone = phoneOf(device.evidence);
  const isOther = phoneFields.some((field) => {
    const named = said.entities[field]?.[0];
    return named !== undefined && phone[field] !== undefined && named !== phone[field];
  });
  const isChats =
    phone.service !== undefined && phone.service !== 'whatsapp' && said.entities.content?.[0] === 'whatsapp';
  if (!isOther && !isChats) return undefined;
  return isProblem ? said.intent : session.topic;
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
function hasRoomBesides({ evidence }: Frame['device'], said: Understanding): boolean {
  const { intent, amounts, intents } = said;
  if (intent !== 'fix.storage') return false;
  const { cloudTotal, cloudUsed, nextBackup } = evidence.amounts;
  // Two figures that leave plenty are no complaint of space: "100 GB plan, 34 used, waiting since Monday".
  if (cloudTotal !== undefined && cloudUsed !== undefined && nextBackup === undefined)
    return cloudTotal - cloudUsed >= plentyBytes;
  const bytesOf = (role: Amount['role']) => amounts.find((one) => one.role === role)?.bytes;
  const isOther = intents.some((one) => isTopic(one.intent) && one.intent !== intent);
  return amounts.length === 1 && (bytesOf('free') ?? 0) >= plentyBytes && isOther;
}

/** Words of somebody who wants data back: a new phone alone says nothing of it. */
const restoring = /\b(?:restor|recover|back from|get back|bring back|bring over|transfer)/i;

/** Words by which something is said to be there and all right: "and I'm on good wifi". */
const fineWords = new Set(
  'and but to im am is are was my our the this its connected joined good strong fine ok okay great home have got with on at in'.split(
    ' ',
  ),
);

/** False for a part of the message that only names things, such as "iPhone 13, iOS 17.5", and tells no problem. */
function isMoreThanNames(said: Understanding, span: Understanding['mentions'][number]['span']): boolean {
  const words = wordsBeside(said, said.mentions, span);
  return words.length >= 2 && !words.every((word) => fineWords.has(word.replace("'", '')));
}

/** The problem of a message that says which one it is not. */
function otherTopic(said: Understanding): string {
  const others = [
    ...said.intents,
    ...said.alternatives.filter((one) => one.confidence >= leastTopic.idle),
  ].map(({ intent }) => intent as string);
  return (
    others.find(
      (one) => one.startsWith('fix.') && one !== said.intent && !said.ruledOut.some((topic) => topic === one),
    ) ?? 'fix.unknown'
  );
}
