/** Longest text that is kept of a message, in characters. */
const maxChars = 300;

/** What could tell who a person is, and what stands in its place. Digits with a unit or a dot stay: sizes, versions. */
const secrets: readonly [pattern: RegExp, instead: string][] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, '<email>'],
  [/(?:https?:\/\/|www\.)\S+/giu, '<link>'],
  [/\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{21,}|(?=\w*\d)[A-Za-z0-9_-]{20,})\b/gu, '<code>'],
  [/\+?\d[\d\s().-]{6,}\d/gu, '<number>'],
  [/\b\d{5,}\b/gu, '<number>'],
  [/(\b(?:my name is|this is|i am called|i'm called|name's)\s+)\p{L}+(?:\s\p{Lu}\p{L}+)?/giu, '$1<name>'],
  [/(\b(?:password|passcode|pin|code)\s+(?:is|was|:)\s*)\S+/giu, '$1<secret>'],
];

/** The text without e-mail addresses, links, long numbers, codes and names people give, cut to 300 characters. */
export function redact(text: string): string {
  let out = text.normalize('NFKC').slice(0, maxChars);
  for (const [pattern, instead] of secrets) out = out.replace(pattern, instead);
  return out.trim();
}
