/** "Also my wife's phone", "that one fails too": what follows comes on top of what was told before. */
const besides = /\b(?:also|too|as well|on top of (?:that|it)|another (?:thing|problem)|besides|and now)\b/i;

/** True when the message says that it tells of something more, and takes nothing back. */
export function isBesides(text: string): boolean {
  return besides.test(text);
}

/** "My wife's iPhone has the same problem": what follows is told of another phone. */
const same = /\bsame (?:problem|thing|issue|trouble|message|error|here)\b/i;

/** True when the message says that it is the same elsewhere. */
export function isSame(text: string): boolean {
  return same.test(text);
}
