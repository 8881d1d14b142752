/** "Also my wife's phone", "that one fails too": what follows comes on top of what was told before. */
const besides = /\b(?:also|too|as well|on top of (?:that|it)|another (?:thing|problem)|besides|and now)\b/i;

/** True when the message says that it tells of something more, and takes nothing back. */
export function isBesides(text: string): boolean {
  return besides.test(text);
}
