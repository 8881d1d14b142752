/** People whose phone somebody may ask for. */
const people =
  'wife|husband|partner|girlfriend|boyfriend|mum|mom|mother|dad|father|son|daughter|brother|sister|grandma|grandpa|gran|nan|grandmother|grandfather|uncle|aunt|friend|boss|colleague|kid|child';

const things =
  'phone|iphone|i phone|ipad|android|samsung|galaxy|pixel|xiaomi|redmi|oneplus|motorola|tablet|mobile|cell|handset|backup|one';

const another = new RegExp(
  `\\b(?:my|our|the) (?:late |old |little )?(${people})['’]?s?\\b(?:\\s+\\S+){0,2}?\\s+(?:${things})\\b`,
  'iu',
);
const own = /\b(?:my own|this is my|it'?s my|on my) (?:phone|iphone|ipad|samsung|pixel|android)\b/iu;

/** Whose phone the message is about: "wife", "mum", "me"; undefined when it does not say. */
export function ownerIn(text: string): string | undefined {
  const found = another.exec(text)?.[1]?.toLowerCase();
  if (found !== undefined) return found;
  return own.test(text) ? 'me' : undefined;
}

const former = /\b(?:old|older|previous|former|other|second|spare|broken|another)\s+$/iu;

/** True when the words before `start` make the phone there another than the one in hand: "an old iPhone". */
export function isFormerPhone(text: string, start: number): boolean {
  return former.test(text.slice(0, start));
}
