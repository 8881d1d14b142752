import type { Classifier } from './classify/classifier.js';
import { type IntentName, intentNames, outOfScope } from './names.js';
import type { Token } from './text/tokens.js';
import type { FoundIntent, Span } from './understanding.js';

const breaks =
  /[.!?]+(?=\s|$)|[;\n]+|,(?!\d)|(?<!\w)(?:and also|and|but|also|plus|then|as well as|on top of that|another thing|oh)(?!\w)/giu;
const maxSegments = 8;
const minTokens = 2;
/** How sure of its intent a part must be to stand beside the whole message; steering is said shorter, so surer. */
const minPartConfidence = 0.6;
const minSteeringConfidence = 0.9;
/** Intents that give way to a more specific one of the same kind. */
const general = new Set<string>(['fix.unknown', 'fix.stuck', 'learn.causes']);
/** Politeness that is no intent of its own beside another. */
const polite = new Set<string>([
  'talk.greet',
  'talk.thanks',
  'talk.upset',
  'talk.bye',
  'talk.yes',
  'talk.no',
  'talk.help',
]);

interface Part extends Span {
  tokens: Token[];
}

/** Parts of `text` between sentence ends, commas and conjunctions; short parts join the one before. */
function cutSegments(text: string, tokens: readonly Token[]): Part[] {
  const parts: Part[] = [];
  let start = 0;
  const ends = [...text.matchAll(breaks)].map((match) => ({
    at: match.index,
    next: match.index + match[0].length,
  }));
  for (const { at, next } of [...ends, { at: text.length, next: text.length }]) {
    const inside = tokens.filter((token) => token.start >= start && token.end <= at);
    const first = inside[0];
    const last = inside.at(-1);
    const previous = parts.at(-1);
    if (first !== undefined && last !== undefined) {
      if (inside.length < minTokens && previous !== undefined) {
        previous.tokens.push(...inside);
        previous.end = last.end;
      } else parts.push({ start: first.start, end: last.end, tokens: inside });
    }
    start = next;
  }
  return parts.slice(0, maxSegments);
}

/**
 * Every intent of the message in order of appearance: that of the whole and those of its parts that are sure enough.
 * General intents and politeness give way to what is more specific.
 */
export function findIntents(
  text: string,
  tokens: readonly Token[],
  whole: { intent: IntentName; confidence: number },
  classifier: Classifier,
): FoundIntent[] {
  const all: Span = { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? text.length };
  const parts = cutSegments(text, tokens);
  if (parts.length < 2) return [{ ...whole, span: all }];
  const judged = parts.flatMap((part) => judgePart(part, classifier));
  const found = new Map<IntentName, FoundIntent>();
  for (const part of judged) {
    const known = found.get(part.intent);
    if (known === undefined || part.confidence > known.confidence) found.set(part.intent, part);
  }
  const main = found.get(whole.intent);
  found.set(whole.intent, { ...whole, span: main?.span ?? all });
  const kept = [...found.values()].filter(
    (one) => one.intent === whole.intent || isOwnMatter(one, whole.intent, found),
  );
  return kept.sort((one, other) => one.span.start - other.span.start);
}

function judgePart(part: Part, classifier: Classifier): FoundIntent[] {
  const best = classifier.classifyTokens(part.tokens).ranked[0];
  const intent = intentNames.find((name) => name === best?.label);
  if (best === undefined || intent === undefined || best.label === outOfScope) return [];
  const least = intent.startsWith('talk.') ? minSteeringConfidence : minPartConfidence;
  if (best.confidence < least) return [];
  return [{ intent, confidence: best.confidence, span: { start: part.start, end: part.end } }];
}

function isOwnMatter(
  one: FoundIntent,
  main: IntentName,
  found: ReadonlyMap<IntentName, FoundIntent>,
): boolean {
  if (polite.has(one.intent)) return false;
  if (!general.has(one.intent)) return true;
  const kind = one.intent.split('.')[0];
  const others = [...found.keys()].filter((name) => name !== one.intent && name.split('.')[0] === kind);
  return others.length === 0 && !main.startsWith(`${kind}.`);
}
