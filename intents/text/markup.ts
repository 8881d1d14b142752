/** Tags that chat programs and copied pages leave in a message, comments, and named or numbered characters. */
const markup =
  /<!--.{0,500}?-->|<\/?[a-z][a-z0-9-]{0,15}(?:\s[^<>]{0,300})?\/?>|&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,5});/gisu;
/** Markdown that would stand between the letters of a word: emphasis, code, strike-through. */
const emphasis = /[*_~`]+/gu;

/** The text with HTML tags and marks of emphasis as blanks, of exactly the same length, so that places stay true. */
export function blankMarkup(text: string): string {
  const plain = text.includes('<') || text.includes('&') ? text.replace(markup, toBlanks) : text;
  return plain.replace(emphasis, toBlanks);
}

function toBlanks(found: string): string {
  return ' '.repeat(found.length);
}
